/** Progress of an import: a bar for a terminal, occasional lines for a log. */
import { Presets, SingleBar } from 'cli-progress';
import type { ImportProgress } from '../../import/import-progress.ts';
import { say } from '../session.ts';
import { count, duration } from './words.ts';

export interface ProgressDisplay {
  update(progress: ImportProgress): void;
  /** Removes the bar; idempotent. */
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

export function openProgress(name: string, interactive: boolean): ProgressDisplay {
  return interactive ? openBar() : openLines(name);
}

function openBar(): ProgressDisplay {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}%  {words}',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_grey,
  );
  return {
    update(progress) {
      const { bytesRead, bytesTotal = bytesRead } = progress;
      const words = progressWords(progress);
      if (!bar.isActive) bar.start(bytesTotal, 0, { words });
      bar.update(bytesRead, { words });
    },
    stop: () => bar.stop(),
  };
}

function openLines(name: string): ProgressDisplay {
  let next = Date.now() + LINE_EVERY_MS;
  return {
    update(progress) {
      const now = Date.now();
      if (now < next) return;
      next = now + LINE_EVERY_MS;
      say(`${name}: ${progressWords(progress)}`);
    },
    stop() {},
  };
}

/** "12,400 papers · 3 skipped · 9,800/s · 2 min 5 s left" */
export function progressWords({ taken, skipped, rowsPerSecond, secondsLeft }: ImportProgress): string {
  return [
    count(taken, 'paper'),
    ...(skipped > 0 ? [`${skipped.toLocaleString('en-GB')} skipped`] : []),
    `${rowsPerSecond.toLocaleString('en-GB')}/s`,
    ...(secondsLeft === undefined ? [] : [`${duration(secondsLeft)} left`]),
  ].join(' · ');
}
