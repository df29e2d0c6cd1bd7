/** The lines and the judge of the benchmark of typed lines. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTypedCases, type TypedCase } from '../../bench/typed/cases.ts';
import { openJudge } from '../../bench/typed/judge.ts';
import { catalogue } from '../../commands/index.ts';
import { parseLine } from '../../src/command/parse.ts';

const FOLDER = join(import.meta.dirname, '../../bench/typed');
const NOW = new Date('2026-05-31T12:00:00Z');
const open = readTypedCases(join(FOLDER, 'cases.jsonl'), NOW);
const heldOut = readTypedCases(join(FOLDER, 'held-out.jsonl'), NOW);

const kindsOf = (cases: readonly TypedCase[]) => cases.map(({ kind }) => kind).toSorted();

describe('typed lines', () => {
  it('are different in both halves, which have as many of each kind', () => {
    const lines = [...open, ...heldOut].map(({ typed }) => typed);
    expect(new Set(lines).size).toBe(300);
    expect(kindsOf(open)).toEqual(kindsOf(heldOut));
  });

  it('have commands that the program can parse', () => {
    const commands = [...open, ...heldOut].flatMap(({ commands }) => commands.join('\n').split('\n'));
    const broken = commands.filter((line) => line !== '' && !parses(line));
    expect(broken).toEqual([]);
  });

  it('name past months and years relative to today', () => {
    const lines = [...open, ...heldOut].map(({ typed }) => typed);
    expect(lines).toContain('/papers search point clouds 2026-03');
    expect(lines.filter((line) => /[{}]/.test(line))).toEqual([]);
  });
});

describe('the judge of typed lines', () => {
  const LIST = '12 papers for “x”\n\n  1  A title of a paper\n     https://arxiv.org/abs/2605.00001\n';

  it('compares an answer without its heading', async () => {
    const judge = judgeOf({ typed: LIST.replace('“x”', '“x”, newest first'), 'in full': LIST });
    expect(await judge(tried())).toMatchObject({ right: true, changedWrongly: false });
  });

  it('rejects other papers, and papers in another order', async () => {
    const judge = judgeOf({ typed: LIST.replace('A title', 'Another title'), 'in full': LIST });
    expect((await judge(tried())).right).toBe(false);
  });

  it('counts a change that none of the commands makes', async () => {
    const judge = judgeOf({ typed: 'Saved.', 'in full': LIST }, { typed: '2605.00001' });
    expect((await judge(tried())).changedWrongly).toBe(true);
  });

  it('wants words to be quoted without a filter beside them', async () => {
    const literal = 'learning since birth';
    const judge = (heading: string) =>
      judgeOf({ typed: heading })(tried({ commands: [], literal })).then(({ right }) => right);
    expect(await judge(`3 papers for “${literal}”`)).toBe(true);
    expect(await judge(`3 papers for “${literal}”, newest first`)).toBe(false);
    expect(await judge('3 papers for “learning” since birth')).toBe(false);
  });

  it('compares all of an answer that is no list, but for its heading and a remark', async () => {
    const help = 'Saving papers\n\nSave a paper to your list.\nAn id, a link or words.\n';
    const judge = (typed: string) => judgeOf({ typed, 'in full': help })(tried());
    expect((await judge(help.replace('Saving', 'Help on saving').concat('Read as help'))).right).toBe(true);
    expect((await judge(help.replace('Save a', 'Remove a'))).right).toBe(false);
    expect((await judge(help.replace('An id, a link or words.\n', ''))).right).toBe(false);
    expect((await judge(`${help}\nOne\nTwo\nThree\nFour`)).right).toBe(false);
  });

  it('wants a short answer without papers to a greeting', async () => {
    const judge = (typed: string) => judgeOf({ typed })(tried({ commands: [], loose: true }));
    expect((await judge('Hello. Try /papers search world models')).right).toBe(true);
    expect((await judge(LIST)).right).toBe(false);
    expect((await judge('No paper matches “hello”.')).right).toBe(false);
  });
});

function tried(given: Partial<TypedCase> = {}): TypedCase {
  return {
    number: 1,
    kind: 'time',
    typed: 'typed',
    commands: ['in full'],
    first: [],
    afterwards: undefined,
    literal: undefined,
    loose: false,
    ...given,
  };
}

/** @param states saved papers and feeds after a line, by line */
function judgeOf(answers: Readonly<Record<string, string>>, states: Readonly<Record<string, string>> = {}) {
  return openJudge({
    have: async ([line = '']) => ({
      printed: answers[line] ?? '',
      afterwards: undefined,
      state: states[line] ?? '',
    }),
    close: async () => {},
  });
}

function parses(line: string): boolean {
  try {
    parseLine(catalogue, line);
    return true;
  } catch {
    return false;
  }
}
