/** Describes saved papers: when they were saved, their tags, their state and their note. */
import { publishedInWords, spanInWords } from '../../src/cards/dates.ts';
import { shortLine } from '../../src/cards/paper-lines.ts';
import type { Block, RichText } from '../../src/chat/card.ts';
import { clipWords } from '../../src/chat/clip.ts';
import type { Details, ListQuery, SavedPaper } from '../../src/library/library.ts';
import type { ReadingState } from '../../src/search/search.ts';
import { quoteInput } from './quote.ts';

/** Characters of a note in a list. */
const NOTE_IN_LIST = 120;

const STATE_MARKS: Readonly<Record<ReadingState, string | undefined>> = {
  unread: undefined,
  reading: '◐ reading',
  read: '✓ read',
};

export function tagWords(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag}`).join(' ');
}

/** `2026 · cs.LG · saved 29 May 2026 · ✓ read · #rl`. */
export function savedMeta({ paper, savedAt, saves, tags, state }: SavedPaper): RichText[] {
  return shortLine(paper, [
    `saved ${publishedInWords(savedAt) ?? ''}`,
    saves > 1 ? `by ${saves} people in the team` : undefined,
    STATE_MARKS[state],
    tagWords(tags),
  ]);
}

/** The first words of a note, for a list. */
export function noteInList(note: string | undefined): string | undefined {
  return note === undefined ? undefined : `Your note: ${clipWords(note.trim(), NOTE_IN_LIST)}`;
}

/** A whole note, line by line. */
export function noteBlocks(note: string): Block[] {
  return note
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ kind: 'text', text: [line] }));
}

/** `your note and 2 tags`; `undefined` if there is nothing. */
export function detailsInWords({ note, tags, state }: Details): string | undefined {
  const parts = [
    note === undefined ? undefined : 'your note',
    tags.length === 0 ? undefined : `${tags.length === 1 ? 'its tag' : `its ${tags.length} tags`}`,
    state === 'unread' ? undefined : 'its reading state',
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : new Intl.ListFormat('en-GB').format(parts);
}

const STATE_WORDS: Readonly<Record<ReadingState, string>> = {
  unread: 'unread',
  reading: 'being read',
  read: 'read',
};

/** ` for “experts”, unread, tagged #rl, saved since 1 May 2026`; `''` without words and filters. */
export function savedWords(
  query: string,
  { tag, state, since, until, noted }: ListQuery['filter'],
  before = 'for ',
): string {
  const span = spanInWords(since, until);
  const parts = [
    query === '' ? undefined : `${before}${quoteInput(query)}`,
    state && STATE_WORDS[state],
    tag && `tagged #${tag}`,
    noted && 'with a note of yours',
    span && `saved ${span}`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}
