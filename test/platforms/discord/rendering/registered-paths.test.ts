import { expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import type { Card } from '../../../../src/chat/card.ts';
import { renameCommands } from '../../../../src/platforms/discord/rendering/registered-paths.ts';

const asRegistered = renameCommands(catalogue);

function renamed(text: string): unknown {
  const card: Card = { tone: 'plain', blocks: [{ kind: 'text', text: [{ kind: 'code', text }] }] };
  const [block] = asRegistered(card).blocks;
  return block?.kind === 'text' && block.text[0] !== undefined && typeof block.text[0] !== 'string'
    ? block.text[0].text
    : block;
}

it.each([
  ['/papers watches', '/papers watch list'],
  ['/papers watches watch:12 do:pause', '/papers watch list watch:12 do:pause'],
  ['/papers watch diffusion', '/papers watch add diffusion'],
  ['/papers connect zotero', '/papers zotero connect zotero'],
  ['/papers search watches', '/papers search watches'],
  ['/papers watchesx', '/papers watchesx'],
])('names %s as the menu has it: %s', (typed, shown) => {
  expect(renamed(typed)).toBe(shown);
});

it('names commands in sentences, fields and the footer, but not in a paper', () => {
  const paper = {
    kind: 'entry',
    paper: '2406.01574',
    title: 'On /papers watches',
    meta: [],
    body: [['We study /papers watches.']],
    actions: [],
  } as const;
  const card: Card = {
    tone: 'plain',
    blocks: [
      { kind: 'text', text: ['End one of them first: /papers watches'] },
      paper,
      { kind: 'fields', fields: [{ name: 'Next', value: ['/papers unwatch 1'] }] },
    ],
    footer: ['Or ', { kind: 'code', text: '/papers digest' }],
  };
  expect(asRegistered(card)).toEqual({
    ...card,
    blocks: [
      { kind: 'text', text: ['End one of them first: /papers watch list'] },
      paper,
      { kind: 'fields', fields: [{ name: 'Next', value: ['/papers watch end 1'] }] },
    ],
    footer: ['Or ', { kind: 'code', text: '/papers watch digest' }],
  });
});
