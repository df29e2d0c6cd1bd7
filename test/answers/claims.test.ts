import { describe, expect, it } from 'vitest';
import { bestQuotes } from '../../src/answers/best-sentences.ts';
import type { Paper } from '../../src/papers/paper.ts';

const BACKGROUND = 'Little is known about whether naps help nurses who work at night.';
const PURPOSE =
  'The purpose of this study was to determine whether short naps improve the alertness of nurses on night shifts.';
const METHODS = 'Eighty-four nurses from three hospitals were randomised to a nap or to a coffee break.';
const RESULT = 'Nurses who napped reacted 31 ms faster at the end of the shift (p = 0.01).';
const CONCLUSION = 'Short naps make night nurses more alert and do not disturb their later sleep.';
const FUTURE = 'Further studies are needed before hospitals change their rosters.';

function paperOf(...sentences: string[]): Paper {
  return {
    id: '2605.00001',
    title: 'A study',
    abstract: sentences.join(' '),
    authors: [],
    categories: [],
    keywords: [],
  };
}

const NAPS = paperOf(BACKGROUND, PURPOSE, METHODS, RESULT, CONCLUSION, FUTURE);
const QUESTION = 'Do short naps improve the alertness of nurses on night shifts?';
const quoted = (question: string, paper = NAPS) =>
  bestQuotes(question, [paper]).map(({ sentence }) => sentence);

describe('a question about a claim', () => {
  it('is answered by the conclusion, not by the sentence that repeats the question', () => {
    const quotes = quoted(QUESTION);
    expect(quotes[0]).toBe(CONCLUSION);
    expect(quotes).not.toContain(PURPOSE);
    expect(quotes).not.toContain(BACKGROUND);
  });

  it.each([
    'Are naps of night-shift nurses effective for alertness?',
    'Should nurses nap on night shifts to stay alert?',
    'Napping on night shifts: do nurses sleep worse afterwards?',
    'Is it useful for nurses to nap on night shifts?',
    'Short naps of night nurses, a way to stay alert?',
    "Don't short naps make nurses more alert?",
  ])('“%s” needs no sentence with all of its words', (question) => {
    expect(quoted(question)[0]).toBe(CONCLUSION);
  });

  it('is answered by a detail if that states the claim in the same words', () => {
    const detail = 'Naps of nurses with small children do not shorten their sleep at home.';
    const paper = paperOf(PURPOSE, METHODS, detail, RESULT, CONCLUSION, FUTURE);
    expect(quoted('Do naps shorten the sleep at home of nurses with small children?', paper)[0]).toBe(detail);
  });

  it('finds the conclusion of a structured abstract by its label, wherever it is', () => {
    const labelled = paperOf(
      `CONCLUSIONS: ${CONCLUSION}`,
      `OBJECTIVE: ${PURPOSE}`,
      `METHODS: ${METHODS}`,
      `RESULTS: ${RESULT}`,
    );
    expect(quoted(QUESTION, labelled)[0]).toBe(CONCLUSION);
  });

  it('finds the conclusion without labels before the end', () => {
    const closing = 'Rosters and scores were collected by two research assistants.';
    expect(quoted(QUESTION, paperOf(PURPOSE, METHODS, RESULT, CONCLUSION, closing))[0]).toBe(CONCLUSION);
  });

  it('does not quote how the study was done beside the conclusion', () => {
    expect(quoted(QUESTION, paperOf(METHODS, CONCLUSION))).toEqual([CONCLUSION]);
  });

  it('does not quote a result that only restates the conclusion', () => {
    const restated =
      'Short naps made nurses more alert and did not disturb their sleep at home on the next day.';
    const details = [METHODS, RESULT, 'Coffee was free.', 'Beds were in a quiet room.'];
    const quotes = quoted(QUESTION, paperOf(BACKGROUND, PURPOSE, ...details, restated, CONCLUSION));
    expect(quotes).toContain(CONCLUSION);
    expect(quotes).not.toContain(restated);
  });

  it.each([
    'Does early surgery improve survival in patients with gastric cancer?',
    'Does caffeine improve the alertness of truck drivers on motorways?',
    'Are nurses satisfied with the wages of private clinics?',
  ])('“%s” has no answer in a paper about something else', (question) => {
    expect(quoted(question)).toEqual([]);
  });

  it('has no answer in an abstract that only announces a study', () => {
    expect(quoted(QUESTION, paperOf(BACKGROUND, PURPOSE))).toEqual([]);
  });

  it('quotes each paper that deals with it', () => {
    const other: Paper = {
      ...paperOf(PURPOSE, 'We conclude that naps of night-shift nurses have no effect on alertness.'),
      id: '2605.00002',
    };
    const unrelated: Paper = { ...paperOf('We conclude that whales sing at night.'), id: '2605.00003' };
    const ids = bestQuotes(QUESTION, [unrelated, NAPS, other]).map(({ paper }) => paper.id);
    expect(new Set(ids)).toEqual(new Set([NAPS.id, other.id]));
  });
});

describe('a question about a detail of the paper', () => {
  it.each([
    'can managers measure the naps of night nurses?',
    'do hospitals pay for the naps of night nurses?',
  ])('“%s” is not answered by a conclusion about the other words of the title', (question) => {
    const paper = { ...paperOf(METHODS, RESULT, CONCLUSION), title: 'Short naps of night nurses' };
    expect(quoted(question, paper)).toEqual([]);
  });

  it.each([
    'does it lower their blood pressure at night?',
    'did they compare naps with bright light for nurses?',
    'did the authors follow the nurses after the naps?',
  ])('“%s” is not answered by the conclusion', (question) => {
    expect(quoted(question)).toEqual([]);
  });

  it('gets the finding, not the sentence that asks for it', () => {
    const asks = 'We investigated whether it disturbs sleep.';
    const finds = 'It does not disturb sleep.';
    expect(quoted('does it disturb sleep?', paperOf(asks, finds))).toEqual([finds]);
    expect(quoted('does it disturb sleep?', paperOf(asks))).toEqual([]);
  });
});
