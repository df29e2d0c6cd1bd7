/** Says that another version of a paper is shown than the one that was asked for. */
import type { Card, Entry, RichText } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { absUrl } from '../../src/text/ids.ts';

/** @returns `undefined` where no version was asked for, or nobody knows which one is here */
export function versionRemark({ id, version }: Paper, asked: number | undefined): RichText | undefined {
  if (asked === undefined || version === undefined || asked === version) return undefined;
  const words = `You asked for v${asked}; this is v${version}.`;
  const url = absUrl(id);
  return url === undefined
    ? [words]
    : [`${words} `, { kind: 'link', text: `v${asked} on arXiv`, url: `${url}v${asked}` }];
}

export function withRemark(entry: Entry, remark: RichText | undefined): Entry {
  return remark === undefined ? entry : { ...entry, meta: [...entry.meta, remark] };
}

/** The remark stands under the title of the card's first paper. */
export function remarked(card: Card, remark: RichText | undefined): Card {
  const first = card.blocks.find((block) => block.kind === 'entry');
  const blocks = card.blocks.map((block) =>
    block.kind === 'entry' && block === first ? withRemark(block, remark) : block,
  );
  if (first || remark === undefined) return { ...card, blocks };
  return { ...card, blocks: [{ kind: 'text', text: remark }, ...blocks] };
}
