import { describe, expect, it } from 'vitest';
import { parseLine } from '../../src/command/parse.ts';
import { validate } from '../../src/command/validate.ts';
import { sampleCatalogue } from './sample-commands.ts';

const NOW = new Date('2026-05-29T23:30:00Z');

function argsOf(line: string): Readonly<Record<string, string | number>> {
  const { command, values } = parseLine(sampleCatalogue, line);
  return validate(command, values, NOW);
}

describe('validate', () => {
  it('validate returns typed values with defaults and without absent options', () => {
    expect(argsOf('search agents limit:３ sort:“Newest” since:2026—05 author:" Jane "')).toEqual({
      query: 'agents',
      limit: 3,
      page: 1,
      sort: 'newest',
      since: '2026-05-01',
      author: 'Jane',
    });
  });

  it('validate checks values from a platform like typed text', () => {
    const { command } = parseLine(sampleCatalogue, 'search x');
    expect(validate(command, { query: 'x', limit: 3, until: '2026-05' }, NOW)).toMatchObject({
      limit: 3,
      until: '2026-05-31',
    });
    expect(() => validate(command, { query: 'x', limit: 11 }, NOW)).toThrow(
      'limit must be between 1 and 10 (got 11).',
    );
    expect(() => validate(command, { query: 'x', old: 1 }, NOW)).toThrow('/papers search has no option old.');
  });

  it.each([
    ['search x limit:50', 'limit must be between 1 and 10 (got 50).'],
    ['search x limit:0', 'limit must be between 1 and 10 (got 0).'],
    ['search x limit:-2', 'limit must be between 1 and 10 (got -2).'],
    ['search x page:0', 'page must be at least 1 (got 0).'],
    ['search x limit:many', 'limit must be a whole number (got “many”). For example: limit:5'],
    ['search x limit:2.5', 'limit must be a whole number (got “2.5”). For example: limit:5'],
    ['search x limit:1e3', 'limit must be a whole number (got “1e3”). For example: limit:5'],
    ['search x sort:colour', 'sort cannot be “colour”. Choose one of: relevance, newest, votes.'],
    [
      'search limit:3',
      '/papers search needs a query, for example: /papers search test-time training limit:3',
    ],
    [
      'search query:" "',
      '/papers search needs a query, for example: /papers search test-time training limit:3',
    ],
    [`search ${'x'.repeat(301)}`, 'query must have at most 300 characters (got 301).'],
    [
      'search x since:2026-02-30',
      '2026-02-30 is not a day: February 2026 has 28 days. Use a date such as 2026-05-29',
    ],
  ])('%s is refused with the error and the next step', (line, sentence) => {
    expect(() => argsOf(line)).toThrow(sentence);
  });

  it('an error quotes only the start of a long value', () => {
    const message = (() => {
      try {
        argsOf(`search x limit:${'9'.repeat(5000)}`);
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    })();
    expect(message).toMatch(/^limit must be a whole number/);
    expect(message.length).toBeLessThan(120);
  });
});
