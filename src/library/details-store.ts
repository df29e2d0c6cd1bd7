/** Stores notes, tags and reading states of saved papers. */
import { UserError } from '../base/errors.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { rewriteTables } from '../db/erase.ts';
import { isSqlite } from '../db/open.ts';
import type { ReadingState } from '../search/search.ts';
import { toStemmedText } from '../search/text/phrases.ts';
import { toIndex } from '../text/index-text.ts';
import { type Details, type DetailsChange, MOST_TAGS } from './library.ts';

type OfPaper = PersonRef & { readonly paper: number };

const OF_PAPER = 'platform = @platform AND workspace = @workspace AND person = @person AND paper = @paper';

export interface DetailsStore {
  of(person: PersonRef, paper: number): Details;
  hasTags(person: PersonRef): boolean;
  /** Call inside a transaction. @throws UserError for too many tags */
  change(person: PersonRef, paper: number, change: DetailsChange, at: string): void;
  /** Call inside a transaction. */
  drop(person: PersonRef, paper: number): void;
}

export function openDetails(connection: DatabaseConnection): DetailsStore {
  const row = connection.prepare<[OfPaper], { note: string; state: ReadingState }>(
    `SELECT note, state FROM save_details WHERE ${OF_PAPER}`,
  );
  const tags = connection
    .prepare<[OfPaper], string>(`SELECT tag FROM save_tags WHERE ${OF_PAPER} ORDER BY tag`)
    .pluck();
  const anyTag = connection.prepare<[PersonRef]>(
    'SELECT 1 FROM save_tags WHERE platform = @platform AND workspace = @workspace AND person = @person LIMIT 1',
  );
  const put = connection.prepare<
    [OfPaper & { note: string; words: string; state: ReadingState; at: string }]
  >(
    `INSERT INTO save_details (platform, workspace, person, paper, note, words, state, updated_at)
     VALUES (@platform, @workspace, @person, @paper, @note, @words, @state, @at)
     ON CONFLICT (platform, workspace, person, paper)
     DO UPDATE SET note = @note, words = @words, state = @state, updated_at = @at`,
  );
  const addTag = connection.prepare<[OfPaper & { tag: string }]>(
    `INSERT INTO save_tags (platform, workspace, person, paper, tag)
     VALUES (@platform, @workspace, @person, @paper, @tag) ON CONFLICT DO NOTHING`,
  );
  const dropTag = connection.prepare<[OfPaper & { tag: string }]>(
    `DELETE FROM save_tags WHERE ${OF_PAPER} AND tag = @tag`,
  );
  const dropTags = connection.prepare<[OfPaper]>(`DELETE FROM save_tags WHERE ${OF_PAPER}`);
  const dropRow = connection.prepare<[OfPaper]>(`DELETE FROM save_details WHERE ${OF_PAPER}`);
  const keyOf = ({ platform, workspace, person }: PersonRef, paper: number): OfPaper => ({
    platform,
    workspace,
    person,
    paper,
  });

  function of(person: PersonRef, paper: number): Details {
    const key = keyOf(person, paper);
    const { note = '', state = 'unread' } = row.get(key) ?? {};
    return { ...(note !== '' && { note }), tags: tags.all(key), state };
  }

  return {
    of,
    hasTags: ({ platform, workspace, person }) => anyTag.get({ platform, workspace, person }) !== undefined,
    change(person, paper, { note, addTags = [], removeTags = [], state }, at) {
      const key = keyOf(person, paper);
      const before = of(person, paper);
      if (note !== undefined || state !== undefined) {
        const text = note ?? before.note ?? '';
        put.run({
          ...key,
          note: text,
          words: toNoteWords(connection.engine, text),
          state: state ?? before.state,
          at,
        });
      }
      for (const tag of removeTags) dropTag.run({ ...key, tag });
      for (const tag of addTags) addTag.run({ ...key, tag });
      const { length } = tags.all(key);
      if (addTags.length > 0 && length > MOST_TAGS) {
        throw new UserError(
          `A paper can have at most ${MOST_TAGS} tags, and this one would have ${length}. Remove one with -tag.`,
        );
      }
    },
    drop(person, paper) {
      const key = keyOf(person, paper);
      dropTags.run(key);
      dropRow.run(key);
    },
  };
}

/**
 * The words of a note, as they are searched: for FTS5, which stems them itself, or as stems between spaces. A
 * note that is moved to another engine must be converted anew.
 */
export function toNoteWords(engine: DatabaseConnection['engine'], note: string): string {
  if (note === '' || engine === 'sqlite') return toIndex(note);
  return toStemmedText(note).text;
}

/** Writes the words of all notes as this engine searches them, after a move from the other one. */
export function convertNotes(connection: DatabaseConnection): void {
  const notes = connection.prepare<[], { pk: number; note: string }>(
    `SELECT pk, note FROM save_details WHERE note <> '' ORDER BY pk`,
  );
  const update = connection.prepare<[string, number]>('UPDATE save_details SET words = ? WHERE pk = ?');
  const convert = connection.transaction(() => {
    for (const { pk, note } of notes.all()) update.run(toNoteWords(connection.engine, note), pk);
  });
  convert.immediate();
}

/**
 * Rewrites notes and tags without copies of deleted rows, and the index of notes. Call it in the deleting
 * transaction (`rewriteTables`).
 */
export function rewriteDetails(connection: DatabaseConnection): void {
  if (!isSqlite(connection)) {
    rewriteTables(connection, ['save_details', 'save_tags']);
    return;
  }
  // Deleting word by word takes 25 times as long, and the rebuilt index has no deleted words anyway.
  connection.exec(`INSERT INTO notes_fts (notes_fts, rank) VALUES ('secure-delete', 0)`);
  rewriteTables(connection, ['save_details', 'save_tags']);
  connection.exec(`
    INSERT INTO notes_fts (notes_fts) VALUES ('rebuild');
    INSERT INTO notes_fts (notes_fts, rank) VALUES ('secure-delete', 1);
  `);
}
