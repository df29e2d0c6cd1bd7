/** Recorded responses of sources, under `test/fixtures`. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** @param path of a text, or of a text that is packed by gzip */
export function readFixture(path: string): string {
  const bytes = readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

export function readJsonFixture(path: string): unknown {
  return JSON.parse(readFixture(path));
}
