/** Rules of `docs/decisions/layout.md` that the import rules in `.dependency-cruiser.cjs` cannot express. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const MODULES = globSync('{src,commands}/**/*.ts', { cwd: ROOT }).filter((path) => !path.endsWith('.d.ts'));
const textOf = new Map(MODULES.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));

const MOST_IN_FOLDER = 15;
/** Lists that only grow, one file for each entry: migrations, and commands that people type. */
const GROWING: readonly string[] = ['src/db/migrations', 'commands/papers', 'commands/paperfeed'];
const SMALL_LINES = 40;
/**
 * Small modules that stay separate: one of a family, or pure next to impure code. Beyond this number, they
 * must be joined.
 */
const SMALL_ALLOWED = 10;
/** Small by kind: a command, a migration, a table, a source, an entry point. */
const SMALL_BY_NATURE =
  /^commands\/(papers|paperfeed|locales)\/[^/]+\.ts$|^src\/cli\/(main|verbs\/[^/]+)\.ts$|\/migrations\/|-(store|source|worker)\.ts$|^src\/app\/platforms\//;

function exportsOf(text: string): string[] {
  const declared = text.matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm);
  return Array.from(declared, ([, name = '']) => name);
}

function importersOf(module: string): string[] {
  return MODULES.filter((path) => {
    const specifiers = (textOf.get(path) ?? '').matchAll(/(?:from |import\()'(\.[^']+)'/g);
    return Array.from(specifiers, ([, to = '']) => join(dirname(path), to)).includes(module);
  });
}

describe('the layout', () => {
  it('uses an exported name only once outside of platforms', () => {
    const places = new Map<string, string[]>();
    for (const path of MODULES.filter((each) => !each.startsWith('src/platforms/'))) {
      for (const name of exportsOf(textOf.get(path) ?? ''))
        places.set(name, [...(places.get(name) ?? []), path]);
    }
    expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });

  it('names a platform only in its adapter, in the code that opens and configures it, and in migrations', () => {
    const naming = MODULES.filter(
      (path) => !/^src\/(platforms|app\/platforms|config|cli|db\/migrations)\//.test(path),
    ).filter((path) => /'(?:discord|slack|terminal)'/.test(textOf.get(path) ?? ''));
    expect(naming).toEqual([]);
  });

  it('splits a folder of more than 15 modules into subfolders', () => {
    const folders = [...new Set(MODULES.map(dirname))].filter((folder) => !GROWING.includes(folder));
    const sizeOf = (folder: string) => MODULES.filter((path) => dirname(path) === folder).length;
    expect(folders.filter((folder) => sizeOf(folder) > MOST_IN_FOLDER)).toEqual([]);
  });

  it('keeps a small module separate only if two others import it, or by its kind', () => {
    const small = MODULES.filter((path) => {
      const isSmall = (textOf.get(path) ?? '').split('\n').length - 1 <= SMALL_LINES;
      return isSmall && !SMALL_BY_NATURE.test(path) && importersOf(path).length === 1;
    });
    expect(small.length, small.join(', ')).toBeLessThanOrEqual(SMALL_ALLOWED);
  });

  it('has every folder of src in the table of docs/architecture.md', () => {
    const table = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
    const folders = new Set(
      MODULES.filter((path) => path.startsWith('src/')).map((path) => path.split('/')[1]),
    );
    expect([...folders].filter((folder) => !table.includes(`\`src/${folder}/\``))).toEqual([]);
  });

  it('keeps time limits in src/resilience', () => {
    const others = MODULES.filter((path) => !path.startsWith('src/resilience/'));
    const isOfItsOwn =
      /AbortSignal\.timeout\(|Promise\.race\([^;]*(?:sleep|setTimeout|late|bound)\b|from 'p-retry'/;
    expect(others.filter((path) => isOfItsOwn.test(textOf.get(path) ?? ''))).toEqual([]);
  });

  it('has each test at the path of its module', () => {
    const tests = globSync('test/**/*.test.ts', { cwd: ROOT }).filter(
      (path) => !/^test\/(guarantees|contracts|fakes|support|docs|bench)\//.test(path),
    );
    const folders = new Set(MODULES.map(dirname));
    const astray = tests.filter((path) => {
      const folder = dirname(path).replace(/^test\//, '');
      return !folders.has(folder) && !folders.has(`src/${folder}`) && folder !== 'commands';
    });
    expect(astray.map((path) => `${dirname(path)}/${basename(path)}`)).toEqual([]);
  });
});
