/** Finds the paper of a link without an arXiv ID: by its DOI, or by the words of a title in its address. */
import type { Paper } from '../../../src/papers/paper.ts';
import { titleLetters } from '../../../src/text/ids.ts';
import type { Services } from '../../services.ts';

/** A link to anything but a paper that can be told by its id. */
const LINK =
  /^<?(?:https?:\/\/|www\.)\S+$|^[\w-]+(?:\.[\w-]+){0,4}\.(?:org|com|net|io|ai|co|edu|dev|info|press|cc|science)\/\S*$/i;
const HOST = /^<?(?:https?:\/\/)?(?:www\.)?([\w.-]{1,100})/i;
/** Sites whose pages are about one paper each. Links to others, such as GitHub, are words of abstracts. */
const PAPER_SITES =
  /(?:^|\.)(?:openreview\.net|paperswithcode\.com|semanticscholar\.org|doi\.org|acm\.org|ieee\.org|sciencedirect\.com|springer\.com|nature\.com|science\.org|wiley\.com|mdpi\.com|frontiersin\.org|plos\.org|pnas\.org|aclanthology\.org|aclweb\.org|biorxiv\.org|medrxiv\.org|chemrxiv\.org|ssrn\.com|osf\.io|techrxiv\.org|mlr\.press|jmlr\.org|neurips\.cc|nips\.cc|iclr\.cc|icml\.cc|thecvf\.com|ecva\.net|isca-speech\.org|aaai\.org|ijcai\.org|usenix\.org|dblp\.org|inspirehep\.net|harvard\.edu|hal\.science|zenodo\.org|researchgate\.net|academia\.edu|scholar\.google\.[a-z.]{2,6}|ncbi\.nlm\.nih\.gov|connectedpapers\.com|scholar\.archive\.org)$/i;
const DOI =
  /^(?:doi:\s?|<?(?:https?:\/\/)?(?:[\w.-]{1,60}\/){1,5})?(10\.\d{4,9}\/[^\s?#<>]+[^\s?#<>.,;)])[.,;)>]*$/i;
/** Fewer words in a link are the name of a section of the site. */
const FEWEST_WORDS = 3;
/** Papers whose titles are compared with the words. */
const COMPARED = 10;

export function isLink(text: string): boolean {
  return LINK.test(text);
}

/** @returns `undefined` if no stored paper has that DOI, or a title that begins with the words of the link */
export async function findByLink(
  { papers, search }: Pick<Services, 'papers' | 'search'>,
  text: string,
): Promise<Paper | undefined> {
  const doi = DOI.exec(text)?.[1];
  const known = doi === undefined ? undefined : await papers.findByDoi(doi);
  if (known) return known;
  const words = wordsInLink(text);
  if (words === '') return undefined;
  const [titled, ...doubles] = await papers.findByTitle(words);
  if (titled && doubles.length === 0) return titled;
  const filter = {};
  const page = await search.search({ text: words, filter, sort: 'relevance', limit: COMPARED, offset: 0 });
  // Some sites cut addresses: `bert-pre-training-of-deep-bidirectional`.
  const called = page.hits.filter(({ paper }) => titleLetters(paper.title).startsWith(titleLetters(words)));
  return called.length === 1 ? called[0]?.paper : undefined;
}

/** `attention is all you need` for `…/paper/attention-is-all-you-need.html`; `''` for anything else. */
export function wordsInLink(link: string): string {
  if (!isLink(link)) return '';
  const parts = link
    .replace(/[?#].*$/, '')
    .split('/')
    .map(wordsOf);
  const titled = parts.findLast(
    (words) => words.filter((word) => /^\p{L}+$/u.test(word)).length >= FEWEST_WORDS,
  );
  return (titled ?? []).join(' ');
}

function wordsOf(part: string): string[] {
  return part
    .replace(/\.[a-z]{2,4}>?$/i, '')
    .split(/[-_+]|%20/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** The site of a page that is about one paper; `undefined` for other links. */
export function paperSiteOf(link: string): string | undefined {
  const host = isLink(link) ? (HOST.exec(link)?.[1] ?? '') : '';
  return PAPER_SITES.test(host) ? host : undefined;
}
