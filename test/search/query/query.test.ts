import { describe, expect, it } from 'vitest';
import { fuzzQueries } from '../../../bench/fuzz-queries.ts';
import { readQuery, scoredWords } from '../../../src/search/query/query.ts';
import { allOf, anyOf, toFtsExpression } from '../../../src/search/query/word-match.ts';

const textsOf = (text: string) => readQuery(text).words.map((word) => word.text);

describe('reading a query', () => {
  it('drops stop words, unless there is nothing else', () => {
    expect(textsOf('what is the mixture of experts?')).toEqual(['mixture', 'experts']);
    expect(textsOf('To be or not to be')).toEqual(['To', 'be', 'or', 'not']);
  });

  it('counts the forms of one word as one', () => {
    expect(readQuery('Model models MODELING').words).toEqual([{ text: 'Model', stem: 'model', times: 3 }]);
  });

  it('keeps a phrase in straight or curved quotes word by word', () => {
    for (const text of ['"chain of thought" math', '“chain of thought” math', '„chain of thought“ math']) {
      expect(readQuery(text)).toMatchObject({
        phrases: [['chain', 'of', 'thought']],
        words: [{ text: 'math' }],
      });
    }
  });

  it('takes an unbalanced quote for no quote', () => {
    expect(readQuery('"chain of thought').phrases).toEqual([]);
    expect(textsOf('"chain of thought')).toEqual(['chain', 'thought']);
  });

  it('takes quotes and dashes of a long text for prose', () => {
    const text =
      'articles on text formatting systems, such as "what you get" editors -nroff or scribe or bravo or runoff';
    expect(readQuery(text)).toMatchObject({ phrases: [], excluded: [] });
    expect(textsOf(text)).toContain('nroff');
  });

  it('excludes a word behind a dash, but not one inside of a word', () => {
    expect(readQuery('diffusion -survey pre-training').excluded).toEqual([[['survey']]]);
    expect(readQuery('diffusion -pre-training').excluded).toEqual([[['pretraining'], ['pre training']]]);
    expect(textsOf('diffusion -survey pre-training')).toEqual(['diffusion', 'pre', 'training']);
  });

  it('searches for what is excluded when nothing else is asked for', () => {
    expect(readQuery('-survey')).toMatchObject({ words: [{ text: 'survey' }], excluded: [] });
  });

  it('scores by the words of phrases too', () => {
    expect(
      scoredWords(readQuery('"language models" language')).map(({ stem, times }) => [stem, times]),
    ).toEqual([
      ['languag', 2],
      ['model', 1],
    ]);
  });
});

describe('the expression for FTS5', () => {
  it('quotes every word, so that none is read as syntax', () => {
    const query = readQuery('title:NEAR(cat* AND "big dog") -OR ^x');
    expect(toFtsExpression(anyOf(query, query.words))).toBe(
      '("big dog" AND ("title" OR "near" OR "cat" OR "x")) NOT ("or")',
    );
    expect(toFtsExpression(allOf(query))).toBe(
      '("big dog" AND "title" AND "near" AND "cat" AND "x") NOT ("or")',
    );
  });

  it('stays short whatever is typed', () => {
    for (const text of fuzzQueries(400, 7)) {
      const query = readQuery(text);
      expect(query.words.length).toBeLessThanOrEqual(250);
      expect(toFtsExpression(anyOf(query, query.words)).length).toBeLessThan(12_000);
    }
    const flood = readQuery(Array.from({ length: 2_000 }, (_, at) => `word${at}`).join(' '));
    expect(flood.words).toHaveLength(250);
  });
});
