import { expect, it } from 'vitest';
import { withoutMarks } from '../people/shown.ts';

it.each([
  ['**bold** and *italic* and __under__ and ~~gone~~', 'bold and italic and under and gone'],
  ['***both***', 'both'],
  ['[a paper](https://arxiv.org/abs/1)', 'a paper'],
  ['[a paper](<https://arxiv.org/abs/1>)', 'a paper'],
  ['\\*not italic\\*', '*not italic*'],
  ['\\[no\\](https://x.org)', '[no](https://x.org)'],
  ['`**code**` and `a`', '**code** and a'],
  ['snake_case_name stays', 'snake_case_name stays'],
  ['_italic_', 'italic'],
  ['## Heading\n> quote\n-# small', 'Heading\nquote\nsmall'],
  ['2 * 3 * 4', '2 * 3 * 4'],
  ['<https://arxiv.org>', 'https://arxiv.org'],
])('the fake Discord shows %s as %s', (text, shown) => {
  expect(withoutMarks(text)).toBe(shown);
});
