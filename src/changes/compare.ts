/** Compares two states of a paper. Pure. */
import { saysWithdrawn } from '../papers/withdrawal.ts';
import { readable } from '../text/readable.ts';
import { splitSentences } from '../text/sentences/sentences.ts';
import { compareAuthors } from './author-change.ts';
import type { PaperChange, PaperState } from './changes.ts';
import { compareTexts, isCut, plain } from './text-change.ts';

/** A notice by arXiv's administrators instead of the authors. */
const BY_ARXIV = /\b(?:by|from) (?:the )?arxiv\b|\barxiv admin/i;

/**
 * Returns each difference. A fact that the new state lacks is not a change, because sources leave facts out.
 */
export function comparePapers(from: PaperState, to: PaperState): PaperChange[] {
  const isNewer = to.version !== undefined && to.version > (from.version ?? 0);
  return [
    ...(isNewer && to.version !== undefined ? [versionChange(from.version, to.version)] : []),
    ...withdrawalChange(from, to),
    ...titleChange(from, to),
    ...abstractChange(from, to),
    ...authorChange(from, to),
    ...publication(from, to),
    ...factChanges(from, to),
  ];
}

function versionChange(from: number | undefined, to: number): PaperChange {
  return { kind: 'version', to, ...(from !== undefined && { from }) };
}

function withdrawalChange(from: PaperState, to: PaperState): PaperChange[] {
  const [was, is] = [from.withdrawn === true, to.withdrawn === true];
  if (was && !is) return [{ kind: 'reinstated' }];
  if (was || !is) return [];
  const notice = noticeOf(to, from);
  const by = notice !== undefined && BY_ARXIV.test(notice) ? 'arxiv' : 'authors';
  return [{ kind: 'withdrawn', by, ...(notice !== undefined && { reason: notice }) }];
}

/** The text that says why. */
function noticeOf({ title, abstract, comment = '' }: PaperState, from: PaperState): string | undefined {
  if (comment !== '' && saysWithdrawn({ title: '', abstract: '', comment })) return fromNotice(comment);
  if (abstract !== from.abstract && saysWithdrawn({ title: '', abstract })) return fromNotice(abstract);
  return saysWithdrawn({ title, abstract: '' }) && comment !== '' && comment !== from.comment
    ? readable(comment)
    : undefined;
}

/** The text without the sentences before the notice, such as the number of pages. */
function fromNotice(text: string): string {
  const sentences = splitSentences(readable(text));
  const at = sentences.findIndex((comment) => saysWithdrawn({ title: '', abstract: '', comment }));
  return sentences.slice(Math.max(0, at)).join(' ');
}

function titleChange(from: PaperState, to: PaperState): PaperChange[] {
  const change = compareTexts(from.title, to.title);
  return change ? [{ kind: 'title', title: readable(to.title), extent: change.extent }] : [];
}

function abstractChange(from: PaperState, to: PaperState): PaperChange[] {
  if (isCut(from.abstract, to.abstract)) return [];
  const change = compareTexts(from.abstract, to.abstract);
  return change ? [{ kind: 'abstract', ...change }] : [];
}

function authorChange(from: PaperState, to: PaperState): PaperChange[] {
  const change = compareAuthors(from.authors, to.authors);
  return change ? [{ kind: 'authors', ...change }] : [];
}

function publication(from: PaperState, to: PaperState): PaperChange[] {
  const [venue, before] = [to.journalRef ?? to.venue, from.journalRef ?? from.venue];
  return [
    ...(to.doi !== undefined && !isSame(from.doi, to.doi)
      ? [{ kind: 'doi', doi: to.doi, ...(from.doi !== undefined && { before: from.doi }) } as const]
      : []),
    ...(venue !== undefined && !isSameVenue(before, venue)
      ? [{ kind: 'venue', venue: readable(venue), ...(before !== undefined && { before }) } as const]
      : []),
  ];
}

function factChanges(from: PaperState, to: PaperState): PaperChange[] {
  const { comment, licence, codeUrl } = to;
  const [added, removed] = [missing(to.categories, from.categories), missing(from.categories, to.categories)];
  const isKnown = from.categories.length > 0 && to.categories.length > 0;
  return [
    ...(codeUrl !== undefined && !isSameAddress(from.codeUrl, codeUrl)
      ? [{ kind: 'code', url: codeUrl, ...(from.codeUrl !== undefined && { before: from.codeUrl }) } as const]
      : []),
    ...(comment !== undefined && !isSame(from.comment, comment)
      ? [{ kind: 'comment', comment: readable(comment) } as const]
      : []),
    ...(isKnown && added.length + removed.length > 0
      ? [{ kind: 'categories', added, removed } as const]
      : []),
    ...(licence !== undefined && from.licence !== undefined && !isSameAddress(from.licence, licence)
      ? [{ kind: 'licence', licence } as const]
      : []),
  ];
}

function missing(these: readonly string[], among: readonly string[]): string[] {
  return these.filter((each) => !among.includes(each));
}

function isSame(one: string | undefined, other: string): boolean {
  return one !== undefined && plain(readable(one)).toLowerCase() === plain(readable(other)).toLowerCase();
}

/** True if the new text names no other venue: “Phys. Rev. D 1; Phys.Rev.D 1” repeats one. */
function isSameVenue(one: string | undefined, other: string): boolean {
  const venuesIn = (text: string) =>
    readable(text)
      .split(';')
      .map((venue) => venue.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''))
      .filter((venue) => venue !== '');
  return one !== undefined && venuesIn(other).every((venue) => venuesIn(one).includes(venue));
}

function isSameAddress(one: string | undefined, other: string): boolean {
  return one !== undefined && addressOf(one) === addressOf(other);
}

function addressOf(url: string): string {
  return url
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/(?:\.git)?\/*$/, '');
}
