/** Runs `init` in this process: with values, or as a conversation that the test types into. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { parseEnv, stripVTControlCharacters } from 'node:util';
import { Command } from 'commander';
import { onTestFinished } from 'vitest';
import { initOptions, type RawOptions } from '../../src/cli/init/options.ts';
import { runInit } from '../../src/cli/verbs/init.ts';
import { temporaryFolder } from './database.ts';

/** @param settings settings that are in `.env` already, such as the addresses of the fakes */
export function openInitFolder(settings: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const path = join(folder, '.env');
  const before = Object.entries(settings)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('');
  writeFileSync(path, before, { mode: 0o600 });

  return {
    folder,
    path,
    before,
    text: () => readFileSync(path, 'utf8'),
    /** Settings that were added to `.env` or have another value now. */
    added: () =>
      Object.fromEntries(
        Object.entries(parseEnv(readFileSync(path, 'utf8'))).filter(
          ([name, value]) => settings[name] !== value,
        ),
      ),

    /**
     * Rejects as the command does.
     * @param input text that is piped in
     * @param onSaid called with each line of progress
     * @returns the printed text, and the lines of progress
     */
    async run(args: readonly string[], input = '', onSaid: (text: string) => void = () => {}) {
      const stdin = new PassThrough();
      stdin.end(input);
      const [output, error] = [new PassThrough(), new PassThrough()];
      error.on('data', (chunk: Buffer) => onSaid(chunk.toString('utf8')));
      const printed = Promise.all([readAll(output), readAll(error)]);
      await runInit(parse(args), { input: stdin, output, error, folder }).finally(() => {
        output.end();
        error.end();
      });
      const [stdout, stderr] = await printed;
      return { stdout, stderr };
    },

    converse: (args: readonly string[] = []) => converse(folder, args),
  };
}

function parse(args: readonly string[]): RawOptions {
  const command = new Command().exitOverride();
  for (const option of initOptions()) command.addOption(option);
  return command.parse(args, { from: 'user' }).opts();
}

/** The parts of a terminal that the library of prompts reads. */
class FakeTerminal extends PassThrough {
  readonly isTTY = true;
  readonly columns = 100;
  readonly rows = 60;
  isRaw = false;

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }
}

export const KEYS = {
  enter: '\r',
  down: '\u001b[B',
  space: ' ',
  interrupt: '\u0003',
  clear: '\u0015',
} as const;

function converse(folder: string, args: readonly string[]) {
  const [input, output, error] = [new FakeTerminal(), new FakeTerminal(), new PassThrough()];
  let screen = '';
  let read = 0;
  let look = () => {};
  output.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
    look();
  });
  const ended = runInit(parse(args), { input, output, error, folder });
  // A test that fails earlier would leave it unhandled.
  ended.catch(() => {});
  onTestFinished(() => void input.end());
  const seen = () => stripVTControlCharacters(screen);

  /** Resolves when this text has appeared since the last call. */
  function shown(words: string): Promise<void> {
    return new Promise((resolve) => {
      look = () => {
        const at = seen().indexOf(words, read);
        if (at === -1) return;
        read = at + words.length;
        look = () => {};
        resolve();
      };
      look();
    });
  }

  return {
    ended,
    shown,
    screen: seen,
    type: (...keys: readonly string[]) => {
      for (const key of keys) input.write(key);
    },
    /** Waits for a question, then types. */
    async answer(question: string, ...keys: readonly string[]) {
      await shown(question);
      for (const key of keys) input.write(key);
    },
  };
}
