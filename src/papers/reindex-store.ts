/**
 * Indexes papers again that an older version indexed, in small steps, so that search continues and a restart
 * resumes. Texts from before LaTeX and HTML entities were decoded are cleaned again first.
 */
import type { Connection } from '../db/open.ts';
import { toCredits } from '../text/authors.ts';
import { cleanAbstract, cleanText, cleanTitle } from '../text/clean.ts';
import { titleKey } from '../text/ids.ts';
import { INDEX_FORM } from '../text/index-text.ts';
import { openPaperIndex } from './paper-index-store.ts';

interface Words {
  readonly title: string;
  readonly abstract: string;
  /** JSON. */
  readonly authors: string;
  readonly families: string | null;
  readonly comment: string | null;
  readonly journal_ref: string | null;
  readonly venue: string | null;
}

interface Row extends Words {
  readonly pk: number;
  readonly title_key: string;
}

/** Papers with keys above `reached`, up to `last`, are pending; none when the two are equal. */
export interface Reindexing {
  readonly reached: number;
  readonly last: number;
}

interface State extends Reindexing {
  readonly form: number;
  readonly letters_reached: number;
  readonly letters_last: number;
}

export interface Reindexer {
  state(): Reindexing;
  /** Indexes the next papers, in one transaction. */
  step(limit: number): Reindexing;
}

/** Most texts contain none of these and do not change. */
const SIGNS = /[^ -~]|[\\&$<^_{}~`*]|--|''/;
/** Signs of several names in one, of “Family, Given”, and of notes. */
const NAME_SIGNS = /[;:()]|[^"],|\d|\b(?:and|al|others)\b/;

export function openReindexer(connection: Connection): Reindexer {
  const index = openPaperIndex(connection);
  const state = connection.prepare<[], State>(
    'SELECT form, reached, last, letters_reached, letters_last FROM index_form',
  );
  const slice = connection.prepare<[number, number, number], Row>(
    `SELECT pk, title, title_key, abstract, authors, families, comment, journal_ref, venue
     FROM papers WHERE pk > ? AND pk <= ? ORDER BY pk LIMIT ?`,
  );
  const update = connection.prepare<Row>(
    `UPDATE papers SET title = :title, title_key = :title_key, abstract = :abstract, authors = :authors,
       families = :families, comment = :comment, journal_ref = :journal_ref, venue = :venue
     WHERE pk = :pk`,
  );
  const advance = connection.prepare<{ end: number }>(
    'UPDATE index_form SET reached = :end, letters_reached = max(letters_reached, :end)',
  );

  beginAgain(connection);

  function read(): State {
    return state.get() ?? { form: INDEX_FORM, reached: 0, last: 0, letters_reached: 0, letters_last: 0 };
  }

  const step = connection.transaction((limit: number): Reindexing => {
    const { reached, last, letters_reached, letters_last } = read();
    const papers = slice.all(reached, last, limit).map((before) => {
      const isOld = before.pk > letters_reached && before.pk <= letters_last;
      const words = isOld ? withLetters(before) : before;
      return { before, after: { ...before, ...words, title_key: titleKey(words.title) } };
    });
    for (const { after } of papers) {
      index.rewrite(after.pk, { ...after, authors: JSON.parse(after.authors) as string[] });
    }
    // After all index updates, because a write in between makes FTS5 flush its buffer.
    for (const { before, after } of papers) if (!isSame(before, after)) update.run(after);
    const end = papers.length < limit ? last : (papers.at(-1)?.after.pk ?? last);
    advance.run({ end });
    return { reached: end, last };
  });

  return {
    state() {
      const { reached, last } = read();
      return { reached, last };
    },
    step: (limit) => step.immediate(limit),
  };
}

/** Starts over when the index has an older format: indexes all papers and packs their terms again. */
function beginAgain(connection: Connection): void {
  const form = connection.prepare<[], number>('SELECT form FROM index_form').pluck();
  connection
    .transaction(() => {
      if (form.get() === INDEX_FORM) return;
      connection
        .prepare(
          'UPDATE index_form SET form = ?, reached = 0, last = (SELECT coalesce(max(pk), 0) FROM papers)',
        )
        .run(INDEX_FORM);
      // A new id, so that terms packed in the old format are not used.
      const next =
        connection.prepare<[], number>('SELECT max(id) + 1 FROM embedding_models').pluck().get() ?? 1;
      connection.prepare(`DELETE FROM embedding_models WHERE maker = 'words'`).run();
      connection
        .prepare(
          `INSERT INTO embedding_models (id, maker, name, dimensions, state, papers, share, begun_at)
           VALUES (?, 'words', ?, 0, 'serving', 0, 0, '')`,
        )
        .run(next, `words-${INDEX_FORM}`);
    })
    .immediate();
}

/** Returns the texts as they would be stored today. */
function withLetters(before: Words): Words {
  const { title, abstract, comment, journal_ref, venue } = before;
  const hasSigns = [title, abstract, comment ?? '', journal_ref ?? '', venue ?? ''].some((text) =>
    SIGNS.test(text),
  );
  if (!hasSigns && !SIGNS.test(before.authors) && !NAME_SIGNS.test(before.authors)) return before;
  const { authors = [], families } = toCredits(JSON.parse(before.authors) as string[]);
  return {
    title: cleanTitle(title) || title,
    abstract: cleanAbstract(abstract),
    authors: JSON.stringify(authors),
    families: families ? JSON.stringify(families) : before.families,
    comment: comment && cleanText(comment),
    journal_ref: journal_ref && cleanText(journal_ref),
    venue: venue && cleanText(venue),
  };
}

function isSame(before: Row, after: Row): boolean {
  return (Object.keys(before) as Array<keyof Row>).every((column) => before[column] === after[column]);
}
