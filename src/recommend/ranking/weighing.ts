/** Weighs signals by their age and kind, and papers by their age. Pure. */
import type { TermVector } from '../../search/text/term-vector.ts';
import type { PaperSignal } from '../signals-store.ts';
import { isAbout, type Subject } from './subjects.ts';

const DAY_MS = 86_400_000;
/** An older save counts for less, compared with the latest one, but never for nothing. */
const HALF_LIFE_DAYS = 120;
const LEAST = 0.3;
const NOTED = 1.5;
const READ = 1.25;
const LIKED = 1.5;
const DISLIKED = -0.75;

/** @param avoided subjects that no longer count, even in saved papers */
export function weighSignals(
  signals: readonly PaperSignal[],
  termVectors: readonly TermVector[],
  avoided: readonly Subject[],
): number[] {
  const latest = Math.max(...signals.map(({ at }) => Date.parse(at)));
  return signals.map(({ at, kind, isNoted, isRead, people }, index) => {
    if (kind === 'less') return DISLIKED;
    const termVector = termVectors[index];
    if (termVector && avoided.some((subject) => isAbout(subject, termVector))) return 0;
    const age = (latest - Date.parse(at)) / DAY_MS;
    const recent = LEAST + (1 - LEAST) * 2 ** (-age / HALF_LIFE_DAYS);
    const attention = kind === 'more' ? LIKED : (isNoted ? NOTED : 1) * (isRead ? READ : 1);
    return recent * attention * Math.sqrt(people);
  });
}

const FRESH = 0.2;
const FRESH_HALF_LIFE_DAYS = 21;

/** A factor for new papers; 1 for old ones and for papers without a date. */
export function freshness(published: string | null, now: string): number {
  const age = ageOf(published, now);
  return Number.isNaN(age) ? 1 : 1 + FRESH * 2 ** (-Math.max(0, age) / FRESH_HALF_LIFE_DAYS);
}

const RECENT_DAYS = 45;

/** True for a paper that was published within weeks. */
export function isRecent(published: string | null, now: string): boolean {
  return ageOf(published, now) <= RECENT_DAYS;
}

/** Days, or NaN for a paper without a date. */
function ageOf(published: string | null, now: string): number {
  return published === null ? Number.NaN : (Date.parse(now) - Date.parse(published)) / DAY_MS;
}
