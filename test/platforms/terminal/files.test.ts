import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { fileIn, saveFile } from '../../../src/platforms/terminal/files.ts';
import { temporaryFolder } from '../../support/database.ts';

const file = (content: string) => ({ name: 'my-papers.bib', mediaType: 'application/x-bibtex', content });

it('a file is readable by its owner only, and never replaces another', async () => {
  const folder = temporaryFolder();
  expect(await saveFile(folder, file('first'))).toBe(join(folder, 'my-papers.bib'));
  expect(await saveFile(folder, file('second'))).toBe(join(folder, 'my-papers-2.bib'));
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
    'second',
    'first',
  ]);
  expect(statSync(join(folder, 'my-papers.bib')).mode & 0o777).toBe(0o600);
});

it('a folder that cannot be written to is named in a sentence', async () => {
  const saving = saveFile('/nowhere', file('x'));
  await expect(saving).rejects.toBeInstanceOf(UserError);
  await expect(saving).rejects.toThrow('/nowhere/my-papers.bib cannot be written (ENOENT).');
});

it('the file that a line names is read, and taken from the line', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'my refs.bib');
  writeFileSync(path, 'content');
  const named = await fileIn(`import tag:rl "${path}"`);
  expect(named?.line.trim()).toBe('import tag:rl');
  expect(named?.file).toMatchObject({ name: 'my refs.bib', bytes: 7 });
  expect(String(await named?.file.read(new AbortController().signal))).toBe('content');
  await expect(fileIn('import /nowhere/refs.bib')).rejects.toThrow('/nowhere/refs.bib does not exist');
  expect(await fileIn('import https://example.org/refs.bib')).toBeUndefined();
  expect(await fileIn('import 2406.01574')).toBeUndefined();
});
