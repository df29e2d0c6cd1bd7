import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/database.ts';

const MODULE = new URL('../../src/cli/prepare-process.ts', import.meta.url).href;

/** Runs a process that keeps its code, and returns the folders of it and of a thread. */
function foldersOf(dataFolder: string): { readonly main?: string; readonly thread?: string } {
  const script = `
    import { getCompileCacheDir } from 'node:module';
    import { Worker } from 'node:worker_threads';
    const { keepCompiledCode } = await import(${JSON.stringify(MODULE)});
    keepCompiledCode(${JSON.stringify(dataFolder)});
    const told = "const get = process.getBuiltinModule;" +
      "get('node:worker_threads').parentPort.postMessage(get('node:module').getCompileCacheDir())";
    new Worker(told, { eval: true }).on('message', (thread) =>
      process.stdout.write(JSON.stringify({ main: getCompileCacheDir(), thread })));`;
  const environment = { ...process.env };
  delete environment['NODE_COMPILE_CACHE'];
  delete environment['NODE_DISABLE_COMPILE_CACHE'];
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: environment,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

it('keeps the compiled code of all threads in the data folder', () => {
  const data = temporaryFolder();
  const { main = '', thread } = foldersOf(data);
  expect(main.startsWith(join(data, 'compiled'))).toBe(true);
  expect(thread).toBe(main);
  expect(readdirSync(join(data, 'compiled'))).toHaveLength(1);
});

it('starts without it where the folder cannot be written', () => {
  const data = temporaryFolder();
  writeFileSync(join(data, 'compiled'), 'a file in its place');
  expect(foldersOf(data)).toEqual({});
});

it('makes no data folder', () => {
  const data = join(temporaryFolder(), 'none');
  expect(foldersOf(data)).toEqual({});
  expect(existsSync(data)).toBe(false);
});
