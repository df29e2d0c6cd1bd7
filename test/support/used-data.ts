/**
 * A data folder as a bot leaves it after its first start, made once for all tests of the program as a
 * process: loading the sample and learning its vectors takes much longer than a later start.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { temporaryFolder } from './database.ts';

const CLI = join(import.meta.dirname, '../../dist/src/cli/main.js');

declare module 'vitest' {
  export interface ProvidedContext {
    usedData: string;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-used-'));
  const env = { DATA_DIR: folder, SOURCES: 'none' };
  for (const verb of ['start', 'learn']) {
    execFileSync(process.execPath, [CLI, verb], { env, input: '', stdio: ['pipe', 'ignore', 'ignore'] });
  }
  project.provide('usedData', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A copy of the prepared folder that is removed when the test ends. */
export function usedDataFolder(): string {
  const folder = temporaryFolder();
  cpSync(inject('usedData'), folder, { recursive: true });
  return folder;
}
