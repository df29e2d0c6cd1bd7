/** Progress of a running import: amount, rate and remaining time. */
import type { Clock } from '../time/clock.ts';

export interface ImportProgress {
  readonly lines: number;
  readonly taken: number;
  readonly skipped: number;
  /** Bytes on disk, compressed or not. */
  readonly bytesRead: number;
  /** Absent for standard input. */
  readonly bytesTotal?: number;
  readonly rowsPerSecond: number;
  /** Absent until a rate can be computed. */
  readonly secondsLeft?: number;
}

const PROGRESS_EVERY_MS = 250;

type Position = Pick<ImportProgress, 'lines' | 'bytesRead' | 'bytesTotal'>;
type Counts = Pick<ImportProgress, 'taken' | 'skipped'>;

/**
 * Calls `onProgress` at most four times per second. The rate covers this run only, because skipping the lines
 * of an earlier run is much faster.
 */
export function startPace(clock: Clock, onProgress: (progress: ImportProgress) => void) {
  let begin: { readonly time: number; readonly bytes: number } | undefined;
  let next = 0;
  return (position: Position, counts: () => Counts): void => {
    const time = clock.now().getTime();
    begin ??= { time, bytes: position.bytesRead };
    if (time < next) return;
    next = time + PROGRESS_EVERY_MS;
    onProgress(toProgress(position, counts(), position.bytesRead - begin.bytes, (time - begin.time) / 1000));
  };
}

/** @param bytes read in `seconds` */
function toProgress(
  position: Position,
  { taken, skipped }: Counts,
  bytes: number,
  seconds: number,
): ImportProgress {
  const rate = (amount: number) => (seconds > 0 ? amount / seconds : 0);
  const { bytesRead, bytesTotal } = position;
  return {
    ...position,
    taken,
    skipped,
    rowsPerSecond: Math.round(rate(taken + skipped)),
    ...(bytesTotal !== undefined &&
      rate(bytes) > 0 && { secondsLeft: Math.ceil((bytesTotal - bytesRead) / rate(bytes)) }),
  };
}
