import { expect, it } from 'vitest';
import { papersMigration } from '../../src/db/migrations/0001-papers.ts';
import { embeddingsMigration } from '../../src/db/migrations/0008-embeddings.ts';
import { lettersMigration } from '../../src/db/migrations/0013-letters.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
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
  const before = [papersMigration, embeddingsMigration];
  await migrate(connection, before);
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
  return { connection, upgrade: () => migrate(connection, [...before, lettersMigration]) };
}

it('stored papers with LaTeX are shown and found by plain letters', async () => {
  const { connection, upgrade } = await openOld();
  const found = (words: string) =>
    connection.prepare('SELECT rowid FROM papers_fts WHERE papers_fts MATCH ?').pluck().all(`"${words}"`);
  expect([found('kahler'), found('co2'), found('balazsin'), found('lukasz')]).toEqual([[], [], [], []]);
  await upgrade();
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

it('the letters migration repacks only changed words, without embedding again', async () => {
  const { connection, upgrade } = await openOld();
  await upgrade();
  const packed = connection.prepare('SELECT paper, model FROM paper_vectors ORDER BY 2, 1').raw().all();
  expect(packed).toEqual([
    [1, 1],
    [1, 2],
    [2, 2],
    [3, 2],
    [4, 2],
  ]);
  const reached = connection.prepare('SELECT maker, reached FROM embedding_models ORDER BY id').raw().all();
  expect(reached).toEqual([
    ['words', 1],
    ['endpoint', 4],
  ]);
});
