import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import { fullName } from '../../../../src/command/catalogue.ts';
import { parseLine } from '../../../../src/command/parse.ts';
import { toTyped } from '../../../../src/platforms/slack/connection/typed-text.ts';
import { lineOfMention, toLine } from '../../../../src/platforms/slack/interactions/slash-text.ts';

function read(text: string, root: 'papers' | 'paperfeed' = 'papers') {
  const { command, values } = parseLine(catalogue, toLine(root, text));
  return [fullName(command), values];
}

describe('the text of a slash command in Slack', () => {
  it.each([
    ['search diffusion', { query: 'diffusion' }],
    ['  SEARCH   diffusion limit:3 ', { query: 'diffusion', limit: '3' }],
    ['search limit: 3 diffusion —sort:newest', { query: 'diffusion', limit: '3', sort: 'newest' }],
    ['search --limit=3 –sort=newest diffusion', { query: 'diffusion', limit: '3', sort: 'newest' }],
    ['search author:“Jane Doe” ‘agents’', { query: '‘agents’', author: 'Jane Doe' }],
    ['search “world models” since:2026', { query: '“world models”', since: '2026' }],
    ['search A &amp; B &lt; C', { query: 'A & B < C' }],
    ['search &amp;lt;', { query: '&lt;' }],
    ['search by <@U123|ada> in <#C1|general>', { query: 'by @ada in #general' }],
    ['search <https://arxiv.org/abs/2406.01574>', { query: 'https://arxiv.org/abs/2406.01574' }],
    [
      'search <https://arxiv.org/abs/2406.01574|arxiv.org/abs/2406.01574>',
      { query: 'arxiv.org/abs/2406.01574' },
    ],
    ['search\u00A0diffusion\u00A0limit:3', { query: 'diffusion', limit: '3' }],
    ['/papers search agents', { query: 'agents' }],
    ['search learning=3 x', { query: 'learning=3 x' }],
  ])('is read: %j', (text, values) => {
    expect(read(text)).toEqual(['/papers search', values]);
  });

  it('shows the help if it is empty, and keeps lists whole', () => {
    expect(read('')).toEqual(['/papers help', {}]);
    expect(read('follow “world models”, cs.RO min_votes:10 exclude: survey', 'paperfeed')).toEqual([
      '/paperfeed follow',
      { include: '“world models” , cs.RO', min_votes: '10', exclude: ' survey' },
    ]);
  });

  it('accepts a list after dashes too', () => {
    expect(read('follow --exclude=survey, “position paper” --count=3', 'paperfeed')[1]).toEqual({
      exclude: 'survey, “position paper”',
      count: '3',
    });
  });

  it('is refused with the part that cannot be read', () => {
    expect(() => read('svae x')).toThrow('Did you mean /papers save?');
    expect(() => read('save x papr:3')).toThrow('Did you mean paper:3?');
  });
});

describe('a mention of the bot in Slack', () => {
  it('is read without the bot’s name', () => {
    expect(lineOfMention('<@U0BOT> search agents', 'U0BOT')).toBe('search agents');
    expect(lineOfMention('hey <@U0BOT|paperboy>, &gt; 3', 'U0BOT')).toBe('hey , > 3');
  });

  it('keeps groups, dates and email addresses as people see them', () => {
    expect(
      toTyped('<!here> <!subteam^S1|@reviewers> <!date^1|May 29> <mailto:a@x.org|a@x.org> <mailto:b@x.org>'),
    ).toBe('@here @reviewers May 29 a@x.org b@x.org');
    expect(toTyped('<https://arxiv.org/abs/1|this paper>')).toBe('https://arxiv.org/abs/1');
  });
});
