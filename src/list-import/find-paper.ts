/** Finds the stored paper that an entry of a pasted text means. Nothing is saved on a guess. */
import type { Paper } from '../papers/paper.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { SearchService } from '../search/search.ts';
import type { TextEntry } from './read-entries.ts';

export interface Finders {
  readonly papers: Pick<PaperStore, 'find' | 'findByTitle' | 'findByDoi'>;
  readonly search: Pick<SearchService, 'search'>;
}

/** Hits that are compared with a citation. */
const COMPARED = 5;
/** Words of a title, or of its beginning, that name a paper. One coined name before a colon does as well. */
const FEWEST_WORDS = 3;

/** @returns `undefined` for an entry that names no stored paper, or several */
export async function findPaper({ papers, search }: Finders, entry: TextEntry): Promise<Paper | undefined> {
  switch (entry.kind) {
    case 'reference':
      return papers.find(entry.id);
    case 'doi':
      return papers.findByDoi(entry.doi);
    case 'record': {
      const { id, title } = entry.record;
      return (id === undefined ? undefined : await papers.find(id)) ?? (await papers.findByTitle(title))[0];
    }
    case 'title':
      return findTitle({ papers, search }, entry.title);
    case 'fault':
      return undefined;
  }
}

async function findTitle({ papers, search }: Finders, title: string): Promise<Paper | undefined> {
  const [titled, ...doubles] = await papers.findByTitle(title);
  if (titled) return doubles.length === 0 ? titled : undefined;
  const { hits } = await search.search({
    text: title,
    filter: {},
    sort: 'relevance',
    limit: COMPARED,
    offset: 0,
  });
  const meant = hits.map(({ paper }) => paper).filter((paper) => isNamedBy(paper, title));
  return meant.length === 1 ? meant[0] : undefined;
}

/** True for a citation that contains the whole title, the beginning of the title, and its coined name. */
function isNamedBy({ title }: Paper, line: string): boolean {
  const [whole, said] = [wordsOf(title), wordsOf(line)];
  const isLong = (words: string) => words.trim().split(' ').length >= FEWEST_WORDS;
  if (isLong(whole) && said.includes(whole)) return true;
  if (isLong(said) && whole.startsWith(said)) return true;
  const [name = ''] = title.split(':');
  return name !== title && wordsOf(name) === said && /^\S+[\p{Lu}\d]\S*$/u.test(name);
}

/** With a space at both ends, so that only whole words match. */
function wordsOf(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return ` ${(words ?? []).join(' ')} `;
}
