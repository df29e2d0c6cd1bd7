/**
 * Encodes the papers of a message in its block ids. Slack does not return the timestamp of some messages, but
 * reactions to them can still be resolved this way.
 */
import type { types } from '@slack/bolt';
import type { ShownPaper } from '../../../chat/refs.ts';
import { BLOCK_ID } from '../rendering/limits.ts';

const MARK = 'shows.';
const PAPER = /^(\d{1,4})=(\S+)$/;

/** Adds marks to the first blocks without an id. */
export function withMarks(
  blocks: readonly types.KnownBlock[],
  papers: readonly ShownPaper[],
): types.KnownBlock[] {
  const marks = toMarks(papers);
  return blocks.map((block) => {
    if (block.block_id !== undefined) return block;
    const mark = marks.shift();
    return mark === undefined ? block : { ...block, block_id: mark };
  });
}

/** @param blocks from Slack; the result is empty for messages of others */
export function readMarks(blocks: readonly { readonly block_id?: string | undefined }[]): ShownPaper[] {
  return blocks.flatMap(({ block_id: id }) =>
    id?.startsWith(MARK) ? id.slice(MARK.length).split(',').flatMap(readPaper) : [],
  );
}

function toMarks(papers: readonly ShownPaper[]): string[] {
  const marks: string[] = [];
  for (const { paper, number = 0 } of papers) {
    const written = `${number}=${paper}`;
    const last = marks.at(-1);
    const longer = last === undefined ? undefined : `${last},${written}`;
    if (longer !== undefined && longer.length <= BLOCK_ID) marks[marks.length - 1] = longer;
    else marks.push(`${MARK}${written}`);
  }
  return marks;
}

/** Number 0 means that the whole message is about this paper. */
function readPaper(written: string): ShownPaper[] {
  const [, number, paper] = PAPER.exec(written) ?? [];
  if (number === undefined || paper === undefined) return [];
  return [number === '0' ? { paper } : { paper, number: Number(number) }];
}
