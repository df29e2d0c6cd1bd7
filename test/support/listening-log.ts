/** A log that a test can read. */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Logger } from '../../src/base/log.ts';

export function listeningLog(): { readonly log: Logger; lines(): string[] } {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  return {
    log: pino({ level: 'warn' }, stream),
    lines: () => text.split('\n').filter((line) => line !== ''),
  };
}
