/** Runs a command on several papers that were named together: `save 2406.01574 and 2605.29801`. */
import type { Block, Card } from '../chat/card.ts';
import type { StringOption } from './define.ts';
import { withoutPaperFillers } from './reading/paper-words.ts';

export const JOINED = /\s*[,;&+]\s*|\s+and\s+|\s+/iu;
/** One word with a capital or a digit inside: MMLU-Pro. */
const COINED = /^(?=.*\p{L})\S+[\p{Lu}\d]\S*$/u;
/** Words around an ID that are no paper: `arXiv 2406.01574`, `2406.01574 on OpenReview`. */
const SITE =
  /^(?:arxiv|alphaxiv|biorxiv|medrxiv|chemrxiv|techrxiv|eprint|openreview|hugging ?face|hf|github|scirate|semanticscholar|pubmed|pmid|pmc|dblp|acl|neurips|nips|iclr|icml|cvpr|doi|ids?|urls?|links?|pdf|papers?|on|in|from|at)[:.]?$/iu;
/** The space in `2406.01574 v2`. */
const BEFORE_VERSION = /(?<=[./]\d{4,7})\s{1,3}(?=v\d{1,3}(?![\p{L}\p{N}.]))/giu;
/** More are a pasted list. */
const MOST = 10;

/** Characters of a text that names papers. */
const LONGEST = 1_000;

/** The papers in a text, if it names several by their ids, links or coined names. */
export function severalPapers({ isSurely }: StringOption, text: string | number | undefined): string[] {
  if (typeof text !== 'string' || text.length > LONGEST) return [];
  const names = [
    ...new Set(
      text
        .trim()
        .replace(BEFORE_VERSION, '')
        .split(JOINED)
        .filter((name) => name !== '' && !/^and$/i.test(name) && !SITE.test(name)),
    ),
  ];
  const isEach =
    names.length > 1 &&
    names.length <= MOST &&
    names.every((name) => isSurely?.(name) === true || COINED.test(name));
  return isEach ? names : [];
}

/** True for a text that is nothing but ids, links or coined names, such as `to 2406.01574 and MMLU-Pro`. */
export function namesPapers(option: StringOption, text: string): boolean {
  const name = withoutPaperFillers(text);
  const isSure = option.isSurely?.(name) === true || COINED.test(name);
  return isSure || severalPapers(option, name).length > 1;
}

/** Runs one after the other, so that the answers are in order. @returns one card with all of them */
export async function oneAfterTheOther(runs: ReadonlyArray<() => Promise<Card>>): Promise<Card> {
  const cards: Card[] = [];
  for (const run of runs) cards.push(await run());
  return joinCards(cards);
}

/** One card with the blocks of all; a problem if any of them is one. */
function joinCards(cards: readonly Card[]): Card {
  const blocks = cards.flatMap(({ title, blocks: own }, at): Block[] => [
    ...(at > 0 && title !== undefined ? [{ kind: 'divider' } as const] : []),
    ...(title === undefined ? [] : [{ kind: 'text', text: [{ kind: 'bold', text: title }] } as const]),
    ...own,
  ]);
  const tone = cards.some((card) => card.tone === 'problem') ? 'problem' : (cards[0]?.tone ?? 'plain');
  return { tone, blocks };
}
