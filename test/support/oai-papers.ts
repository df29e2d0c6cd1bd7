/** Made-up papers of an OAI-PMH server. The same count gives the same papers. */
import type { OaiPaper } from '../fakes/sources/oai-server.ts';

const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse('2005-09-16T00:00:00Z');
const CATEGORIES = [
  ['cs.LG', 'stat.ML'],
  ['hep-th'],
  ['math.CO'],
  ['astro-ph.GA', 'gr-qc'],
  ['cs.CL'],
] as const;

/** A tenth of them share the first day, as on arXiv. */
export function oaiPapers(count: number): OaiPaper[] {
  return Array.from({ length: count }, (_, index) => {
    const day = index < count / 10 ? 0 : 1 + Math.floor(((index - count / 10) / count) * 7_000);
    return oaiPaper(index, new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10));
  });
}

export function oaiPaper(index: number, day: string, changes: Partial<OaiPaper> = {}): OaiPaper {
  return {
    id: oaiId(index),
    day,
    versions: [{ date: versionDate(index) }],
    title: `Paper ${index} on Graphs`,
    abstract: `We study the ${index}th graph & its "colours". It has $x_{${index}}<3$ edges.`,
    authors:
      index % 3 === 0 ? `A. Author${index} (LJLL), Fr\\'ed\\'eric Sample and C. Test` : `A. Author${index}`,
    categories: CATEGORIES[index % CATEGORIES.length] ?? [],
    ...changes,
  };
}

/** One in ten is of the old form. */
export function oaiId(index: number): string {
  const month = String(1 + (Math.floor(index / 10) % 12)).padStart(2, '0');
  const number = Math.floor(index / 120);
  if (index % 10 === 0) return `hep-th/95${month}${String(number).padStart(3, '0')}`;
  return `${15 + (index % 10)}${month}.${String(number).padStart(5, '0')}`;
}

function versionDate(index: number): string {
  return new Date(Date.parse('2015-01-05T10:00:00Z') + index * 60_000).toUTCString();
}
