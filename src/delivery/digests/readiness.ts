/** Decides whether to post a list, wait, or skip it. Pure. */
import { counted } from '../../cards/counts.ts';
import type { FeedSettings } from '../../feeds/feed.ts';

interface Facts {
  /** Papers on the list, and papers chosen for the feed. */
  readonly total: number;
  readonly chosen: number;
  /** True when more papers may be added. */
  readonly growing: boolean;
  readonly outage: boolean;
  /** True when waiting longer is no longer useful. */
  readonly lastChance: boolean;
}

export type Readiness =
  | { readonly kind: 'ready' }
  /** Reasons are phrases without a full stop, for the log and `/paperfeed list`. */
  | { readonly kind: 'wait'; readonly reason: string; readonly outage?: boolean }
  | { readonly kind: 'skip'; readonly reason: string };

type Rules = Pick<FeedSettings, 'count' | 'thin' | 'outage'>;

export function readinessOf(facts: Facts, { count, thin, outage }: Rules): Readiness {
  const { total, chosen, growing, lastChance } = facts;
  if (facts.outage && (outage === 'wait' || chosen === 0)) {
    const others = outage === 'wait' ? '' : ', and no new papers are stored';
    const reason = `Hugging Face does not respond${others}`;
    return lastChance ? { kind: 'skip', reason } : { kind: 'wait', reason, outage: true };
  }
  if (chosen >= count) return { kind: 'ready' };
  const reason = shortage(total, chosen, count);
  // Waiting helps when the list itself is short, but rarely when a full list has few matches.
  const patient = total < count || chosen === 0 || thin !== 'fewer';
  if (growing && !lastChance && patient) return { kind: 'wait', reason };
  if (chosen === 0 || thin === 'skip') return { kind: 'skip', reason };
  return { kind: 'ready' };
}

function shortage(total: number, chosen: number, count: number): string {
  if (total === 0) return 'there is no list for that day';
  if (chosen === total) return `the list has only ${counted(total, 'paper')}, and this feed posts ${count}`;
  if (total === 1) return 'the one paper on the list does not match, or was posted before';
  const papers = `of the ${total} papers on the list`;
  return chosen === 0
    ? `none ${papers} is new and matches`
    : `only ${chosen} ${papers} ${chosen === 1 ? 'matches' : 'match'}, and this feed posts ${count}`;
}
