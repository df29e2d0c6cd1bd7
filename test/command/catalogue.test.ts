import { describe, expect, it } from 'vitest';
import type { CommandShape } from '../../src/command/catalogue.ts';
import { checkCatalogue } from '../../src/command/check-catalogue.ts';
import type { Options } from '../../src/command/define.ts';
import { commandHelp, commandsTable, usageLine } from '../../src/command/usage.ts';
import { sampleCatalogue } from './sample-commands.ts';

const options: Options = { topic: { type: 'string', description: 'Only about this' } };
const fine: CommandShape = {
  root: 'papers',
  name: 'x',
  description: 'Does x.',
  visibility: 'public',
  options,
  examples: ['/papers x'],
};

function many(count: number): Options {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`o${at}`, { type: 'string', description: 'd' }]),
  );
}

function choosing(choices: readonly string[]): Options {
  return { pick: { type: 'choice', description: 'd', choices } };
}

describe('checkCatalogue', () => {
  it('checkCatalogue accepts a valid catalogue', () => {
    expect(checkCatalogue(sampleCatalogue)).toEqual([]);
    expect(checkCatalogue([fine])).toEqual([]);
  });

  it.each<[string, Partial<CommandShape>, string]>([
    ['a name of 33', { name: 'x'.repeat(33), examples: [`/papers ${'x'.repeat(33)}`] }, 'does not match'],
    ['a name with a capital', { name: 'X' }, 'does not match'],
    ['a description of 101', { description: 'x'.repeat(101) }, 'description of 101 characters'],
    ['no description', { description: '' }, 'description of 0 characters'],
    ['26 options', { options: many(26) }, '26 options; at most 25 are allowed'],
    ['26 choices', { options: choosing(Array.from({ length: 26 }, (_, at) => `c${at}`)) }, '26 choices'],
    ['a choice of 101', { options: choosing(['x'.repeat(101)]) }, 'choice'],
    ['a rest that is no option', { rest: 'nothing' }, 'rest is nothing, which is not a string option'],
    [
      'a default out of range',
      { options: { n: { type: 'integer', description: 'd', min: 1, default: 0 } } },
      'its default is out of range',
    ],
    [
      'an example with a wrong option',
      { rest: 'topic', examples: ['/papers x topc:1'] },
      'Did you mean topic:1?',
    ],
    [
      'an example of a wrong value',
      { options: choosing(['a']), examples: ['/papers x pick:b'] },
      'cannot be “b”',
    ],
  ])('checkCatalogue finds %s', (_, change, problem) => {
    expect(checkCatalogue([{ ...fine, ...change }]).join('\n')).toContain(problem);
  });

  it('checkCatalogue accepts values at the limits', () => {
    const name = 'x'.repeat(32);
    const atLimits: CommandShape = {
      ...fine,
      name,
      description: 'x'.repeat(100),
      options: many(25),
      examples: [`/papers ${name}`],
    };
    expect(checkCatalogue([atLimits])).toEqual([]);
  });

  it('checkCatalogue finds duplicate names, wrong examples and too much text', () => {
    expect(checkCatalogue([fine, fine])).toContain('/papers x is defined twice');
    expect(checkCatalogue([fine, { ...fine, name: 'y' }])).toContain(
      '/papers y: its example “/papers x” runs another command',
    );
    const wordy = Array.from(
      { length: 25 },
      (_, at): CommandShape => ({
        ...fine,
        name: `x${at}`,
        examples: [`/papers x${at}`],
        options: choosing(Array.from({ length: 25 }, (_, each) => `choice number ${each}`)),
      }),
    );
    expect(checkCatalogue(wordy).join()).toContain('characters; at most 8000 are allowed');
  });
});

describe('the description of a command', () => {
  it('usage shows free text first, required options without brackets, ranges and choices', () => {
    const [search, , , , random] = sampleCatalogue;
    expect(search && usageLine(search)).toBe(
      '/papers search <query> [limit:1-10] [page:number] [sort:relevance|newest|votes] [since:day] [until:day] [category:text] [author:text] [min_votes:number]',
    );
    expect(random && usageLine(random)).toBe('/papers random');
  });

  it('help explains every option', () => {
    const [search] = sampleCatalogue;
    const fields = (search ? commandHelp(search) : []).flatMap((block) =>
      block.kind === 'fields' ? block.fields : [],
    );
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(search?.options ?? {}));
    expect(fields[1]?.value).toEqual(['How many papers: 1 to 10; 5 by default']);
    expect(fields[3]?.value).toEqual(['What comes first: relevance, newest or votes; relevance by default']);
    expect(fields[0]?.value).toEqual(['What to look for: required']);
  });

  it('the guide’s table has one row per command and escapes bars', () => {
    const table = commandsTable([{ ...fine, description: 'This | that.' }], () => undefined);
    expect(table.split('\n')).toEqual([
      '| Command | What it does | Options | Example |',
      '| --- | --- | --- | --- |',
      '| `/papers x` | This \\| that. | `topic` | `/papers x` |',
      '',
    ]);
  });
});
