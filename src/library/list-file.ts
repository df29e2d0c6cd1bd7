/** Writes a list of saved papers to a file. */
import type { CardFile } from '../chat/card.ts';
import type { PaperRecord } from '../papers/paper.ts';
import type { FileFormat, Library, ListQuery, Person, SavedPaper } from './library.ts';

export interface ListFile {
  readonly file: CardFile;
  readonly papers: number;
}

export type ListRequested = Pick<ListQuery, 'scope' | 'filter' | 'text'> & { readonly format: FileFormat };

export const FILE_TYPES: Readonly<
  Record<FileFormat, { readonly ending: string; readonly mediaType: string }>
> = {
  bibtex: { ending: 'bib', mediaType: 'application/x-bibtex' },
  ris: { ending: 'ris', mediaType: 'application/x-research-info-systems' },
  'csl-json': { ending: 'json', mediaType: 'application/vnd.citationstyles.csl+json' },
  markdown: { ending: 'md', mediaType: 'text/markdown' },
  csv: { ending: 'csv', mediaType: 'text/csv' },
};

export interface ListFiles {
  toFile(person: Person, asked: ListRequested): Promise<ListFile>;
}

export function openListFiles(library: Pick<Library, 'list'>): ListFiles {
  return { toFile: (person, asked) => toListFile(library, person, asked) };
}

/** Papers read at a time, so that neither thread is busy for long. */
const SLICE = 500;

export async function toListFile(
  library: Pick<Library, 'list'>,
  person: Person,
  { format, ...query }: ListRequested,
): Promise<ListFile> {
  const parts: string[] = [];
  const slices = everySaved(library, person, query);
  // Its libraries take a while to load, and most starts export nothing.
  const { exportPapers } = await import('../export/export-papers.ts');
  const papers = await exportPapers({ slices, format, write: (text) => void parts.push(text) });
  const { ending, mediaType } = FILE_TYPES[format];
  const name = [query.scope === 'mine' ? 'my-papers' : 'team-papers', query.filter.tag]
    .filter(Boolean)
    .join('-');
  return { papers, file: { name: `${fileName(name)}.${ending}`, mediaType, content: parts.join('') } };
}

/** Oldest first, so that a paper that is saved meanwhile is at the end. */
async function* everySaved(
  library: Pick<Library, 'list'>,
  person: Person,
  query: Omit<ListRequested, 'format'>,
): AsyncGenerator<readonly PaperRecord[]> {
  const seen = new Set<string>();
  for (let offset = 0; ; offset += SLICE) {
    const { papers } = await library.list(person, { ...query, sort: 'oldest', limit: SLICE, offset });
    yield papers.filter(({ paper }) => !seen.has(paper.id)).map((saved) => toRecord(saved, query.scope));
    for (const { paper } of papers) seen.add(paper.id);
    if (papers.length < SLICE) return;
  }
}

/** With the tags, and in one's own list the note, for the formats that have a field for them. */
function toRecord({ paper, tags, note }: SavedPaper, scope: ListQuery['scope']) {
  return { ...paper, tags, ...(scope === 'mine' && note !== undefined && { note }) };
}

function fileName(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '-');
}
