import { describe, expect, it } from 'vitest';
import { catalogue } from '../../commands/index.ts';
import type { Card } from '../../src/chat/card.ts';
import { checkCatalogue } from '../../src/command/check-catalogue.ts';
import { parseLine } from '../../src/command/parse.ts';
import { validate } from '../../src/command/validate.ts';
import { openAnnouncementStore } from '../../src/sources/harvest/announcement-store.ts';
import { openHarvestStore } from '../../src/sources/harvest/harvest-store.ts';
import { listedPapers, samplePaper } from '../support/papers.ts';
import { ALAN, openHarness } from './harness.ts';

const scope = [samplePaper(), ...listedPapers('2026-05-28', 7)];

/** On platforms with forms. */
const OPENS_FORM = /^\/papers (?:note \S+|connect zotero)$/;

describe('the catalogue', () => {
  it('every platform accepts the catalogue and its examples', () => {
    expect(checkCatalogue(catalogue)).toEqual([]);
  });

  it('commands about one person are answered privately', () => {
    const secret = (root: string) =>
      catalogue.filter((command) => command.root === root && command.visibility === 'private');
    const names = (root: string) => secret(root).map(({ name }) => name);
    expect(names('papers').toSorted()).toEqual([
      'changes',
      'connect',
      'digest',
      'disconnect',
      'export',
      'feeds',
      'forget-me',
      'help',
      'import',
      'later',
      'note',
      'read',
      'recommend',
      'save',
      'saved',
      'tag',
      'taste',
      'unsave',
      'unwatch',
      'watch',
      'watches',
      'why',
    ]);
    expect(names('paperfeed').toSorted()).toEqual([
      'allow',
      'disallow',
      'dismiss',
      'links',
      'list',
      'post',
      'preview',
      'why',
    ]);
  });
});

describe('buttons', () => {
  it('every button contains a valid command line', async () => {
    const ofExamples = samplePaper({ id: '2406.01574', title: 'World Models that Robots Share' });
    const { say } = await openHarness([ofExamples, ...scope]);
    await say('/papers save 2605.00001');
    const asked = [
      ...catalogue.flatMap(({ examples }) => examples).filter((line) => !OPENS_FORM.test(line)),
      '/papers show experts for speech',
      '/papers save mixture of experts',
      '/papers search "mixture of experts" category:cs.LG limit:3 sort:votes',
      String.raw`/papers search say "a \ b" experts since:2020`,
      '/papers trending "mixture of" limit:2 date:2026-05-28',
      '/papers random category:cs.LG min_votes:1',
      '/papers saved',
    ];
    const cards = await Promise.all(asked.map(async (line) => (await say(line)).card));
    const lines = cards.flatMap(linesOn);
    expect(lines.length).toBeGreaterThan(30);
    for (const line of lines) {
      const { command, values } = parseLine(catalogue, line);
      expect(() => validate(command, values, new Date()), line).not.toThrow();
    }
  });
});

describe('help', () => {
  it('a bare /papers shows a short help: every command by topic, on one screen of a phone', async () => {
    const { say } = await openHarness();
    const { text, buttons } = await say('/papers');
    for (const { name } of catalogue) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
    expect(buttons).toEqual([
      'Find papers',
      'Read a paper',
      'Save papers',
      'Watch for new papers',
      'Channel feeds',
      'About',
    ]);
    // A phone shows about 40 characters on a line.
    const lines = text.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / 40), 0);
    expect(lines).toBeLessThanOrEqual(20);
  });

  it('a topic of the help shows its commands with an example, and leads back', async () => {
    const { say } = await openHarness();
    const help = await say('/papers help');
    const seen = new Set<string>();
    for (const label of help.buttons) {
      const topic = await help.press(label);
      expect(topic.card.title).toBe(label);
      for (const { description, examples } of catalogue) {
        if (topic.text.includes(`${examples[0]}: ${description}`)) seen.add(examples[0]);
      }
      expect((await topic.press('All topics')).text).toBe(help.text);
    }
    expect(seen.size).toBe(catalogue.length);
    expect((await say('/papers help Saving')).card.title).toBe('Save papers');
  });

  it('no topic of the help has the name of a command', () => {
    for (const topic of ['finding', 'reading', 'saving', 'following', 'about'])
      expect(catalogue.map(({ name }) => name)).not.toContain(topic);
  });

  it.each(['search', '/papers search', 'papers search', 'SEARCH'])(
    'help for “%s” shows the options of search',
    async (name) => {
      const { say } = await openHarness();
      const { card, text } = await say(`/papers help ${name}`);
      expect(card.title).toBe('/papers search');
      for (const option of [
        'query',
        'limit',
        'since',
        'until',
        'category',
        'author',
        'min_votes',
        'sort',
        'page',
      ]) {
        expect(text).toContain(`${option}: `);
      }
    },
  );

  it('help for a misspelt command suggests the nearest one', async () => {
    const { say } = await openHarness();
    expect((await say('/papers help serch')).text).toBe('There is no command “serch”. Did you mean search?');
    expect((await say('/papers help xyz')).text).toBe(
      'There is no command “xyz”. See all commands: /papers help',
    );
  });
});

