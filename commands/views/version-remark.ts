/** Notes that a card shows another version of a paper than the requested one. */
import type { Card, Entry, RichText } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { absUrl } from '../../src/text/ids.ts';

/** @returns `undefined` if no version was requested, or the stored version is unknown */
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

/** Puts the remark under the title of the card's first paper. */
export function remarked(card: Card, remark: RichText | undefined): Card {
  const first = card.blocks.find((block) => block.kind === 'entry');
  const blocks = card.blocks.map((block) =>
    block.kind === 'entry' && block === first ? withRemark(block, remark) : block,
  );
  if (first || remark === undefined) return { ...card, blocks };
  return { ...card, blocks: [{ kind: 'text', text: remark }, ...blocks] };
}
