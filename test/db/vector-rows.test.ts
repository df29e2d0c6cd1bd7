import { expect, it } from 'vitest';
import { papersMigration } from '../../src/db/migrations/0001-papers.ts';
import { embeddingsMigration } from '../../src/db/migrations/0008-embeddings.ts';
import { vectorRowsMigration } from '../../src/db/migrations/0011-vector-rows.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';

it('the migration to row ids keeps vectors, which are deleted with their papers', async () => {
  const connection = openDatabase(':memory:');
  await migrate(connection, [papersMigration, embeddingsMigration]);
  const addPaper = connection.prepare(
    `INSERT INTO papers (id, title_key, title, abstract, authors, categories, keywords, text_rank, added_at, changed_at)
     VALUES (?, '', '', '', '[]', '[]', '[]', 0, '', '')`,
  );
  for (const id of ['2605.00001', '2605.00002']) addPaper.run(id);
  connection.exec(`
    INSERT INTO embedding_models (id, maker, name, dimensions, state, papers, share, begun_at)
    VALUES (2, 'built-in', 'lsa-1', 1, 'serving', 2, 0.2, '')`);
  connection.exec(`INSERT INTO paper_vectors VALUES (1, 1, x'01'), (1, 2, x'02'), (2, 1, x'03')`);
  const rows = () =>
    connection.prepare('SELECT paper, model, hex(packed) FROM paper_vectors ORDER BY 1, 2').raw().all();

  await migrate(connection, [papersMigration, embeddingsMigration, vectorRowsMigration]);
  expect(rows()).toEqual([
    [1, 1, '01'],
    [1, 2, '02'],
    [2, 1, '03'],
  ]);
  connection.exec('DELETE FROM papers WHERE pk = 1');
  expect(rows()).toEqual([[2, 1, '03']]);
});
