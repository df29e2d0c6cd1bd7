import { describe, expect, it } from 'vitest';
import { commandsFor } from '../../src/command/define.ts';
import { formatLine } from '../../src/command/line.ts';
import { parseLine } from '../../src/command/parse.ts';

const follow = commandsFor<object>()({
  root: 'papers',
  name: 'follow',
  description: 'Follow.',
  visibility: 'public',
  options: {
    include: { type: 'string', description: 'Only these', list: true },
    exclude: { type: 'string', description: 'None of these', list: true },
    count: { type: 'integer', description: 'How many' },
  },
  rest: 'include',
  examples: ['/papers follow'],
  run: async () => ({ tone: 'plain', blocks: [] }),
});
const read = (text: string) => parseLine([follow], `/papers follow ${text}`).values;

describe('a typed list', () => {
  it.each([
    ['exclude:a,b count:3', { exclude: 'a,b', count: '3' }],
    ['exclude:a, b c', { exclude: 'a, b', include: 'c' }],
    ['exclude:a ,b', { exclude: 'a ,b' }],
    ['exclude:a,"b c" count:3', { exclude: 'a,"b c"', count: '3' }],
    ['exclude:"b c",a', { exclude: '"b c" ,a' }],
    ['exclude:“b c”, “d e” count:3', { exclude: '“b c” , “d e”', count: '3' }],
    ['exclude:a, count:3', { exclude: 'a,', count: '3' }],
    ['exclude:"x count:3 y"', { exclude: '"x count:3 y"' }],
    ['exclude:a, author:b', { exclude: 'a, author:b' }],
    ['"b c" a exclude:d', { include: '"b c" a', exclude: 'd' }],
    ['include:"b c" a', { include: '"b c" a' }],
  ])('%s is parsed as a whole list', (text, values) => expect(read(text)).toEqual(values));

  it('a list with an unclosed quote is refused', () => {
    expect(() => read('exclude:a,"b c')).toThrow('The quote after exclude: is not closed');
  });

  it('a list in a formatted line parses back', () => {
    for (const exclude of ['"b c", a', 'a, b', 'plain']) {
      const line = formatLine({ root: 'papers', name: 'follow', args: { exclude } });
      const back = parseLine([follow], line).values['exclude'];
      // A list without quotes of its own may come back in the quotes that held it together.
      expect([exclude, `"${exclude}"`]).toContain(back);
    }
  });
});
