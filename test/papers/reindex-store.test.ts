import { expect, it } from 'vitest';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { indexFormMigration } from '../../src/db/migrations/0019-index-form.ts';
import { mergedIndexMigration } from '../../src/db/migrations/0020-merged-index.ts';
import { wordsOfFirstPapersMigration } from '../../src/db/migrations/0039-words-of-first-papers.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openReindexer } from '../../src/papers/reindex-store.ts';
import { titleKey } from '../../src/text/ids.ts';

const { raw } = String;

const PAPERS = [
  { title: 'Plain Words', abstract: 'Nothing to do.', authors: ['Ada Example'] },
  { title: raw`K\"ahler Manifolds`, abstract: 'p &lt; 0.05', authors: [raw`C. Bal\'azsin`, ':'] },
  { title: 'Capture of CO$_2$', abstract: 'By H₂O.', authors: ['Łukasz Świątek'] },
  { title: 'On Names', abstract: 'None.', authors: ['Garcia Marquez, Gabriel'] },
];

/** The database as an earlier version left it, with LaTeX in names and titles. */
async function openOld() {
  const connection = openDatabase(':memory:');
  await migrate(connection);
  const addPaper = connection.prepare(
    `INSERT INTO papers (id, title_key, title, abstract, authors, categories, keywords, text_rank, comment, added_at, changed_at)
     VALUES (?, '', ?, ?, ?, '[]', '[]', 0, ?, '', '')`,
  );
  const addWords = connection.prepare(
    'INSERT INTO papers_fts (rowid, title, abstract, authors) VALUES (?, ?, ?, ?)',
  );
  for (const [at, { title, abstract, authors }] of PAPERS.entries()) {
    addPaper.run(`2605.0000${at}`, title, abstract, JSON.stringify(authors), raw`Erd\H{o}s`);
    addWords.run(at + 1, title, abstract, authors.join('\n'));
  }
  connection.exec(`
    INSERT INTO embedding_models (id, maker, name, dimensions, state, papers, share, reached, begun_at)
      VALUES (2, 'endpoint', 'e', 1, 'serving', 4, 0.2, 4, '');
    UPDATE embedding_models SET reached = 4;
    INSERT INTO paper_vectors SELECT pk, 1, x'01' FROM papers;
    INSERT INTO paper_vectors SELECT pk, 2, x'02' FROM papers;`);
  connection.exec('DROP TABLE index_form');
  indexFormMigration.up(connection);
  mergedIndexMigration.up(connection);
  return connection;
}

/** Two papers in each step. */
function reindex(connection: DatabaseConnection): void {
  const reindexer = openReindexer(connection);
  for (let { isDone } = reindexer.state(); !isDone; { isDone } = reindexer.step(2));
}

it('stored papers with LaTeX are shown and found by plain letters', async () => {
  const connection = await openOld();
  const found = (words: string) =>
    connection.prepare('SELECT rowid FROM papers_fts WHERE papers_fts MATCH ?').pluck().all(`"${words}"`);
  expect([found('kahler'), found('co2'), found('balazsin'), found('lukasz')]).toEqual([[], [], [], []]);
  expect(found('plain')).toEqual([1]);
  reindex(connection);
  expect([found('kahler'), found('co2'), found('balazsin'), found('lukasz')]).toEqual([[2], [3], [2], [3]]);
  expect(found('plain')).toEqual([1]);

  const rows = connection
    .prepare('SELECT title, abstract, authors, families, comment, title_key FROM papers ORDER BY pk')
    .all();
  expect(rows).toMatchObject([
    { title: 'Plain Words', authors: '["Ada Example"]', families: null },
    { title: 'Kähler Manifolds', abstract: 'p < 0.05', authors: '["C. Balázsin"]', comment: 'Erdős' },
    { title: 'Capture of CO$_2$', abstract: 'By H₂O.', title_key: titleKey('Capture of CO2') },
    {
      authors: '["Gabriel Garcia Marquez"]',
      families: '{"Gabriel Garcia Marquez":"Garcia Marquez"}',
    },
  ]);
});

it('LaTeX in stored papers is decoded once, even if a new index form comes midway', async () => {
  const connection = await openOld();
  const abstracts = () => connection.prepare('SELECT abstract FROM papers ORDER BY pk').pluck().all();
  connection.exec(`UPDATE papers SET abstract = 'a &amp;amp;lt; b'`);
  openReindexer(connection).step(2);
  expect(abstracts()).toEqual(['a &lt; b', 'a &lt; b', 'a &amp;amp;lt; b', 'a &amp;amp;lt; b']);
  connection.exec('UPDATE index_form SET form = 1');
  reindex(connection);
  expect(abstracts()).toEqual(Array.from({ length: 4 }, () => 'a &lt; b'));
});

it('reindexing packs terms again, and asks no embedder again', async () => {
  const connection = await openOld();
  reindex(connection);
  const kept = connection.prepare('SELECT paper FROM paper_vectors WHERE model = 2 ORDER BY 1').pluck().all();
  expect(kept).toEqual([1, 2, 3, 4]);
  const reached = connection.prepare('SELECT maker, reached FROM embedding_models ORDER BY id').raw().all();
  expect(reached).toEqual([
    ['endpoint', 4],
    ['words', 0],
  ]);
});

/** Deletions in the word index, in pages: FTS5 keeps them under segment ids from 65,536 (fts5_index.c). */
const DELETIONS = 'SELECT count(*) FROM papers_fts_data WHERE id >= 65536 << 37';

it('the word index keeps nothing of the older form, even after a stop before the end', async () => {
  const connection = await openOld();
  const deletions = () => connection.prepare(DELETIONS).pluck().get();
  const reindexer = openReindexer(connection);
  while (reindexer.state().reached < 4) reindexer.step(2);
  expect(deletions()).toBeGreaterThan(0);
  reindex(connection);
  expect(deletions()).toBe(0);
  expect(openReindexer(connection).state()).toEqual({ reached: 4, last: 4, isDone: true });
});

it('FTS5 drops deleted entries on its own again once all papers are indexed', async () => {
  const connection = await openOld();
  const percentage = () =>
    connection.prepare(`SELECT v FROM papers_fts_config WHERE k = 'deletemerge'`).pluck().get();
  openReindexer(connection);
  expect(percentage()).toBe(0);
  reindex(connection);
  expect(percentage()).toBe(10);
});

it('only the first papers of a large store stay in FTS5', async () => {
  const connection = await openOld();
  connection.exec(
    'DELETE FROM paper_vectors WHERE paper > 2; DELETE FROM papers_fts WHERE rowid > 2; UPDATE papers SET pk = 5000 + pk WHERE pk > 2',
  );
  for (const [at, { title }] of PAPERS.entries())
    if (at >= 2)
      connection
        .prepare('INSERT INTO papers_fts (rowid, title, abstract, authors) VALUES (?, ?, ?, ?)')
        .run(5001 + at, title, '', '');
  reindex(connection);
  wordsOfFirstPapersMigration.up(connection);
  const rows = () => connection.prepare('SELECT id FROM papers_fts_docsize').pluck().all();
  expect(openReindexer(connection).state()).toMatchObject({ isDone: false });
  reindex(connection);
  expect(rows()).toEqual([1, 2]);
});

it('an index without papers needs no merging', async () => {
  const connection = openDatabase(':memory:');
  await migrate(connection);
  expect(openReindexer(connection).state()).toEqual({ reached: 0, last: 0, isDone: true });
});
