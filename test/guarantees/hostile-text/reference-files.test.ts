/** No BibTeX or RIS file blocks the event loop or fills the memory, whatever is in it. */
import { expect, it } from 'vitest';
import { readBibtex } from '../../../src/import/formats/bibtex/read-bibtex.ts';
import type { ParsedRow } from '../../../src/import/formats/format.ts';
import { readRis } from '../../../src/import/formats/ris.ts';
import { cpuTime, leastAsync } from '../../support/cpu-time.ts';

const MB = 1024 * 1024;
/**
 * Milliseconds of processor time, also of other threads that collect garbage. The rule is 100; the longest
 * takes 60 on a quiet machine, and what is quadratic takes minutes.
 */
const LONGEST_BLOCK = 300;
const reading = { name: 'hostile', context: { savedAt: '2026-06-01T00:00:00Z' }, from: 0 };

async function* repeat(text: string, bytes: number): AsyncGenerator<Buffer> {
  const chunk = Buffer.from(text.repeat(Math.max(1, Math.ceil((64 * 1024) / text.length))));
  for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
}

/** All bytes but those of line ends, in an order without a pattern. */
const BYTES = Buffer.from(Uint8Array.from({ length: MB }, (_, n) => 0x80 | ((n * 7_919) >> 3)));

async function* of(...parts: ReadonlyArray<string | Buffer | AsyncIterable<Buffer>>): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if (typeof part === 'string') yield Buffer.from(part);
    else if (Buffer.isBuffer(part)) yield part;
    else yield* part;
  }
}

const GOOD = '\n@article{good, title = {Good}}\n';
const macros = Array.from({ length: 40 }, (_, n) => `@string{m${n + 1} = m${n} # m${n}}\n`).join('');

const BIBTEX: ReadonlyArray<readonly [string, () => AsyncIterable<Buffer>]> = [
  ['braces that open and never close', () => of('@article{k, title = ', repeat('{', 2 * MB), GOOD)],
  ['nested braces', () => of(`@article{k, title = ${'{'.repeat(400_000)}x${'}'.repeat(400_000)}}`, GOOD)],
  [
    'nested commands',
    () => of(`@article{k, title = {${'\\emph{'.repeat(100_000)}${'}'.repeat(100_000)}}}`, GOOD),
  ],
  ['one line of 50 MB', () => of('@article{k, title = {', repeat('word ', 50 * MB), GOOD)],
  [
    'an entry of 50 MB in many lines',
    () => of('@article{k, title = {', repeat(`${'word '.repeat(50)}\n`, 50 * MB), '}}', GOOD),
  ],
  ['entries that do not close', () => of(repeat('@article{k, title = {Open\n', MB / 4), GOOD)],
  ['comments that do not close', () => of(repeat('@comment{ {\n@article{k,\n', 2 * MB), GOOD)],
  ['heads without a body', () => of(repeat('@article \n', 2 * MB), GOOD)],
  ['signs without a name', () => of(repeat('@ ', 2 * MB), GOOD)],
  [
    'macros that double',
    () => of('@string{m0 = "a macro that grows"}\n', macros, '@article{k, title = m40}', GOOD),
  ],
  ['many macros', () => of(repeat(`@string{${'x'.repeat(50)} = "y"}\n`, 4 * MB), GOOD)],
  [
    'a macro of TeX that calls itself',
    () => of('@preamble{"\\def\\a{\\a\\a}\\a"}\n@misc{k, title = {\\def\\a{\\a\\a}\\a}}', GOOD),
  ],
  ['fields without values', () => of(`@article{k, ${'title '.repeat(150_000)}}`, GOOD)],
  ['a key of blanks', () => of(`@article{${' '.repeat(900_000)}`, GOOD)],
  ['a field of blanks', () => of(`@article{k, a${' '.repeat(900_000)}b = {c}}`, GOOD)],
  [
    '100,000 fields',
    () => of(`@article{k, ${Array.from({ length: 60_000 }, (_, n) => `f${n} = {x}`).join(',')}}`, GOOD),
  ],
  [
    'many names',
    () => of(`@article{k, title = {T}, author = {${'Lovelace, {\\"A}da and '.repeat(40_000)}X}}`, GOOD),
  ],
  ['a name of many words', () => of(`@article{k, title = {T}, author = {${'de '.repeat(300_000)}}}`, GOOD)],
  ['many commas', () => of(`@article{k, title = {T}, author = {${'A, '.repeat(300_000)}}}`, GOOD)],
  [
    'dollar signs',
    () => of(`@article{k, title = {${'$a$ '.repeat(200_000)}}, abstract = {${'$'.repeat(200_000)}}}`, GOOD),
  ],
  ['parents that wait for each other', () => of(repeat('@book{a, crossref = {b}, title = {T}}\n', MB), GOOD)],
  ['bytes of no encoding', () => of(BYTES, GOOD)],
];

