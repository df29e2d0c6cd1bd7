/** Whether a list is ready to be posted, worth waiting for, or not to be posted at all. Pure. */
import type { FeedSettings } from '../../feeds/feed.ts';

interface Facts {
  /** Papers on the list, and how many of them the feed takes. */
  readonly total: number;
  readonly chosen: number;
  /** More papers may still come on it. */
  readonly growing: boolean;
  readonly outage: boolean;
  /** Nothing is gained by waiting longer. */
  readonly lastChance: boolean;
}

export type Readiness =
  | { readonly kind: 'ready' }
  /** Reasons are for a log and for `/paperfeed list`: no full stop. */
  | { readonly kind: 'wait'; readonly reason: string; readonly outage?: boolean }
  | { readonly kind: 'skip'; readonly reason: string };

type Rules = Pick<FeedSettings, 'count' | 'thin' | 'outage'>;

export function readinessOf(facts: Facts, { count, thin, outage }: Rules): Readiness {
  const { total, chosen, growing, lastChance } = facts;
  if (facts.outage && (outage === 'wait' || chosen === 0)) {
    const others = outage === 'wait' ? '' : ', and nothing new is here';
    const reason = `Hugging Face does not answer${others}`;
    return lastChance ? { kind: 'skip', reason } : { kind: 'wait', reason, outage: true };
  }
  if (chosen >= count) return { kind: 'ready' };
  const reason = shortage(total, chosen, count);
  // Few papers that fit on a full list are few in an hour, too; a short list itself is a matter of time.
  const patient = total < count || chosen === 0 || thin !== 'fewer';
  if (growing && !lastChance && patient) return { kind: 'wait', reason };
  if (chosen === 0 || thin === 'skip') return { kind: 'skip', reason };
  return { kind: 'ready' };
}

function shortage(total: number, chosen: number, count: number): string {
  if (total === 0) return 'there is no list for that day';
  const papers = total === 1 ? 'the one paper on the list' : `the ${total} papers on the list`;
  return chosen === 0
    ? `none of ${papers} is new and fits`
    : `${chosen} of ${papers} ${chosen === 1 ? 'fits' : 'fit'}, ${count} are wanted`;
}
