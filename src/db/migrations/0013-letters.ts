/**
 * Rewrites papers by today's rules: decodes LaTeX and entities, tidies names, and indexes words as people
 * type them.
 */
import { toCredits } from '../../text/authors.ts';
import { cleanAbstract, cleanText, cleanTitle } from '../../text/clean.ts';
import { titleKey } from '../../text/ids.ts';
import { searchText } from '../../text/search-text.ts';
import type { Migration } from '../migration.ts';
import type { Connection } from '../open.ts';

interface Words {
  readonly pk: number;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
  readonly comment: string | null;
  readonly journal_ref: string | null;
  readonly venue: string | null;
}

/** Papers per read. */
const SLICE = 1_000;
/** Papers without these characters, which are most, stay unchanged. */
const SIGNS = /[^ -~]|[\\&$<^_{}~`*]|--|''/;
/** Signs in names: two names in one, a comma between family and given name, notes. */
const NAME_SIGNS = /[;:()]|[^"],|\d|\b(?:and|al|others)\b/;

export const lettersMigration: Migration = {
  name: 'letters',
  up(connection) {
    connection.exec('ALTER TABLE papers ADD COLUMN families TEXT;');
    const slice = connection.prepare<[number, number], Words>(
      `SELECT pk, title, abstract, authors, comment, journal_ref, venue FROM papers
       WHERE pk > ? ORDER BY pk LIMIT ?`,
    );
    const rewrite = openRewriter(connection);
    let first: number | undefined;
    let papers = slice.all(0, SLICE);
    for (; papers.length > 0; papers = slice.all(papers.at(-1)?.pk ?? 0, SLICE)) {
      for (const paper of papers) if (rewrite(paper)) first ??= paper.pk;
    }
    // The words of the others stay packed; what an embedder was paid for stays as well.
    if (first !== undefined) {
      connection
        .prepare(`UPDATE embedding_models SET reached = :before WHERE maker = 'words' AND reached > :before`)
        .run({ before: first - 1 });
    }
  },
};

/** Rewrites a paper if today's rules change it; returns true if so. */
function openRewriter(connection: Connection): (paper: Words) => boolean {
  const update = connection.prepare(
    `UPDATE papers SET title = ?, title_key = ?, abstract = ?, authors = ?, families = ?, comment = ?, journal_ref = ?, venue = ?
     WHERE pk = ?`,
  );
  const dropWords = connection.prepare('DELETE FROM papers_fts WHERE rowid = ?');
  const addWords = connection.prepare(
    'INSERT INTO papers_fts (rowid, title, abstract, authors) VALUES (?, ?, ?, ?)',
  );
  const dropPacked = connection.prepare(
    `DELETE FROM paper_vectors WHERE paper = ? AND model IN (SELECT id FROM embedding_models WHERE maker = 'words')`,
  );
  const again = (text: string | null) => text && cleanText(text);

  return ({ pk, ...before }) => {
    const texts = [before.title, before.abstract, before.comment, before.journal_ref, before.venue].join(
      '\n',
    );
    if (
      !SIGNS.test(texts.replaceAll('\n', ' ')) &&
      !SIGNS.test(before.authors) &&
      !NAME_SIGNS.test(before.authors)
    )
      return false;
    const { authors = [], families } = toCredits(JSON.parse(before.authors) as string[]);
    const title = cleanTitle(before.title) || before.title;
    const abstract = cleanAbstract(before.abstract);
    const facts = [again(before.comment), again(before.journal_ref), again(before.venue)];
    const told = families ? JSON.stringify(families) : null;
    update.run(title, titleKey(title), abstract, JSON.stringify(authors), told, ...facts, pk);
    const read = [title, abstract, authors.join('\n')].map(searchText);
    const wasRead = [before.title, before.abstract, (JSON.parse(before.authors) as string[]).join('\n')];
    if (read.every((text, at) => text === wasRead[at])) return false;
    dropWords.run(pk);
    addWords.run(pk, ...read);
    dropPacked.run(pk);
    return true;
  };
}
