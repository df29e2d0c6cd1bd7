/** Fields in words, for the guide. The report of an import names a few of their names too. */
import { FIELD_NAMES, type PaperField } from './field-names.ts';

/** Without the facts that only our own export has. */
const LABELS: Readonly<Record<Exclude<PaperField, 'own'>, string>> = {
  title: 'Title',
  abstract: 'Abstract',
  authors: 'Authors: names, objects with `name`, `given` and `family`, or one text',
  identifiers: 'ID: the arXiv ID, wherever it is',
  published: 'Date',
  year: 'Year, if there is no date',
  month: 'Month of the year',
  updated: 'Last update',
  categories: 'Categories: a list or one text',
  primaryCategory: 'First category',
  topics: 'arXiv categories and keywords together',
  keywords: 'Keywords',
  pages: 'Link: also gives the arXiv ID or the DOI',
  addresses: 'Other links: give only the arXiv ID or the DOI',
  doi: 'DOI',
  version: 'arXiv version',
  venue: 'Journal or conference',
  journalRef: 'Journal reference',
  comment: 'Remark of the authors',
  comments: 'Number of comments, or the remark',
  organization: 'Organisation',
  projectUrl: 'Project page',
  codeUrl: 'Code',
  codeStars: 'GitHub stars',
  thumbnailUrl: 'Image',
  votes: 'Votes',
  citations: 'Citations',
};

export function fieldsTable(): string {
  const rows = (Object.keys(LABELS) as Array<keyof typeof LABELS>).map((field) => {
    const names = FIELD_NAMES[field].map((name) => `\`${name}\``);
    return `| ${LABELS[field]} | ${names.join(', ')} |`;
  });
  return ['| Field | Names |', '| --- | --- |', ...rows, ''].join('\n');
}
