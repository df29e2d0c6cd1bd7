/** A fake `systemd-notify` that writes each message to a file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from './database.ts';

export interface RecordedSystemd {
  /** Environment of a process that should find it. */
  readonly environment: Readonly<Record<'PATH' | 'NOTIFY_SOCKET', string>>;
  told(): string[];
}

export function recordSystemd(): RecordedSystemd {
  const folder = temporaryFolder();
  const bin = join(folder, 'bin');
  const record = join(folder, 'told');
  mkdirSync(bin);
  writeFileSync(join(bin, 'systemd-notify'), '#!/bin/sh\necho "$@" >> "$NOTIFY_SOCKET"\n', { mode: 0o755 });
  writeFileSync(record, '');
  return {
    environment: { PATH: [bin, process.env['PATH']].join(delimiter), NOTIFY_SOCKET: record },
    told: () => readFileSync(record, 'utf8').split('\n').slice(0, -1),
  };
}
