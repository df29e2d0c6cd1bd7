/** The Markdown reader sees every form. The tests of hostile text depend on it. */
import { describe, expect, it } from 'vitest';
import { summary } from '../../visible-text.ts';
import { readMarkdown } from '../people/markdown.ts';

const read = (source: string) => summary(readMarkdown(source));

describe('readMarkdown', () => {
  it.each([
    ['**a**', 'bold a'],
    ['*a*', 'italic a'],
    ['_a_', 'italic a'],
    ['__a__', 'underline a'],
    ['~~a~~', 'strike a'],
    ['||a||', 'spoiler a'],
    ['`a`', 'code a'],
    ['``a`b``', 'code a`b'],
    ['```js\na```', 'code block a'],
    ['# a', 'heading a'],
    ['x\n### a', 'heading a'],
    ['-# a', 'subtext a'],
    ['> a\n> b', 'quote a\nb'],
    ['>>> a\nb', 'quote a\nb'],
    ['- a', 'list a'],
    ['  * a', 'list a'],
    ['12. a', 'list a'],
  ])('sees the mark in %j', (source, mark) => {
    expect(read(source).marks).toEqual([mark]);
  });

  it('sees marks inside marks, and blocks that open inside emphasis', () => {
    expect(read('***a** b*').marks).toEqual(['italic a b', 'bold a']);
    expect(read('**# a**').marks).toEqual(['bold a\n', 'heading a']);
  });

  it.each([
    ['https://x.org/a_b.', 'https://x.org/a_b'],
    ['ahttp://x.org', 'http://x.org'],
    ['steam://run', 'steam://run'],
    ['<https://x.org/>', 'https://x.org/'],
    ['<ada@x.org>', 'ada@x.org'],
    ['<+15551234567>', '+15551234567'],
    ['[a](https://x.org)', 'https://x.org'],
    ['[a](<https://x.org> "title")', 'https://x.org'],
    ['[a]](https://x.org)', 'https://x.org'],
    ['[**a**](https://x.org/\\_)', 'https://x.org/_'],
  ])('sees the link in %j', (source, url) => {
    expect(read(source).links).toEqual([url]);
  });

  it.each([
    '<@1>',
    '<@!1>',
    '<@&1>',
    '<#1>',
    '@everyone',
    '@here',
    '</papers search:1>',
    '<t:1>',
    '<t:1:R>',
    '<:a:1>',
    '<a:b:1>',
    '<id:customize>',
    '<1:guide>',
    ':smile:',
    ':wave::skin-tone-2:',
    'discord.gg/x',
    'DISCORD.com/invite/x',
  ])('sees the mention in %j', (source) => {
    expect(read(`a ${source} b`).mentions).toEqual([source]);
  });

  it('shows escaped characters, and the backslashes of all others', () => {
    const escaped = String.raw`\*a\* \<@1> https\://x.org \@here \\ \[a\]\(b) \> c:\: ¯\_(ツ)_/¯ \a`;
    expect(read(escaped)).toEqual({
      text: String.raw`*a* <@1> https://x.org @here \ [a](b) > c:\: ¯\_(ツ)_/¯ \a`,
      links: [],
      mentions: [],
      marks: [],
    });
  });

  it('reads no escape in the text of a link, and no link if its text contains an address', () => {
    expect(read('[a\\*](https://x.org)').text).toBe('a\\*');
    expect(read('[https://y.org](https://x.org)')).toMatchObject({
      links: [],
      text: '[https://y.org](https://x.org)',
    });
    expect(read('[<@1>](https://x.org)')).toMatchObject({ links: [], mentions: [] });
  });

  it('lets the text of a link extend over a later bracket, and finds an address in it', () => {
    const source = '[a](https://x.org) b\\](https\\://y.org)';
    expect(read(source)).toEqual({ text: source, links: [], mentions: [], marks: [] });
  });

  it('reads no links and no blocks in a title', () => {
    const seen = summary(readMarkdown('# [a](https://x.org) **b** https://x.org', 'title'));
    expect(seen).toMatchObject({ links: [], marks: ['bold b'] });
  });
});
