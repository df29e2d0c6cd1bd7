/** Describes how recent the data of each source is. */
import { DateTime } from 'luxon';
import type { Field } from '../../src/chat/card.ts';
import { freshnessJobOf, labelOf, POLLED_SOURCES } from '../../src/papers/source-names.ts';
import type { SourceState } from '../../src/sources/source-store.ts';

/** One line for each source that was polled: `Hugging Face: updated 5 minutes ago`. */
export function freshnessFields(states: readonly SourceState[], now: Date): Field[] {
  return POLLED_SOURCES.flatMap((source): Field[] => {
    const state = states.find((told) => told.source === source && told.key === freshnessJobOf(source));
    return state ? [{ name: labelOf(source), value: [freshness(state, now)] }] : [];
  });
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
