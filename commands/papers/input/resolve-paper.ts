/** Finds the paper that an id, a link or words refer to. */
import type { Card, RichText } from '../../../src/chat/card.ts';
import { formatLine } from '../../../src/command/line.ts';
import { numberMeant, numbersMeant } from '../../../src/command/reading/paper-words.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import type { SearchFilter } from '../../../src/search/search.ts';
import { isGeneratedId, parsePaperReference, titleKey } from '../../../src/text/ids.ts';
import type { Services } from '../../services.ts';
import { emptyStore, missedPaper, noMatch, notHere, problem } from '../../views/empty-results.ts';
import { quoteInput, unquoted } from '../../views/quote.ts';
import { remarked, versionRemark } from '../../views/version-remark.ts';
import { findByLink, isLink, paperSiteOf, wordsInLink } from './paper-link.ts';

/** Papers offered when words match several. */
const CANDIDATES = 4;

/** Means the paper of a message where there is none. */
const PRONOUN = /^(?:(?:this|that|it|the) ?)?(?:one|paper|article|preprint)$|^(?:this|that|it)$/iu;
const WHICH =
  'Which paper? Name it by its number in the last list, its arXiv ID, a link, or words from its title.';

/** True for numbers of a list, where there is none. */
function isNumber(text: string): boolean {
  return numberMeant(text) !== undefined || numbersMeant(text) !== undefined;
}

/** Limits the lookup to a part of the store. */
interface SearchScope {
  readonly filter: SearchFilter;
  /** For the sentence that says that nothing matches: `No paper on your list matches …`. */
  readonly name: string;
}

type Resolved =
  /**
   * Identified by id, link, exact title or coined name, or the only paper that matches. The remark says that
   * another version was asked for.
   */
  | { readonly kind: 'named'; readonly paper: Paper; readonly remark?: RichText }
  /** The best guess first. */
  | { readonly kind: 'guessed'; readonly paper: Paper; readonly others: readonly Paper[] }
  /** The card says why no paper was found, and what to do next. */
  | { readonly kind: 'nothing'; readonly card: Card };

/**
 * @param text as typed: an arXiv id or link in any form, a title, or words to search for
 * @param signal aborts the request to a source for an id that is not in the store
 * @param scope limits the lookup; no source is asked then
 * @throws UserError for text that looks like an arXiv id but cannot be one
 */
export async function resolvePaper(
  services: Services,
  text: string,
  signal: AbortSignal,
  scope?: SearchScope,
): Promise<Resolved> {
  const { papers, search } = services;
  const bare = unquoted(text);
  const reference = parsePaperReference(bare);
  if (reference && !scope) {
    return toResolved(await findByReference(services, reference.id, signal), reference.version);
  }
  const id = reference?.id ?? (isGeneratedId(bare) ? bare : undefined);
  if (id !== undefined) return toResolved((await papers.find(id)) ?? notHere(id));
  const [titled, ...doubles] = await papers.findByTitle(bare);
  if (titled && doubles.length === 0) return { kind: 'named', paper: titled };
  if (titled) return { kind: 'guessed', paper: titled, others: doubles };
  if (PRONOUN.test(bare) || isNumber(bare)) return { kind: 'nothing', card: problem([WHICH]) };

  const linked = scope ? undefined : await findByLink(services, bare);
  if (linked) return { kind: 'named', paper: linked };
  const words = isLink(bare) ? wordsInLink(bare) : text;
  if (words === '') return { kind: 'nothing', card: noPaperAt(text) };
  const page = await search.search({
    text: words,
    filter: scope?.filter ?? {},
    sort: 'relevance',
    limit: CANDIDATES,
    offset: 0,
  });
  const [best, ...others] = page.hits.map((hit) => hit.paper);
  if (best && (others.length === 0 || isCalled(best, bare))) return { kind: 'named', paper: best };
  if (best) return { kind: 'guessed', paper: best, others };
  if (await isEmpty(papers)) return { kind: 'nothing', card: emptyStore() };
  const card = noMatch(
    `No paper${scope ? ` ${scope.name}` : ''} matches ${quoteInput(text)}.`,
    page.correction,
    'Try other words from its title, or its arXiv ID.',
    (query) => formatLine({ root: 'papers', name: 'search', args: { query } }),
  );
  return { kind: 'nothing', card };
}

/** Says what to do with a link that names no stored paper. */
export function noPaperAt(link: string): Card {
  const site = paperSiteOf(link);
  const what =
    site === undefined
      ? `No paper matches ${quoteInput(link)}.`
      : `Links to ${site} do not say which paper they are about.`;
  return problem([`${what} Try words from its title, or its arXiv ID.`]);
}

/** The paper with an arXiv id, from the store or else from a source; otherwise a card that says why not. */
export async function findByReference(
  { papers, lookup }: Services,
  id: string,
  signal: AbortSignal,
): Promise<Paper | Card> {
  const paper = (await papers.find(id)) ?? (await lookup.find(id, signal));
  return typeof paper === 'string' ? missedPaper(id, paper) : paper;
}

/** A coined name: one word with a capital or a digit inside, such as TaskExpert, MMLU-Pro or M2TRec. */
const COINED = /^\S+[\p{Lu}\d]\S*$/u;

/** “MMLU-Pro” for “MMLU-Pro: A More Robust …”. */
function isCalled({ title }: Paper, words: string): boolean {
  const [name = ''] = title.split(':');
  return name !== title && COINED.test(name) && titleKey(name) === titleKey(words);
}

export function isPaper(found: Paper | Card): found is Paper {
  return 'abstract' in found;
}

function toResolved(found: Paper | Card, version?: number): Resolved {
  if (!isPaper(found)) return { kind: 'nothing', card: found };
  const remark = versionRemark(found, version);
  return { kind: 'named', paper: found, ...(remark && { remark }) };
}

/** The card of a resolved paper, with remarks on its name. */
export function answered(found: Exclude<Resolved, { kind: 'nothing' }>, card: Card): Card {
  return found.kind === 'named' ? remarked(card, found.remark) : card;
}

/** Reads the first paper, because counting all of them is slow in a large store. */
export async function isEmpty(papers: Services['papers']): Promise<boolean> {
  const { records } = await papers.exportSlice(0, 1);
  return records.length === 0;
}
