import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { openDispatcher } from '../../../src/command/dispatch.ts';
import { completeLine } from '../../../src/platforms/terminal/completion.ts';
import { systemClock } from '../../../src/time/clock.ts';
import {
  sampleCaller as caller,
  sampleCatalogue as catalogue,
  sampleServices,
} from '../../command/sample-commands.ts';

const titles = ['Attention Is All You Need', 'Attention: a survey', 'A very long title that was cut sh…'];
const handlers = openDispatcher({
  catalogue,
  services: sampleServices,
  completions: {
    paper: async (_services, typed) =>
      titles
        .filter((title) => title.toLowerCase().startsWith(typed.toLowerCase()))
        .map((title, at) => ({ label: `${title}\u001B[2J`, value: `2406.0000${at}` })),
    papers: async () => [],
    tag: async () => [],
    'saved-paper': async () => [],
    category: async () => [{ label: 'cs.LG', value: 'cs.LG' }],
    zone: async () => [],
    feed: async () => [],
    watch: async () => [],
    author: async (_services, typed) =>
      'jane doe'.startsWith(typed.toLowerCase()) ? [{ label: 'Jane Doe', value: 'Jane Doe' }] : [],
  },
  clock: systemClock,
  log: silentLog,
});

const complete = (line: string) => completeLine(line, { catalogue, handlers, caller });

describe('the tab key', () => {
  it.each<[string, string[], string]>([
    ['/', ['/papers ', '/paperfeed '], '/'],
    ['/paperf', ['/paperfeed '], '/paperf'],
    ['/papers s', ['search ', 'show ', 'save ', 'slow '], 's'],
    ['/PAPERS SEA', ['search '], 'SEA'],
    ['/papers zzz', [], 'zzz'],
    ['se', ['search '], 'se'],
    ['ex', ['exit '], 'ex'],
    ['/papers search agents so', ['sort:'], 'so'],
    ['/papers search agents min', ['min_votes:'], 'min'],
    ['search x sort:', ['sort:relevance ', 'sort:newest ', 'sort:votes '], 'sort:'],
    ['search x sort:n', ['sort:newest '], 'sort:n'],
    ['search x SORT:N', ['sort:newest '], 'SORT:N'],
    ['search x since:ye', ['since:yesterday '], 'since:ye'],
    ['search x since:last', ['since:"last week" ', 'since:"last month" '], 'since:last'],
    ['search x author:ja', ['author:"Jane Doe" '], 'author:ja'],
    ['search x author:"jane d', ['author:"Jane Doe" '], 'author:"jane d'],
    ['search x category:', ['category:cs.LG '], 'category:'],
    ['search x limit:', [], 'limit:'],
    ['show attention', ['Attention Is All You Need', 'Attention: a survey'], 'attention'],
    ['/papers show attention is', ['Attention Is All You Need'], 'attention is'],
    // Completions with a shorter common beginning than the typed text would remove some of it.
    ['show a', [...titles.slice(0, 2), '2406.00002', ' '], 'a'],
    ['show s', [], 's'],
    ['show a very', ['2406.00000'], 'a very'],
    ['mixture of exp', [], 'mixture of exp'],
  ])('completes %s with %j, replacing %j', async (line, offered, replaced) => {
    expect(await complete(line)).toEqual([offered, replaced]);
  });

  it('offers only options that are not in the line yet', async () => {
    const [offered] = await complete('search x limit:3 ');
    expect(offered).toContain('page:');
    expect(offered).not.toContain('limit:');
    expect(offered).not.toContain('query:');
  });
});
