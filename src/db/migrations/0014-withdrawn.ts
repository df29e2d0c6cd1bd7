/** Marks withdrawn papers; until now only those with a date from Hugging Face were known. */
import type { Migration } from '../migration.ts';

const SUBJECTS = ['paper', 'article', 'manuscript', 'submission', 'work', 'preprint'];

/** Nearly all wordings of arXiv's comments; others are recognised when their paper is fetched again. */
const REMARKS = [
  'withdrawn',
  'withdrawn.%',
  'withdrawn by %',
  'withdrawn due to %',
  'withdrawn because %',
  'paper withdrawn%',
  ...SUBJECTS.flatMap((subject) => [
    `%this ${subject} has been withdrawn%`,
    `%this ${subject} is withdrawn%`,
  ]),
  'the paper has been withdrawn%',
  '%the author has withdrawn this%',
  '%authors have withdrawn this%',
];
/** In place of the abstract, in older papers. */
const ABSTRACTS = [
  'withdrawn%by the author%',
  'paper withdrawn%',
  ...SUBJECTS.map((subject) => `this ${subject} has been withdrawn%`),
  'the paper has been withdrawn%',
];

export const withdrawnMigration: Migration = {
  name: 'withdrawn',
  up(connection) {
    const like = (column: string, forms: readonly string[]) =>
      forms.map((form) => `${column} LIKE '${form}'`).join(' OR ');
    connection.exec(`
      ALTER TABLE papers ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
      UPDATE papers SET withdrawn = 1
      WHERE withdrawn_at IS NOT NULL OR ${like('comment', REMARKS)} OR ${like('abstract', ABSTRACTS)};
    `);
  },
};
