/** The rules of `docs/style-of-texts.md` that a program can check. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const CODE = globSync('{*,{src,commands,bench,data,scripts,test}/**/*}.{ts,js,cjs}', { cwd: ROOT }).map(
  (path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }),
);

/** As wide as the formatter makes code. */
const MOST_COLUMNS = 110;
const COMMENT = /^\s*(?:\/\/|\/?\*)/;
const RIDDLE = /^\/(?:\*\*|\/)\s*(?:\*\s*)?(?:What|Who|Whose|Whom|Whether|Which|Where|When|How)\b/;
/** A call of the logger whose last argument is a literal. */
const LOG_CALL = /\blog\.(?:debug|info|warn|error|fatal)\((?:[^'"`;]|'[^'\n]*')*?'([^'\n]+)',?\s*\)/g;
/** A call of the logger whose last argument is a variable or a template. */
const COMPUTED_LOG_CALL =
  /\blog\.(?:debug|info|warn|error|fatal)\((?:\{[^{}]*\}|\w+),\s*(?:[\w.]+|`[^`]*`),?\s*\)/g;
/** Logs the literals of its callers. */
const FORWARDS = 'src/messages/message-handlers.ts';

describe('prose', () => {
  it('has no comment that is wider than the code', () => {
    const wide = CODE.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, at) =>
          COMMENT.test(line) && line.length > MOST_COLUMNS ? [`${path}:${String(at + 1)}`] : [],
        ),
    );
    expect(wide).toEqual([]);
  });

  it('begins a module with a noun phrase or a verb', () => {
    expect(CODE.filter(({ text }) => RIDDLE.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('logs an area and what failed, so that operators can search for it', () => {
    const sentences = CODE.filter(({ path }) => path.startsWith('src/')).flatMap(({ path, text }) =>
      Array.from(text.matchAll(LOG_CALL), ([, message = '']) => `${path}: ${message}`).filter(
        (found) => !/^\S+: [a-z][\w -]*: [^.]+$/.test(found),
      ),
    );
    expect(sentences).toEqual([]);
  });

  it('logs a literal message, so that it never changes with a value', () => {
    const computed = CODE.filter(({ path }) => path.startsWith('src/') && path !== FORWARDS).flatMap(
      ({ path, text }) => Array.from(text.matchAll(COMPUTED_LOG_CALL), ([call]) => `${path}: ${call}`),
    );
    expect(computed).toEqual([]);
  });

  it('says “the bot” on cards, as Paperboy is the name of the program', () => {
    const named = CODE.filter(({ path }) => path.startsWith('commands/')).flatMap(({ path, text }) =>
      text.split('\n').flatMap((line) => (line.includes('Paperboy') ? [`${path}: ${line.trim()}`] : [])),
    );
    expect(named).toEqual([]);
  });
});
