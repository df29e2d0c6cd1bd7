/** Where log lines go: standard error or a file, never standard output, which belongs to the answers. */
import { destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/**
 * JSON lines, flushed as they are written so that a crash loses none.
 * @param file a path, created readable for its owner alone; standard error when absent
 */
export function openLog(level: LogLevel, file?: string): Logger {
  const stream = destination(
    file === undefined ? { dest: 2, sync: true } : { dest: file, sync: true, mode: 0o600, mkdir: true },
  );
  return pino(
    { level, redact: { paths: ['*.token', '*.apiKey', '*.authorization'], censor: '[hidden]' } },
    stream,
  );
}

export const silentLog: Logger = pino({ level: 'silent' });
