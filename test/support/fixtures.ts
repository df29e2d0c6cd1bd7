/** Recorded responses of sources, under `test/fixtures`. */
import { readFileSync } from 'node:fs';

export function readFixture(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
}

export function readJsonFixture(path: string): unknown {
  return JSON.parse(readFixture(path));
}
