import { expect, it } from 'vitest';
import { toPhrase, toQuickCheck, toStemmedText } from '../../../src/search/text/phrases.ts';
import { foldedWords, foldWord } from '../../../src/search/text/words.ts';

import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { importRecorded } from '../../support/recorded-papers.ts';

const TEXTS = [
  'Studies of deep networks, and of networks deepened later.',
  'The état deep network; naïve Bayes – deep networks',
  'deep réseaux networks, Δdeep networks',
  'deep\u0301 networks are not deep\u4e2dnetworks',
  'We studied a model. A modelled study: when models fail',
  'a a b, the-the model of 10 10 models',
];
const PHRASES = [
  'deep networks',
  'deep network',
  'a model',
  'when models',
  'study a',
  'of 10',
  'a b',
  'the model of',
];

it('a quick check of a phrase never contradicts the stems of the text', async () => {
  const connection = await openTestDatabase();
  await importRecorded(connection, fakeClock('2026-05-29T12:00:00Z'));
  const abstracts = connection.prepare<[], string>('SELECT abstract FROM papers').pluck().all();
  const texts = [...TEXTS, ...abstracts];
  const drawn = texts.flatMap((text) => foldedWords(text).slice(3, 5).join(' ') || []);
  const phrases = [...PHRASES, ...drawn.filter((_, at) => at % 9 === 0)];
  const checks = phrases.map((phrase) => ({
    phrase,
    quickly: toQuickCheck(foldedWords(phrase)),
    stems: toPhrase(phrase).text,
  }));
  const contradictions: string[] = [];
  let known = 0;
  for (const text of texts) {
    const stemmed = toStemmedText(text).text;
    const folded = foldWord(text);
    for (const { phrase, quickly, stems } of checks) {
      const found = quickly(folded);
      if (found === undefined) continue;
      known += 1;
      if (found !== stemmed.includes(stems)) contradictions.push(`${phrase}: ${text}`);
    }
  }
  expect(contradictions).toEqual([]);
  expect(known / (texts.length * phrases.length)).toBeGreaterThan(0.95);
});
