/** A database without papers is filled with the sample, so that there is something to ask for at once. */
import { fileURLToPath } from 'node:url';
import type { App } from '../../app/app.ts';
import { loadSample } from '../../import/sample.ts';
import { systemClock } from '../../time/clock.ts';
import { openProgress } from '../output/progress.ts';
import { count, duration } from '../output/words.ts';
import { say } from '../session.ts';

/** By the package's own map: the compiled program lies one folder deeper than its source. */
const SAMPLE = fileURLToPath(new URL('.', import.meta.resolve('#sample/daily-papers.jsonl.gz')));

export async function fillWhenEmpty({ stores: { papers, imports } }: App): Promise<void> {
  if ((await papers.counts()).papers > 0) return;
  say('First start: loading the sample papers.');
  const progress = openProgress('sample', process.stderr.isTTY);
  const { added, seconds } = await loadSample({
    folder: SAMPLE,
    papers,
    progress: imports,
    clock: systemClock,
    onProgress: progress.update,
  });
  progress.stop();
  say(`Loaded ${count(added, 'paper')} in ${duration(seconds)}.`);
}
