import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { convertedText, indexedText } from '../../src/text/index-text.ts';

const SAMPLE = join(import.meta.dirname, '../../data/sample/daily-papers.jsonl.gz');

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

it('the short cut for plain text changes nothing', () => {
  const recorded = gunzipSync(readFileSync(SAMPLE))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => textsIn(JSON.parse(line)));
  const made = [
    "one-click fix'' workflow",
    'a -- b',
    'ASP.NET',
    'the .net framework',
    'x.network',
    '50% of (a), [b]',
  ];
  const texts = [...recorded, ...made];
  expect(texts.filter((text) => indexedText(text) === text).length).toBeGreaterThan(1_000);
  for (const text of texts) expect(indexedText(text)).toBe(convertedText(text));
});
