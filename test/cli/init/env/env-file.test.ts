import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { changeEnv } from '../../../../src/cli/init/env/env-file.ts';
import { makePrivate, readPrivateFile, writePrivateFile } from '../../../../src/cli/init/env/private-file.ts';
import { temporaryFolder } from '../../../support/database.ts';

const change = (text: string, changes: Record<string, string | undefined>) =>
  changeEnv(text, new Map(Object.entries(changes)), (name) => `What ${name} is`);

describe('changing the text of a .env file', () => {
  it('a value in .env is replaced in place', () => {
    const text = [
      '# mine',
      '  export A = old   # why',
      "B='two words'",
      '',
      'nonsense without a sign',
      'C="a',
      '# A=inside a value',
      'b" # end',
      'D=`x`',
    ].join('\n');
    expect(change(text, { A: 'new', D: 'y' })).toBe(
      text.replace('export A = old', 'export A = new').replace('D=`x`', 'D=y'),
    );
  });

  it('a new setting goes below its commented-out line, or to the end with a comment', () => {
    const example = '# The token\n# A=\n\n# The zone\n#B=UTC\n';
    expect(change(example, { B: 'x', A: 'y', C: 'z' })).toBe(
      '# The token\n# A=\nA=y\n\n# The zone\n#B=UTC\nB=x\n\n# What C is\nC=z\n',
    );
    expect(change('A=1', { B: '2' })).toBe('A=1\n\n# What B is\nB=2\n');
    expect(change('', { B: '2' })).toBe('# What B is\nB=2\n');
    expect(change('# A=', { A: '2' })).toBe('# A=\nA=2\n');
  });

  it('a commented-out line inside a value is not a setting', () => {
    const text = 'A="\n# B=1\n"\n';
    expect(change(text, { B: '2' })).toBe(`${text}\n# What B is\nB=2\n`);
  });

  it('a removed setting disappears with all its lines', () => {
    expect(change('A=1\nB="x\ny"\nC=3\nB=4', { B: undefined })).toBe('A=1\nC=3\n');
    expect(change('A=1\n', { B: undefined })).toBe('A=1\n');
  });

  it('the last of several lines for a setting is changed', () => {
    expect(change('A=1\nA=2\n', { A: '3' })).toBe('A=1\nA=3\n');
  });

  it('a comment after a value is kept', () => {
    expect(change('A=b#c\nD= # empty', { A: 'x', D: 'y z' })).toBe("A=x #c\nD= 'y z' # empty");
  });

  it('Windows line ends are kept', () => {
    expect(change('A=1\r\n# B=\r\n', { A: '2', B: '3', C: '4' })).toBe(
      'A=2\r\n# B=\r\nB=3\r\n\r\n# What C is\r\nC=4\r\n',
    );
  });

  it.each([
    'plain-token_1.2',
    'with blank',
    ' blanks around ',
    'hash#inside',
    "it's",
    'say "hi"',
    '`tick`',
    `'both" kinds`,
    "'and` these",
    '$HOME',
    'back\\slash',
    'a\\nb',
    "it's a\\nb",
    'key=value==',
    'two\nlines',
    '“curly”',
    '🔖',
    '',
  ])('%j is quoted so that Node parses it back', (value) => {
    expect(parseEnv(change('OTHER=x\n', { A: value }))).toEqual({ OTHER: 'x', A: value });
  });

  it('a value with all kinds of quotes is refused', () => {
    expect(() => change('', { A: '\'"`' })).toThrow(/^A contains all three kinds of quotes/);
  });

  it('an edit that would change another setting is refused', () => {
    // Node 24 takes the next line for the value, when there is a blank behind the sign.
    const text = 'A= \nB=1\n';
    const reads = parseEnv(text)['A'];
    const changed = () => change(text, { B: '2' });
    if (reads === '') expect(changed()).toBe('A= \nB=2\n');
    else expect(changed).toThrow(/^\.env cannot be edited without changing the value of \w\./);
  });
});

describe('a file for its owner alone', () => {
  const fresh = () => join(temporaryFolder(), '.env');

  it('a private file is created with mode 0600 and leaves no other files', () => {
    const path = fresh();
    const umask = process.umask(0);
    try {
      writePrivateFile(path, 'A=1\n');
    } finally {
      process.umask(umask);
    }
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readPrivateFile(path)).toBe('A=1\n');
    expect(readdirSync(join(path, '..'))).toEqual(['.env']);
  });

  it('a private file is replaced atomically, with mode 0600', () => {
    const path = fresh();
    writeFileSync(path, 'old', { mode: 0o644 });
    const { ino } = statSync(path);
    writePrivateFile(path, 'new');
    expect(statSync(path).ino).not.toBe(ino);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('a private file behind a link is replaced, and the link stays', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'etc'));
    const target = join(folder, 'etc', 'paperboy.env');
    writeFileSync(target, 'old');
    const link = join(folder, '.env');
    symlinkSync(target, link);
    writePrivateFile(link, 'new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  it.skipIf(process.geteuid?.() !== 0)('stays its owner’s, whoever writes it', () => {
    const folder = temporaryFolder();
    const path = join(folder, '.env');
    writeFileSync(path, 'old');
    chownSync(path, 1234, 1234);
    writePrivateFile(path, 'new');
    expect(statSync(path)).toMatchObject({ uid: 1234, gid: 1234 });
    chmodSync(folder, 0o777);
    process.seteuid?.(4321);
    try {
      expect(() => writePrivateFile(path, 'newer')).toThrow(
        /belongs to another account\. Run this command as that account\.$/,
      );
      expect(readdirSync(folder)).toEqual(['.env']);
    } finally {
      process.seteuid?.(0);
    }
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('a private file that is not writable or not text is refused with a sentence', () => {
    const folder = temporaryFolder();
    expect(() => writePrivateFile(join(folder, 'none', '.env'), 'x')).toThrow(
      /\.env cannot be written \(ENOENT\)\. Check the owner of the file and of its folder\.$/,
    );
    expect(() => readPrivateFile(folder)).toThrow(/cannot be read \(EISDIR\)/);
    const binary = join(folder, '.env');
    writeFileSync(binary, Buffer.from([0x41, 0x3d, 0xe9, 0x0a]));
    expect(() => readPrivateFile(binary)).toThrow(/is not UTF-8 text\. Save it as UTF-8/);
  });

  it('a readable file is made private once', () => {
    const path = fresh();
    expect(makePrivate(path)).toBe(false);
    writeFileSync(path, 'A=1');
    chmodSync(path, 0o640);
    expect([makePrivate(path), makePrivate(path)]).toEqual([true, false]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
