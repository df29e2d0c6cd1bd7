import { describe, expect, it } from 'vitest';
import { catalogue } from '../../commands/index.ts';
import { fullName } from '../../src/command/catalogue.ts';
import { formatLine } from '../../src/command/line.ts';
import { commandNamedBy, parseLine } from '../../src/command/parse.ts';
import { validate } from '../../src/command/validate.ts';
import { sampleCatalogue } from './sample-commands.ts';

function read(line: string): [string, Record<string, string | number>] {
  const { command, values } = parseLine(sampleCatalogue, line);
  return [fullName(command), values];
}

function valuesOf(line: string): Record<string, string | number> {
  return read(line)[1];
}

/** mulberry32: the same numbers for the same seed on every machine. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('formatLine', () => {
  it('formatLine quotes only values that would not parse back', () => {
    const args = { query: 'mixture of experts', page: 2 };
    expect(formatLine({ root: 'papers', name: 'search', args })).toBe(
      '/papers search query:"mixture of experts" page:2',
    );
    expect(formatLine({ root: 'papers', name: 'show', args: { paper: '2406.01574' } })).toBe(
      '/papers show paper:2406.01574',
    );
    expect(formatLine({ root: 'papers', name: 'search', args: { query: 'say "hi"' } })).toBe(
      String.raw`/papers search query:"say \"hi\""`,
    );
  });

  it('formatLine puts free text first and leaves out absent options', () => {
    const args = { limit: 3, author: undefined };
    expect(formatLine({ root: 'papers', name: 'search', args }, ' test-time\n training ')).toBe(
      '/papers search test-time training limit:3',
    );
  });

  it('formatted lines parse back to the same values', () => {
    const random = numbersFrom(20260529);
    const pieces = [
      'a',
      'Ω',
      ' ',
      '  ',
      '"',
      "'",
      '\\',
      '“',
      '”',
      '‘',
      '’',
      '«',
      '„',
      ':',
      'limit:',
      'query:',
      '--',
      '—',
      '/',
      '\n',
      '\t',
      '🧪',
      '漢',
      'https://x.y/z',
      '｀',
      '\u0000',
      '0',
      '-',
    ];
    const text = (): string =>
      Array.from(
        { length: 1 + Math.floor(random() * 8) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join('');
    for (let round = 0; round < 5000; round++) {
      const args = {
        query: text(),
        author: text(),
        category: text(),
        limit: Math.floor(random() * 1000) - 500,
      };
      const line = formatLine({ root: 'papers', name: 'search', args });
      expect(valuesOf(line), line).toEqual({ ...args, limit: String(args.limit) });
    }
  });
});

describe('a typed line', () => {
  it('a typed line needs neither slash nor root', () => {
    const expected = ['/papers search', { query: 'agents' }];
    expect(read('/papers search agents')).toEqual(expected);
    expect(read('papers search agents')).toEqual(expected);
    expect(read('search agents')).toEqual(expected);
    expect(read('  /PAPERS  Search   agents ')).toEqual(expected);
    expect(read('/search agents')).toEqual(expected);
    expect(read('follow topic:x')).toEqual(['/paperfeed follow', { topic: 'x' }]);
  });

  it('commands of other roots need a slash or root before free text', () => {
    expect(() => read('follow the leader')).toThrow('Did you mean /paperfeed follow?');
    expect(() => read('/follow the leader')).toThrow(/does not take the text “the leader”/);
  });

  it('options may be anywhere; other words are free text, including quotes', () => {
    expect(valuesOf('/papers search limit:3 test-time training sort:votes')).toEqual({
      query: 'test-time training',
      limit: '3',
      sort: 'votes',
    });
    expect(valuesOf('search "mixture of limit:3" experts')).toEqual({
      query: '"mixture of limit:3" experts',
    });
  });

  it('a typed line may have the quotes and dashes of phones', () => {
    expect(valuesOf('search author:“Jane Doe” agents')).toEqual({ author: 'Jane Doe', query: 'agents' });
    expect(valuesOf('search author:‘Jane Doe’ agents')).toEqual({ author: 'Jane Doe', query: 'agents' });
    expect(valuesOf("search author:'Jane Doe' agents")).toEqual({ author: 'Jane Doe', query: 'agents' });
    expect(valuesOf('search author:„Jane Doe“ x')).toEqual({ author: 'Jane Doe', query: 'x' });
    expect(valuesOf('search x —limit:3')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search x --limit:3')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search x limit：3')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search x --limit=3')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search —limit="3" x')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search limit=3 a--limit=3')).toEqual({ limit: '3', query: 'a--limit=3' });
    expect(valuesOf('search x --limit 3')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search E=mc2')).toEqual({ query: 'E=mc2' });
  });

  it('apostrophes are not parsed as quotes', () => {
    expect(valuesOf("search author:O'Brien author's choice")).toEqual({
      author: "O'Brien",
      query: "author's choice",
    });
    expect(valuesOf("search author:'tHooft x")).toEqual({ author: "'tHooft", query: 'x' });
  });

  it('an option is recognised in any spelling of its name', () => {
    for (const name of ['min_votes', 'min-votes', 'MIN_VOTES', 'min—votes', 'minvotes', 'Min‐Votes']) {
      expect(valuesOf(`search x ${name}:10`)).toEqual({ query: 'x', min_votes: '10' });
    }
  });

  it('a space may follow the colon of an option', () => {
    expect(valuesOf('search x limit: 3')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search author: "Jane Doe" x')).toEqual({ author: 'Jane Doe', query: 'x' });
    expect(valuesOf('search query: mixture of experts')).toEqual({ query: 'mixture of experts' });
    expect(() => read('search x limit:')).toThrow(
      'limit needs a value. For example: /papers search test-time',
    );
  });

  it('links, ids and titles with colons are text', () => {
    for (const text of [
      'https://arxiv.org/abs/2401.01234',
      'arXiv:2401.01234',
      'doi:10.48550/arXiv.2401.01234',
      'BERT: Pre-training of Deep Bidirectional Transformers',
      'Data: a survey',
      'Sot: x',
      'ratio 3:1',
    ]) {
      expect(valuesOf(`search ${text}`)).toEqual({ query: text });
    }
  });

  it('a slip in an option is forgiven where nothing changes, and otherwise suggested', () => {
    expect(valuesOf('search x limt:3')).toEqual({ query: 'x', limit: '3' });
    expect(valuesOf('search x categroy:cs.LG')).toEqual({ query: 'x', category: 'cs.LG' });
    expect(() => read('save x papr:1')).toThrow('/papers save has no option papr. Did you mean paper:1?');
    expect(() => read('search x votes:10')).toThrow('Did you mean min_votes:10?');
  });

  it('an option that is set twice and an unclosed quote are refused', () => {
    expect(() => read('search x limit:3 limit:4')).toThrow('limit is set twice. Remove one of them.');
    expect(() => read('search x author:"Jane')).toThrow(
      'The quote after author: is not closed. Add " at the end.',
    );
    expect(() => read(`search ${'x'.repeat(20_000)}`)).toThrow(
      'That line is too long: 20007 characters. The limit is 16000.',
    );
  });

  it('a misspelt command is run if it changes nothing, and otherwise suggested', () => {
    expect(read('/papers serach x')).toEqual(['/papers search', { query: 'x' }]);
    expect(read('/serach x')).toEqual(['/papers search', { query: 'x' }]);
    expect(() => read('/papers svae x')).toThrow('There is no /papers svae. Did you mean /papers save?');
    expect(() => read('/svae x')).toThrow('There is no /svae. Did you mean /papers save?');
  });

  it('an unknown command is answered with those that there are', () => {
    expect(read('/paper search x')).toEqual(['/papers search', { query: 'x' }]);
    expect(() => read('/paper save x')).toThrow('There is no /paper. Did you mean /papers?');
    expect(() => read('/paperfeed zzzzzz')).toThrow(
      'There is no /paperfeed zzzzzz. Available: /paperfeed follow.',
    );
    expect(read('/papers world models')).toEqual(['/papers search', { query: 'world models' }]);
    expect(() => read('zzzzzz y')).toThrow(
      '“/zzzzzz” is not a command. Commands begin with /papers or /paperfeed.',
    );
    expect(() => read('')).toThrow('is not a command');
  });

  it('a bare root, a question mark and --help show the help', () => {
    for (const line of ['/papers', '/paperfeed', '/papers ?', '/papers --help', '/paperfeed help']) {
      expect(read(line), line).toEqual(['/papers help', {}]);
    }
  });

  it('free text is refused if no option takes it', () => {
    expect(() => read('/papers random forests')).toThrow(
      '/papers random does not take the text “forests”. For example: /papers random',
    );
  });

  it('names of object properties are not commands or options', () => {
    expect(valuesOf('search constructor:x __proto__:y')).toEqual({ query: 'constructor:x __proto__:y' });
  });

  it('parsing any text succeeds or throws a UserError', () => {
    const random = numbersFrom(7);
    const signs = '/papers search "“”\'‘’:—–-_\\ \n\t\u0000\u202e🧪漢limit author';
    for (let round = 0; round < 5000; round++) {
      const line = Array.from(
        { length: Math.floor(random() * 60) },
        () => signs[Math.floor(random() * signs.length)],
      ).join('');
      try {
        parseLine(sampleCatalogue, `search ${line}`);
      } catch (error) {
        expect(error, line).toHaveProperty('name', 'UserError');
      }
      commandNamedBy(sampleCatalogue, line);
    }
  });
});

describe('a renamed option', () => {
  it('a renamed option is accepted under its former name', () => {
    const line = '/paperfeed follow thin:skip outage:wait';
    const { command, values } = parseLine(catalogue, line);
    const named = { if_few: 'skip', if_source_down: 'wait' };
    expect(values).toEqual(named);
    const now = new Date('2026-05-29T12:00:00Z');
    expect(validate(command, { thin: 'skip', outage: 'wait' }, now)).toMatchObject(named);
  });
});
