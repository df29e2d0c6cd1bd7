import { describe, expect, it } from 'vitest';
import { MOST_MESSAGES } from '../../../src/list-import/list-import.ts';
import type { PaperLookup } from '../../../src/sources/lookup.ts';
import { openFakePlatform } from '../../fakes/memory/fake-port.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { ALAN, openHarness } from '../harness.ts';

const scope = [samplePaper(), ...listedPapers('2026-05-28', 6)];
const [ROUTING, SECOND, THIRD] = ['2605.00001', '2605.10001', '2605.10002'];
const LISTED = { limit: 50, offset: 0 };

async function idsOf(harness: Awaited<ReturnType<typeof openHarness>>): Promise<string[]> {
  const { papers } = await harness.library.mine({ ...ALAN, person: 'ada' }, LISTED.limit, LISTED.offset);
  return papers.map(({ paper }) => paper.id).toSorted();
}

describe('an import of pasted papers', () => {
  it('saves ids and links to the person’s own list, with tags and state, and tells known from new saves', async () => {
    const harness = await openHarness(scope);
    await harness.say(`/papers save ${ROUTING}`);
    const { text, ok } = await harness.say(
      `/papers import tag:thesis state:read ${ROUTING} https://arxiv.org/abs/${SECOND}v2, https://huggingface.co/papers/${THIRD}`,
    );
    expect(ok).toBe(true);
    expect(text).toContain('2 papers saved to your list');
    expect(text).toContain('1 was saved already.');
    expect(text).toContain('All of them are tagged #thesis and marked as read.');
    expect(await idsOf(harness)).toEqual([ROUTING, SECOND, THIRD]);
    const details = await harness.library.detailsOf({ ...ALAN, person: 'ada' }, SECOND);
    expect(details).toMatchObject({ tags: ['thesis'], state: 'read' });
    expect((await harness.library.mine(ALAN, 10, 0)).total).toBe(0);
  });

  it.each([
    `import these papers: ${ROUTING} and ${SECOND}`,
    `save these papers ${ROUTING} ${SECOND}`,
    `please import ${ROUTING}, ${SECOND}`,
    `/papers import ${ROUTING} ${SECOND} tagged rl`,
    `import ${ROUTING} ${SECOND} as read`,
    `import: ${ROUTING} ${SECOND}`,
  ])('reads the line “%s”', async (line) => {
    const harness = await openHarness(scope);
    expect((await harness.say(line)).text).toContain('2 papers saved to your list');
    expect(await idsOf(harness)).toEqual([ROUTING, SECOND]);
  });

  it('stores the entries of BibTeX that the store does not have, and saves all of them', async () => {
    const harness = await openHarness(scope);
    const { text } = await harness.say(
      `/papers import tags:thesis @article{a, title={Some Quiet Theorem on Grids}, author={Doe, Jane}, year={2017}} @misc{b, title={Routing}, author={Roe, Ann}, eprint={${ROUTING}}, archivePrefix={arXiv}}`,
    );
    expect(text).toContain('2 papers saved to your list');
    expect(text).toContain('1 is new here.');
    const [stored] = await harness.papers.findByTitle('Some Quiet Theorem on Grids');
    expect(stored?.authors).toEqual(['Jane Doe']);
    expect(await idsOf(harness)).toEqual([ROUTING, stored?.id]);
  });

  it('sets options in the first line only, and takes later lines as they are', async () => {
    const title = 'Tags: a State of the Art';
    const harness = await openHarness([...scope, samplePaper({ id: '2605.00009', title })]);
    const caller = { ...ALAN, person: 'ada' };
    await harness.request({ caller, line: `/papers import state:reading\n${ROUTING}\n${title}` });
    expect(await idsOf(harness)).toEqual([ROUTING, '2605.00009']);
    expect(await harness.library.detailsOf(caller, '2605.00009')).toMatchObject({
      tags: [],
      state: 'reading',
    });
  });

  it('counts a paper once that is named in several ways', async () => {
    const harness = await openHarness([samplePaper({ id: '2605.00009', title: 'One Paper with Two Names' })]);
    const caller = { ...ALAN, person: 'ada' };
    const text = '2605.00009\nOne Paper with Two Names\n@misc: none\nhttps://arxiv.org/abs/2605.00009v3';
    const outcome = await harness.imports.fromText(caller, text, {}, harness.clock.now(), NEVER);
    expect(outcome).toMatchObject({ saved: 1, already: 0 });
  });

  it('names each entry that is not found or wrong with its line, and saves the others', async () => {
    const harness = await openHarness(scope);
    const lines = [
      'Papers of this week:',
      `- ${ROUTING}`,
      '1. 9999.99999',
      'A title that nobody ever wrote',
      'https://example.org/a',
      '10.1000/unknown',
    ];
    const caller = { ...ALAN, person: 'ada' };
    const { text, ok } = await harness.request({ caller, line: `import\n${lines.join('\n')}` });
    expect(ok).toBe(true);
    expect(text).toContain('1 paper saved to your list');
    expect(text).toContain('2 not found');
    expect(text).toContain('Line 4: A title that nobody ever wrote: no stored paper has this title');
    expect(text).toContain('Line 6: 10.1000/unknown: no stored paper has this DOI');
    expect(text).toContain('2 with an error');
    expect(text).toContain('Correct these entries and import the same again; nothing is saved twice.');
    expect(text).toContain('Line 3: 9999.99999 is not an arXiv ID: months go from 01 to 12.');
    expect(text).toContain('Line 5: https://example.org/a: this link is to no paper');
  });

  it('finds papers by title, by DOI and by a citation, and saves nothing on a guess', async () => {
    const harness = await openHarness([
      samplePaper({ id: '2605.00007', title: 'Sparse Attention for Long Genomes', doi: '10.1000/ABC.7' }),
      samplePaper({ id: '2605.00008', title: 'Long Genomes without Attention' }),
    ]);
    const caller = { ...ALAN, person: 'ada' };
    const saves = async (text: string) => {
      const { saved } = await harness.imports.fromText(caller, text, {}, harness.clock.now(), NEVER);
      return saved;
    };
    expect(await saves('genomes attention')).toBe(0);
    expect(await saves('attention for long genomes')).toBe(0);
    expect(await idsOf(harness)).toEqual([]);
    expect(await saves('https://doi.org/10.1000/abc.7')).toBe(1);
    expect(await saves('Doe et al. (2026). Long genomes without attention. NeurIPS.')).toBe(1);
    expect(await idsOf(harness)).toEqual(['2605.00007', '2605.00008']);
  });

  it('asks the sources for papers that are not stored, and says how many did not come', async () => {
    const asked: string[][] = [];
    let isUp = false;
    let store: (ids: readonly string[]) => Promise<void> = async () => {};
    const lookup: PaperLookup = {
      find: async () => 'unreachable',
      async findMany(ids) {
        asked.push([...ids]);
        if (!isUp) return { added: 0, miss: 'unreachable' };
        await store(ids);
        return { added: ids.length, miss: 'unknown' };
      },
    };
    const harness = await openHarness(scope, { lookup });
    store = async (ids) => {
      const records = ids.map((id) => samplePaper({ id, title: `Fetched ${id}` }));
      await harness.papers.importBatch(records, { source: 'arxiv', at: '2026-05-29T00:00:00Z' });
    };
    const line = `/papers import ${ROUTING} 2605.30001 2605.30002`;
    const first = await harness.say(line);
    expect(first.text).toContain('1 paper saved to your list');
    expect(first.text).toContain('2 papers are not loaded yet');
    isUp = true;
    const second = await first.press('Save the rest');
    expect(second.text).toContain('2 papers saved to your list');
    expect(second.text).toContain('1 was saved already.');
    expect(asked).toEqual([
      ['2605.30001', '2605.30002'],
      ['2605.30001', '2605.30002'],
    ]);
  });

  it('refuses more than a thousand entries before it saves any', async () => {
    const harness = await openHarness(scope);
    const ids = Array.from({ length: 1_001 }, (_, at) => `2605.${String(at).padStart(5, '0')}`);
    const caller = { ...ALAN, person: 'ada' };
    const importing = harness.imports.fromText(caller, ids.join('\n'), {}, harness.clock.now(), NEVER);
    await expect(importing).rejects.toThrow('more than 1,000 entries');
    expect(await idsOf(harness)).toEqual([]);
  });

  it('goes on where a stopped import ended when it is repeated', async () => {
    const harness = await openHarness(listedPapers('2026-05-28', 60));
    const ids = listedPapers('2026-05-28', 60).map(({ id = '' }) => id);
    const caller = { ...ALAN, person: 'ada' };
    const stopping = new AbortController();
    const { change } = harness.library;
    let left = 7;
    const flaky = {
      ...harness.importParts,
      library: {
        ...harness.library,
        async change(...args: Parameters<typeof change>) {
          if (left-- === 0) stopping.abort();
          return change(...args);
        },
      },
    };
    const stopped = await harness
      .importsWith(flaky)
      .fromText(caller, ids.join(' '), {}, harness.clock.now(), stopping.signal);
    expect(stopped).toMatchObject({ saved: 8, isStopped: true });
    const again = await harness.imports.fromText(caller, ids.join(' '), {}, harness.clock.now(), NEVER);
    expect(again).toMatchObject({ saved: 52, already: 8 });
  });

  it('of nothing explains what can be imported', async () => {
    const harness = await openHarness(scope);
    const { text } = await harness.request({ caller: ALAN, root: 'papers', name: 'import', values: {} });
    expect(text).toContain('/papers import 2406.01574 2310.11511');
  });
});