describe('stats', () => {
  it('stats show the number of papers and how recent they are', async () => {
    const { say } = await openHarness([
      samplePaper({ id: '2211.00001', title: 'Old', published: '2022-11' }),
      ...scope,
    ]);
    await say('/papers save 2605.00001');
    expect((await say('/papers stats')).text).toBe(
      [
        '9 papers',
        'Newest list: Thursday 28 May 2026, 7 papers (yesterday)',
        'Daily lists: 1',
        'Published: Nov 2022 to 28 May 2026',
        'Categories: cs.CL 9 · cs.LG 9',
        'Saves: 1',
      ].join('\n'),
    );
  });

  it('stats say how complete arXiv is, and which of its feeds left something out', async () => {
    const { say, connection } = await openHarness(scope);
    await openHarvestStore(connection).save({
      ...{ name: 'all', phase: 'rest', stalls: 0, rounds: 0, read: 0, busyMs: 0, completeTo: '2026-05-29' },
    });
    await openAnnouncementStore(connection).note({
      ...{ feed: 'cs.LG', day: '2026-05-27', seenAt: '2026-05-27T06:00:00.000Z', entries: 90 },
      ...{ fingerprint: 'x', problem: 'repeated' },
    });
    const { text } = await say('/papers stats');
    expect(text).toContain('Papers of arXiv: complete from 1991 to yesterday; 8 papers');
    expect(text).toContain('arXiv’s feed: Wednesday 27 May: the feed repeated an earlier day.');
  });
});

describe('random', () => {
  it('random shows a matching paper, and another one on a press', async () => {
    const { say } = await openHarness(scope);
    const said = await say('/papers random CS.lg min_votes:100');
    expect(said.text).toMatch(/^Routing Tokens to Mixtures of Experts\n/);
    expect((await said.press('Another')).text).toBe(said.text);
  });

  it('random says that no paper matches the filter', async () => {
    const { say } = await openHarness(scope);
    expect((await say('/papers random cs.RO since:2026')).text).toBe(
      'No papers in cs.RO, since 2026. Try a wider filter.',
    );
  });
});

describe('completion', () => {
  it('completion offers papers by title and sends their id', async () => {
    const { suggest } = await openHarness(scope);
    expect(await suggest('show', 'paper', 'routing tok')).toEqual([
      { label: 'Routing Tokens to Mixtures of Experts', value: '2605.00001' },
    ]);
  });

  it('completion for unsave offers only papers that this person saved', async () => {
    const { say, suggest } = await openHarness(scope);
    await say('/papers save 2605.10002');
    await say('/papers save 2605.10003');
    await say('/papers save 2605.10004', ALAN);
    expect((await suggest('unsave', 'paper', '')).map(({ value }) => value)).toEqual([
      '2605.10003',
      '2605.10002',
    ]);
    expect((await suggest('unsave', 'paper', 'PROT')).map(({ value }) => value)).toEqual(['2605.10002']);
  });

  it('completion offers categories and authors', async () => {
    const { suggest } = await openHarness(scope);
    expect(await suggest('search', 'category', 'cs.l')).toEqual([{ label: 'cs.LG', value: 'cs.LG' }]);
    expect(await suggest('search', 'author', 'love')).toEqual([
      { label: 'Ada Lovelace', value: 'Ada Lovelace' },
    ]);
  });
});

function linesOn(card: Card): string[] {
  const actions = [
    ...(card.actions ?? []),
    ...card.blocks.flatMap((block) => (block.kind === 'entry' ? block.actions : [])),
  ];
  return actions.flatMap((action) => (action.kind === 'run' ? [action.line] : []));
}
