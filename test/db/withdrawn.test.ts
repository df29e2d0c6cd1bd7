import { expect, it } from 'vitest';
import { papersMigration } from '../../src/db/migrations/0001-papers.ts';
import { withdrawnMigration } from '../../src/db/migrations/0014-withdrawn.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';

it('papers that were stored before are marked by what their remarks and abstracts say', async () => {
  const connection = openDatabase(':memory:');
  await migrate(connection, [papersMigration]);
  const add = connection.prepare(
    `INSERT INTO papers (id, title_key, title, abstract, authors, categories, keywords, text_rank, comment, withdrawn_at, added_at, changed_at)
     VALUES (?, '', '', ?, '[]', '[]', '[]', 0, ?, ?, '', '')`,
  );
  add.run('remark', 'We study it.', '9 pages. This paper has been withdrawn by the author', null);
  add.run('word', 'We study it.', 'Withdrawn', null);
  add.run('abstract', 'This paper has been withdrawn by the authors.', null, null);
  add.run('hugging-face', 'We study it.', null, '2026-05-01');
  add.run(
    'stands',
    'We study withdrawn drugs.',
    'supersedes arXiv:0801.0001, which has been withdrawn',
    null,
  );
  await migrate(connection, [papersMigration, withdrawnMigration]);
  expect(connection.prepare('SELECT id FROM papers WHERE withdrawn = 1').pluck().all()).toEqual([
    'remark',
    'word',
    'abstract',
    'hugging-face',
  ]);
});