const NEVER = new AbortController().signal;

describe('an import of a channel', () => {
  async function opened() {
    const harness = await openHarness(scope);
    const platform = openFakePlatform({ clock: fakeClock('2026-05-29T12:00:00Z'), latencyMs: () => 0 });
    harness.outside.past = {
      ...platform.connect(),
      readPast: async (_, { since = new Date(0), before }) => ({
        messages: platform.past.said
          .filter(({ at }) => at >= since && (before === undefined || at < before))
          .toReversed(),
      }),
    };
    const say = (day: string, text: string) =>
      platform.past.said.push({ at: new Date(`${day}T10:00:00Z`), text });
    say('2026-04-03', `old: arxiv.org/abs/${THIRD}`);
    say('2026-05-02', `look at https://arxiv.org/abs/${ROUTING}`);
    say('2026-05-03', 'nice');
    say(
      '2026-05-20',
      `again <https://arxiv.org/pdf/${ROUTING}|this>, and https://huggingface.co/papers/${SECOND}`,
    );
    const caller = {
      ...ALAN,
      person: 'ada',
      channel: { platform: 'terminal', workspace: 'local', channel: 'lab' },
    };
    return { harness, caller };
  }

  it('counts first, and saves when the button is pressed', async () => {
    const { harness, caller } = await opened();
    await harness.library.save(caller, ROUTING, '2026-05-01T00:00:00Z');
    const asked = await harness.request({ caller, line: '/papers import from:channel since:2026-05' });
    expect(asked.text).toContain(
      '3 messages since 2 May 2026 mention 2 papers, 1 of them saved already. Save the other one to your list?',
    );
    expect(await idsOf(harness)).toEqual([ROUTING]);
    expect(asked.buttons).toEqual(['Save 1 paper']);
    const line = asked.card.actions?.[0];
    const done = await harness.request({ caller, line: line?.kind === 'run' ? line.line : '' });
    expect(done.text).toContain('1 paper saved to your list');
    expect(await idsOf(harness)).toEqual([ROUTING, SECOND]);
  });

  it.each([
    ['import this channel', 3],
    ['save every paper we posted in this channel', 3],
    ['import all papers from this channel', 3],
    ['import everything posted here', 3],
    ['import papers from the last month here', 1],
    ['import the papers that we shared in this channel in May', 2],
    ['import this channel since 1 May 2026', 2],
    ['/papers import from:here since:2026-05-01', 2],
    ['/papers import since:2026-05-10', 2],
  ])('“%s” finds the papers of the channel', async (line, papers) => {
    const { harness, caller } = await opened();
    const { text } = await harness.request({ caller, said: line });
    expect(text).toMatch(new RegExp(`mentions? ${papers} papers?\\.`));
  });

  it('says why older messages were not read, and how to read on', async () => {
    const { harness, caller } = await opened();
    const messages = Array.from({ length: MOST_MESSAGES }, (_, at) => ({
      at: new Date(Date.UTC(2026, 4, 20, 0, 0, MOST_MESSAGES - at)),
      text: SECOND,
    }));
    const { outside } = harness;
    if (outside.past) outside.past = { ...outside.past, readPast: async () => ({ messages, next: 'more' }) };
    const { text } = await harness.request({ caller, line: 'import this channel' });
    expect(text).toContain('2,000 messages since 20 May 2026');
    expect(text).toContain(
      'the limit is 2,000 messages. To read on: /papers import from:channel until:2026-05-20',
    );
  });

  it('says that it takes no topic, and where there is no channel', async () => {
    const { harness, caller } = await opened();
    const narrowed = await harness.request({ caller, line: 'import papers about grids from this channel' });
    expect(narrowed.text).toContain('“grids” cannot be said here');
    const { channel: _, ...nowhere } = caller;
    const { text, ok } = await harness.request({ caller: nowhere, line: 'import this channel' });
    expect([ok, text]).toEqual([false, 'There is no channel here whose messages could be read.']);
  });
});