const RIS: ReadonlyArray<readonly [string, () => AsyncIterable<Buffer>]> = [
  ['one line of 50 MB', () => of('TY  - JOUR\nTI  - ', repeat('word ', 50 * MB), '\nER  - \n')],
  ['a record that does not end', () => of('TY  - JOUR\n', repeat('AU  - Lovelace, Ada\n', 4 * MB))],
  ['many titles', () => of('TY  - JOUR\n', repeat('T1  - A title\n', 2 * MB))],
  ['many types', () => of(repeat('TY  - JOUR\n', MB / 2), 'TI  - Good\nER  - \n')],
  ['lines without tags', () => of('TY  - JOUR\nTI  - T\n', repeat('word\n', 2 * MB), 'ER  - \n')],
];

/** The longest time for which nothing else could run, in milliseconds, and the rows. */
async function watch(rows: AsyncIterable<ParsedRow>) {
  const before = process.memoryUsage().heapUsed;
  let [titles, count, grown] = [0, 0, 0];
  let [longest, last, isDone] = [0, cpuTime(), false];
  setImmediate(function turn() {
    const now = cpuTime();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isDone) setImmediate(turn);
  });
  for await (const row of rows) {
    count += 1;
    if ('record' in row && row.record.title === 'Good') titles += 1;
    if (count % 1_000 === 0) grown = Math.max(grown, process.memoryUsage().heapUsed - before);
  }
  isDone = true;
  await new Promise((resolve) => setImmediate(resolve));
  return { blocked: longest, titles, count, grown };
}

it.each(BIBTEX)(
  'a BibTeX file with %s blocks nothing, and the good entry after it is imported',
  async (_, chunks) => {
    const longest = await leastAsync(LONGEST_BLOCK, async () => {
      const { blocked, titles } = await watch(readBibtex(chunks(), reading));
      expect(titles).toBe(1);
      return blocked;
    });
    expect(longest).toBeLessThan(LONGEST_BLOCK);
  },
);

it.each(RIS)('a RIS file with %s blocks nothing', async (_, chunks) => {
  const longest = await leastAsync(LONGEST_BLOCK, async () => {
    const { blocked, count } = await watch(readRis(chunks(), reading));
    expect(count).toBeGreaterThan(0);
    return blocked;
  });
  expect(longest).toBeLessThan(LONGEST_BLOCK);
});

it('a BibTeX file of 100,000 entries is read in bounded memory', async () => {
  const entry = '@article{k, title = {Title}, author = {Lovelace, Ada and Babbage, Charles}, year = 1843}\n';
  const longest = await leastAsync(LONGEST_BLOCK, async () => {
    const { count, grown, blocked } = await watch(readBibtex(repeat(entry, 100_000 * entry.length), reading));
    expect(count).toBeGreaterThanOrEqual(100_000);
    expect(grown).toBeLessThan(150 * MB);
    return blocked;
  });
  expect(longest).toBeLessThan(LONGEST_BLOCK);
});
