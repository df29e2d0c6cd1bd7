/**
 * Files of reference managers that are read as other programs read them: BibTeX and RIS in many encodings and
 * states. A file is right when each of its entries is imported with the same title, authors, year, DOI and
 * arXiv id, or refused with a reason. Where the set has no expected reading, that of @retorquere/bibtex-
 * parser counts.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPaperFile } from '../src/import/paper-file.ts';
import { type Compared, compared, readingsOf } from './support/bib-expected.ts';
import type { Benchmark } from './support/figure.ts';

export const bibBenchmark: Benchmark = {
  prefix: 'bib',
  async run({ data, report, skip }) {
    const folder = join(data, 'fixtures', 'bib');
    if (!existsSync(folder)) return skip('bib.files_right', 'no fixtures/bib');
    const files = readdirSync(folder).filter((name) => /(?<!\.expected)\.(?:bib|ris)$/.test(name));
    let right = 0;
    for (const name of files) {
      const differences = await differencesIn(join(folder, name));
      if (differences.length === 0) right += 1;
      else process.stderr.write(`${name}\n${differences.map((each) => `  ${each}\n`).join('')}`);
    }
    report('bib.files_right', right, 'files', files.length);
  },
};

async function differencesIn(path: string): Promise<string[]> {
  const ours: Compared[] = [];
  const refused: string[] = [];
  try {
    const file = await openPaperFile(path, { now: new Date() });
    for await (const item of file.items()) {
      if ('record' in item) ours.push(compared(item.record));
      else refused.push(`line ${item.line}: ${item.skipped}`);
    }
  } catch (error) {
    return [String(error)];
  }
  const [theirs = [], others = []] = readingsOf(path);
  const differences = theirs.flatMap((each, at) => {
    if (each.title === '') return [];
    const readings = [each, ...(others[at] ? [others[at]] : [])];
    const found = ours.flatMap((record) => readings.map((reading) => differencesOf(record, reading)));
    return found.reduce(
      (best, one) => (one.length < best.length ? one : best),
      [`not imported: ${JSON.stringify(each)}`, ...Object.keys(each)],
    );
  });
  const most = Math.max(theirs.length, others.length);
  if (ours.length > most) differences.push(`${ours.length} papers instead of ${most}`);
  if (differences.length > 0) differences.push(...refused);
  return differences;
}

/** More than any other difference if the titles differ, because it is another entry then. */
function differencesOf(ours: Compared, theirs: Compared): string[] {
  const keys = Object.keys(theirs) as Array<keyof Compared>;
  if (ours.title !== theirs.title) return [...keys, ...keys];
  return keys
    .filter((key) => theirs[key] !== '' && ours[key] !== theirs[key])
    .map((key) => `${key}: ${theirs[key]} is ${ours[key] || 'absent'} (${theirs.title})`);
}
