import { describe, expect, it } from 'vitest';
import { beyondLastPage } from '../../commands/views/empty-results.ts';
import { quoteInput } from '../../commands/views/quote.ts';
import { filterWords } from '../../commands/views/search-words.ts';
import { counted } from '../../src/cards/counts.ts';
import { type PageRange, pageActions, positionOf } from '../../src/cards/paper-list.ts';
import { toPlainText } from '../../src/chat/plain.ts';

const lineOf = (page: number) => `page ${page}`;
const labels = (pages: PageRange) => pageActions(pages, lineOf).map(({ label }) => label);

describe('the position in a list', () => {
  it.each([
    [{ page: 1, limit: 5, total: 5 }, undefined, []],
    [{ page: 1, limit: 5, total: 6 }, 'Page 1/2', ['Next ›']],
    [{ page: 2, limit: 5, total: 6 }, 'Page 2/2', ['‹ Previous']],
    [{ page: 2, limit: 5, total: 12 }, 'Page 2/3', ['‹ Previous', 'Next ›']],
    [{ page: 3, limit: 5, total: 12 }, 'Page 3/3', ['‹ Previous']],
    [{ page: 1, limit: 5, total: 200, totalIsFloor: true }, 'Page 1/40+', ['Next ›']],
    [{ page: 40, limit: 5, total: 200, totalIsFloor: true }, 'Page 40/40+', ['‹ Previous']],
  ])('the page %j shows position %s and buttons %j', (pages, position, actions) => {
    expect(positionOf(pages)).toBe(position);
    expect(labels(pages)).toEqual(actions);
  });

  it('a page past the end has a button back', () => {
    const card = beyondLastPage({ page: 9, limit: 5, total: 12 }, lineOf);
    expect(toPlainText(card)).toBe('There is no page 9. The list has 12 papers on 3 pages.');
    expect(card.actions).toEqual([{ kind: 'run', label: 'Page 3', line: 'page 3', effect: 'replace' }]);
  });
});

describe('texts of a list', () => {
  it('counts have a singular and a plural', () => {
    expect(counted(1, 'paper')).toBe('1 paper');
    expect(counted(8562, 'paper')).toBe('8,562 papers');
    expect(counted(2, 'watch')).toBe('2 watches');
    expect(counted(200, 'paper', true)).toBe('200+ papers');
  });

  it('filters of a search are described in words', () => {
    const filter = { author: 'Hinton', category: 'cs.LG', since: '2026-01-01', minVotes: 10 };
    expect(filterWords({})).toBe('');
    expect(filterWords(filter, 'for “x”')).toBe(
      ' for “x” by Hinton in cs.LG, since 2026, with at least 10 votes',
    );
    expect(filterWords({ since: '2026-05-01', minVotes: 1 })).toBe(' since May 2026, with at least 1 vote');
  });

  it('typed text is quoted with curly quotes and shortened', () => {
    expect(quoteInput('"chain of thought"')).toBe('“chain of thought”');
    expect(quoteInput('so long '.repeat(100)).length).toBeLessThan(90);
  });
});
