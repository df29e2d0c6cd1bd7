/** Opens the log: standard error or a file, never standard output, which is for answers. */
import { destination, type Logger, pino } from 'pino';
import { toUserError } from './file-errors.ts';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** `maxLength`: characters that are buffered while the disk is full; further messages are dropped. */
const WRITING = { sync: true, maxLength: 1_000_000 };

/**
 * Writes JSON lines and flushes each one, so that a crash loses none.
 * @param file a path, created with mode 0600; standard error by default
 * @throws UserError if the file cannot be opened
 */
export function openLog(level: LogLevel, file?: string): Logger {
  const stream = file === undefined ? destination({ ...WRITING, dest: 2 }) : openFile(file);
  // A full disk or a closed pipe loses log messages but does not end the process.
  stream.on('error', () => undefined);
  return pino(
    { level, redact: { paths: ['*.token', '*.apiKey', '*.authorization'], censor: '[hidden]' } },
    stream,
  );
}

function openFile(file: string): ReturnType<typeof destination> {
  try {
    return destination({ ...WRITING, dest: file, mode: 0o600, mkdir: true });
  } catch (error) {
    throw toUserError(error, file) ?? error;
  }
}

export const silentLog: Logger = pino({ level: 'silent' });
