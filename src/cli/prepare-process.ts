/** Sets what holds for the whole process, before other modules are loaded. */
import { setFlagsFromString } from 'node:v8';

export function prepareProcess(): void {
  // Files that we write are readable only by our user: the database, its backups, the log, exports.
  process.umask(0o077);
  // React and Express do extra work for developers otherwise. A mail takes four times as long to render.
  process.env['NODE_ENV'] ??= 'production';
  // The part of each thread's heap for new objects grows with the first burst of work otherwise, and stays
  // so. That takes 50 MB, and makes no answer faster (docs/decisions/index.md).
  setFlagsFromString('--semi-space-growth-factor=1');
}
