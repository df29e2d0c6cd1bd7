import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/database.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The lines that the README tells people to type, in order, without the remarks beside them. */
function thingsToType(): string[] {
  const [, section = ''] = README.split('## Things to type\n');
  const [block = ''] = section.trimStart().split('\n\n');
  return block
    .split('\n')
    .map((line) => line.slice(4))
    .filter((line) => !line.startsWith(' '))
    .map((line) => line.split(/ {2,}/)[0] ?? '');
}

describe('the README', () => {
  it('shows an answer as the program gives it after a first start', async () => {
    const [, typed = '', shown = ''] = /^ {4}❯ (.+)\n\n([\s\S]*?)\n\n## /mu.exec(README) ?? [];
    const { stdout } = await runCli(['start'], { env: { DATA_DIR: temporaryFolder() } }, `${typed}\n`);
    expect(stdout.trimEnd()).toBe(shown.replace(/^ {4}/gm, ''));
  });

  it('shows lines that all work when they are typed in order after a first start', async () => {
    const lines = thingsToType();
    const { stdout } = await runCli(
      ['start', '--json'],
      { env: { DATA_DIR: temporaryFolder() } },
      lines.map((line) => `${line}\n`).join(''),
    );
    const answers: { line: string; ok: boolean }[] = stdout
      .trimEnd()
      .split('\n')
      .map((answer) => JSON.parse(answer));
    expect(answers.map(({ line, ok }) => [line, ok])).toEqual(lines.map((line) => [line, true]));
    expect(lines.length).toBeGreaterThan(5);
  });
});
