/** Describes how recent the data of each source is. */
import { DateTime } from 'luxon';
import { announcementInWords, completenessInWords, MENTIONED_MS } from '../../src/cards/completeness.ts';
import type { Field } from '../../src/chat/card.ts';
import { freshnessJobOf, labelOf, POLLED_SOURCES } from '../../src/papers/source-names.ts';
import type { SourceState } from '../../src/sources/source-store.ts';
import { dayOf } from '../../src/time/clock.ts';
import type { Services } from '../services.ts';

const MOST_PROBLEMS = 2;

/** One line for each source that was polled: `Hugging Face: updated 5 minutes ago`. */
export function freshnessFields(states: readonly SourceState[], now: Date): Field[] {
  return POLLED_SOURCES.flatMap((source): Field[] => {
    const state = states.find((told) => told.source === source && told.key === freshnessJobOf(source));
    return state ? [{ name: labelOf(source), value: [freshness(state, now)] }] : [];
  });
}

/** How complete the stored papers of arXiv are, and which of its recent feeds left something out. */
export async function completenessFields(
  { harvests, announcements }: Pick<Services, 'harvests' | 'announcements'>,
  papers: number,
  now: Date,
): Promise<Field[]> {
  const complete = completenessInWords({ harvests: await harvests.list(), papers, now });
  const since = dayOf(new Date(now.getTime() - MENTIONED_MS));
  const problems = (await announcements.problemsSince(since)).slice(0, MOST_PROBLEMS);
  return [
    ...(complete.length > 0 ? [{ name: 'Papers of arXiv', value: [complete.join('\n')] }] : []),
    ...problems.map((problem): Field => ({ name: 'arXiv’s feed', value: [announcementInWords(problem)] })),
  ];
}

/** Explains why the newest list may be old; `undefined` while Hugging Face answers. */
export function staleList(states: readonly SourceState[], now: Date): string | undefined {
  const state = states.find(({ source, key }) => source === 'hugging-face' && key === 'latest');
  if (state === undefined || state.failures === 0) return undefined;
  return `Hugging Face is ${freshness(state, now)}`;
}

function freshness({ failures, fetchedAt }: SourceState, now: Date): string {
  if (fetchedAt === undefined) return failures > 0 ? 'not responding' : 'not updated yet';
  const ago = DateTime.fromISO(fetchedAt).toRelative({ base: DateTime.fromJSDate(now), locale: 'en-GB' });
  return failures > 0 ? `not responding, last updated ${ago}` : `updated ${ago}`;
}
