/** Converts papers to Zotero's items, as its own translator for arXiv writes them, and items to papers. */
import { compact } from '../base/compact.ts';
import { readDate } from '../import/fields/dates.ts';
import type { Paper, PaperRecord } from '../papers/paper.ts';
import { OTHERS, toCslName } from '../text/author-name.ts';
import { familyOf, type NameParts, toCredits } from '../text/authors.ts';
import { cleanText } from '../text/clean.ts';
import { type ArxivId, absUrl, findPaperReferences, isGeneratedId, parseArxivId } from '../text/ids.ts';
import { readable } from '../text/readable.ts';
import type { ZoteroItem } from './item.ts';

/** DOIs that arXiv itself assigns to preprints. */
const ARXIV_DOI = /^10\.48550\/arxiv\./i;
/** Zotero refuses longer fields. */
const LONGEST_FIELD = 65_535;
/** Items that belong to other items, or to none. */
const NO_PAPERS: ReadonlySet<string> = new Set(['attachment', 'note', 'annotation']);

interface ZoteroCreator {
  readonly creatorType: 'author';
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

/** The fields of a new item, without its key, tags and collections. */
export function toItemFields(paper: Paper): Readonly<Record<string, unknown>> {
  const arxivId = isGeneratedId(paper.id) ? undefined : paper.id;
  const ownDoi = paper.doi !== undefined && !ARXIV_DOI.test(paper.doi) ? paper.doi : undefined;
  const shared = compact({
    title: fitted(readable(paper.title)),
    creators: paper.authors.filter((name) => name !== OTHERS).map((name) => toCreator(paper, name)),
    abstractNote: fitted(readable(paper.abstract)),
    date: paper.published?.slice(0, 10),
    url: arxivId === undefined ? (paper.projectUrl ?? paper.codeUrl) : absUrl(arxivId),
    extra: arxivId === undefined ? undefined : extraOf(arxivId, paper),
    libraryCatalog: arxivId === undefined ? undefined : 'arXiv.org',
  });
  if (paper.venue !== undefined)
    return {
      itemType: 'conferencePaper',
      ...shared,
      proceedingsTitle: fitted(readable(paper.venue)),
      ...compact({ DOI: ownDoi }),
    };
  if (ownDoi !== undefined)
    return {
      itemType: 'journalArticle',
      ...shared,
      DOI: ownDoi,
      ...compact({ publicationTitle: paper.journalRef && fitted(readable(paper.journalRef)) }),
    };
  if (arxivId === undefined) return { itemType: 'preprint', ...shared };
  return {
    itemType: 'preprint',
    ...shared,
    repository: 'arXiv',
    archiveID: `arXiv:${arxivId}`,
    DOI: `10.48550/arXiv.${arxivId}`,
  };
}

/** `undefined` for notes, files, and items without a title. */
export function fromItem(item: ZoteroItem): PaperRecord | undefined {
  const title = cleanText(item.title ?? '');
  if (NO_PAPERS.has(item.itemType) || title === '') return undefined;
  const doi = item.DOI?.trim() || undefined;
  const names = item.creators
    .filter(({ creatorType = 'author' }) => creatorType === 'author')
    .map(({ name, firstName = '', lastName = '' }): string | NameParts =>
      name === undefined ? { given: firstName, family: lastName } : name,
    );
  const venue = cleanText(item.proceedingsTitle || item.conferenceName || '');
  return {
    title,
    abstract: cleanText(item.abstractNote ?? ''),
    ...compact({
      id: arxivIdOf(item)?.id,
      doi: doi !== undefined && !ARXIV_DOI.test(doi) ? doi : undefined,
      venue: venue === '' ? undefined : venue,
      published: readDate(item.date),
    }),
    ...toCredits(names),
  };
}

/**
 * In the order of trust. The first line of `extra` is where the translator for arXiv writes the id of a
 * published paper; old items have it in place of a journal.
 */
export function arxivIdOf(item: ZoteroItem): ArxivId | undefined {
  const extra = item.extra?.split('\n').find((line) => /^\s*arxiv\s*:/i.test(line));
  const bare = item.archiveID && parseArxivId(item.archiveID);
  if (bare) return bare;
  for (const text of [item.archiveID, item.DOI, item.url, extra, item.publicationTitle]) {
    const [only, ...others] = text ? findPaperReferences(text) : [];
    if (only && others.length === 0) return only;
  }
  return undefined;
}

/** `arXiv:2406.01574 [cs.CL]`; ids with an archive have no category behind them. */
function extraOf(id: string, { categories, version }: Paper): string {
  const category = id.includes('/') ? undefined : categories[0];
  const first = `arXiv:${id}${category === undefined ? '' : ` [${category}]`}`;
  return version === undefined || version === 1 ? first : `${first}\nversion: ${version}`;
}

function toCreator(paper: Paper, author: string): ZoteroCreator {
  const name = toCslName(author, familyOf(paper, author));
  if (name.literal !== undefined || name.family === undefined)
    return { creatorType: 'author', name: name.literal ?? author };
  const particle = name['non-dropping-particle'];
  return {
    creatorType: 'author',
    firstName: name.given ?? '',
    lastName: [particle, name.family, name.suffix].filter((part) => part !== undefined).join(' '),
  };
}

function fitted(text: string): string {
  return text.length <= LONGEST_FIELD ? text : text.slice(0, LONGEST_FIELD);
}
