import { describe, expect, it } from 'vitest';
import { openChangeRecorder } from '../../src/changes/change-recorder-store.ts';
import { openChangesStore } from '../../src/changes/changes-store.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openMessageStore } from '../../src/messages/message-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { SourceName } from '../../src/papers/source-names.ts';
import { generatedId } from '../../src/text/ids.ts';
import { breakInserts, openTestDatabase } from '../support/database.ts';

const ID = '2605.00001';
const ADDED = '2026-05-29T08:00:00.000Z';
const SAVED = '2026-05-30T08:00:00.000Z';
const LATER = '2026-06-10T08:00:00.000Z';
const ada = { platform: 'slack', workspace: 'T1', person: 'ada', team: 'slack:T1' };
const alan = { ...ada, person: 'alan' };
const elsewhere = { ...ada, workspace: 'T2', team: 'slack:T2' };

const ABSTRACT = 'Large models are slow. We propose a router. It reaches 89.7% on CIFAR.';

/** As arXiv's query returns it. */
const v1: PaperRecord = {
  id: ID,
  version: 1,
  title: 'Routing Tokens',
  abstract: ABSTRACT,
  authors: ['Ada Lovelace', 'Alan Turing'],
  categories: ['cs.LG'],
  published: '2026-05-28T10:00:00.000Z',
  updated: '2026-05-28T10:00:00.000Z',
  comment: '9 pages',
};
const v2: PaperRecord = {
  ...v1,
  version: 2,
  abstract: ABSTRACT.replace('89.7%', '91.2%'),
  updated: '2026-06-09T10:00:00.000Z',
  comment: '10 pages',
};
/** As arXiv announces it in a feed. */
const { comment: _, updated: __, published: ___, ...announced } = v2;
const replacement: PaperRecord = { ...announced, replacedOn: '2026-06-10' };
const listed: PaperRecord = {
  id: ID,
  title: v1.title,
  abstract: v1.abstract,
  authors: ['Ada Lovelace'],
  onHuggingFace: true,
  votes: 5,
};

const V2 = 'v2: in the abstract, “reaches 89.7%” is now “reaches 91.2%”';

async function open() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const changes = openChangesStore(connection);
  const library = openLibrary(connection);
  const bring = (record: PaperRecord, source: SourceName = 'arxiv', at = LATER) =>
    papers.importBatch([record], { source, at });
  const sentences = async () => (await changes.since(0, 100)).map(({ sentence }) => sentence);
  /** Stores a record of the paper and saves it. */
  const save = async (record = v1, source: SourceName = 'arxiv') => {
    await bring(record, source, ADDED);
    await library.save(ada, record.id ?? '', SAVED);
  };
  return { connection, papers, changes, library, bring, sentences, save };
}

describe('news about a saved paper', () => {
  it('is recorded with the new version, in words', async () => {
    const { changes, bring, save } = await open();
    await save();
    await bring(v2);
    expect(await changes.since(0, 10)).toEqual([
      {
        id: 1,
        paper: ID,
        title: 'Routing Tokens',
        seenAt: LATER,
        version: 2,
        what: [
          { kind: 'version', from: 1, to: 2 },
          expect.objectContaining({ kind: 'abstract', extent: 'wording' }),
        ],
        sentence: V2,
      },
    ]);
  });

  it.each<[string, ReadonlyArray<[PaperRecord, SourceName]>]>([
    [
      'the feed and then the query',
      [
        [replacement, 'arxiv'],
        [v2, 'arxiv'],
      ],
    ],
    [
      'the query and then the feed',
      [
        [v2, 'arxiv'],
        [replacement, 'arxiv'],
      ],
    ],
    [
      'a file in between',
      [
        [v2, 'arxiv'],
        [{ ...v2, comment: '10 pages' }, 'export'],
        [v1, 'export'],
      ],
    ],
    [
      'Hugging Face after it',
      [
        [v2, 'arxiv'],
        [listed, 'hugging-face'],
        [v2, 'arxiv'],
      ],
    ],
  ])('is recorded once, from %s', async (_name, records) => {
    const { bring, save, sentences } = await open();
    await save();
    for (const [record, source] of records) await bring(record, source);
    expect(await sentences()).toEqual([V2]);
  });

  it.each<[string, PaperRecord, SourceName, string]>([
    [
      'a withdrawal in a comment',
      { ...v2, comment: 'This paper has been withdrawn due to an error' },
      'arxiv',
      'Withdrawn by the authors: “This paper has been withdrawn due to an error”',
    ],
    [
      'a withdrawal on Hugging Face',
      { ...listed, withdrawnAt: LATER },
      'hugging-face',
      'Withdrawn by the authors',
    ],
    [
      'a DOI that is added later',
      { ...v1, doi: '10.1/x', journalRef: 'Nature 1' },
      'arxiv',
      'Published in Nature 1 (doi 10.1/x)',
    ],
    [
      'acceptance',
      { ...v1, comment: '9 pages, accepted at ICML' },
      'arxiv',
      'The authors’ note: “accepted at ICML”',
    ],
    [
      'a version whose text is the same',
      { ...v1, version: 2, updated: '2026-06-09T10:00:00.000Z' },
      'arxiv',
      'v2: new files; the title and the abstract are the same',
    ],
  ])('is recorded once: %s', async (_name, record, source, sentence) => {
    const { bring, save, sentences } = await open();
    await save();
    await bring(record, source);
    await bring(record, source);
    await bring(listed, 'hugging-face');
    expect(await sentences()).toEqual([sentence]);
  });

  it('is recorded once when two sources report a withdrawal', async () => {
    const { bring, save, sentences } = await open();
    await save();
    await bring({ ...v2, comment: 'Withdrawn: Lemma 3 is wrong' });
    await bring({ ...listed, withdrawnAt: LATER }, 'hugging-face');
    await bring({ ...replacement, version: 3 });
    expect(await sentences()).toEqual(['Withdrawn by the authors: “Withdrawn: Lemma 3 is wrong”']);
  });

  it('is recorded once when several sources say where it was published', async () => {
    const { bring, save, sentences } = await open();
    await save();
    const found = { id: ID, title: v1.title, abstract: v1.abstract, citations: 3 };
    await bring(found, 'semantic-scholar');
    await bring({ ...found, venue: 'ICML' }, 'semantic-scholar');
    await bring({ ...v1, doi: '10.1/x' });
    await bring({ ...v1, doi: '10.1/x', journalRef: 'Proc. ICML' });
    await bring({ ...found, venue: 'ICML', doi: '10.1/X' }, 'semantic-scholar');
    await bring({ ...v2, doi: '10.1/y', journalRef: 'Proceedings of ICML' });
    expect(await sentences()).toEqual(['Published in ICML', V2]);
  });

  it('is recorded when Hugging Face’s list gets a link to code, once', async () => {
    const { bring, save, sentences } = await open();
    await save(listed, 'hugging-face');
    const withCode = { ...listed, codeUrl: 'https://github.com/example/route' };
    await bring(withCode, 'hugging-face');
    await bring(withCode, 'hugging-face');
    expect(await sentences()).toEqual(['Code: github.com/example/route']);
  });
});

describe('what a source knew all along', () => {
  it.each<[string, PaperRecord, SourceName]>([
    ['an older version', { ...v1, version: 1, abstract: 'Another text.' }, 'arxiv'],
    [
      'another source’s text',
      { ...listed, title: 'routing tokens', abstract: 'A publisher’s text.' },
      'hugging-face',
    ],
    ['a poorer record', { id: ID, version: 2, title: v1.title, abstract: '' }, 'export'],
    [
      'a first look at Semantic Scholar',
      { ...listed, venue: 'ICML', doi: '10.1/x', citations: 4 },
      'semantic-scholar',
    ],
    [
      'a first look at Hugging Face',
      { ...listed, codeUrl: 'https://github.com/example/route' },
      'hugging-face',
    ],
    ['another number of pages', { ...v1, comment: '9 pages, 2 figures' }, 'arxiv'],
    ['another category', { ...v1, categories: ['cs.LG', 'cs.CL'] }, 'arxiv'],
  ])('is no news: %s', async (_name, record, source) => {
    const { bring, save, sentences } = await open();
    await save();
    await bring(record, source);
    expect(await sentences()).toEqual([]);
  });

  it('is no news when arXiv is read for a paper from Hugging Face’s list', async () => {
    const { bring, save, sentences } = await open();
    await save(listed, 'hugging-face');
    await bring({ ...v1, version: 3, abstract: 'Another text.', doi: '10.1/x', comment: 'accepted at ICML' });
    expect(await sentences()).toEqual([]);
  });

  it('is told apart from a version that appeared after the paper came from Hugging Face’s list', async () => {
    const { bring, save, sentences } = await open();
    await save(
      { ...listed, abstract: 'We route tau-tokens at sim10% of the cost. It is good.' },
      'hugging-face',
    );
    const abstract =
      'We route $\\tau$-tokens at $\\sim$10% of the cost. It is good. It is tested on four benchmarks.';
    await bring({ ...replacement, abstract });
    await bring({ ...v2, abstract });
    expect(await sentences()).toEqual(['v2: one sentence was added to the abstract']);
  });

  it('is no news when only the markup of Hugging Face’s text differs', async () => {
    const { changes, bring, save } = await open();
    await save({ ...listed, abstract: 'We route tau-tokens at sim10% of the cost.' }, 'hugging-face');
    await bring({ ...replacement, abstract: 'We route $\\tau$-tokens at $\\sim$10% of the cost.' });
    expect((await changes.since(0, 10)).flatMap(({ what }) => what.map(({ kind }) => kind))).toEqual([
      'version',
    ]);
  });
});

describe('papers whose changes are recorded', () => {
  it('are those that were saved, or shown alone, and no others', async () => {
    const { papers, connection, library, changes, sentences } = await open();
    const messages = openMessageStore(connection);
    const ids = ['2605.00001', '2605.00002', '2605.00003', '2605.00004'];
    const all = (record: PaperRecord) => ids.map((id) => ({ ...record, id, title: `Routing ${id}` }));
    await papers.importBatch(all(v1), { source: 'arxiv', at: ADDED });
    await library.save(ada, '2605.00001', SAVED);
    const message = { platform: 'slack', workspace: 'T1', channel: 'C', message: 'm1' };
    await messages.show(message, [{ paper: '2605.00002' }], SAVED);
    await messages.show({ ...message, message: 'm2' }, [{ paper: '2605.00003', number: 1 }], SAVED);
    await papers.importBatch(all(v2), { source: 'arxiv', at: LATER });
    expect((await changes.since(0, 10)).map(({ paper }) => paper)).toEqual(['2605.00001', '2605.00002']);
    expect(await changes.followedAmong(ids.toReversed())).toEqual(['2605.00002', '2605.00001']);
    expect(await sentences()).toEqual([V2, V2]);
  });

  it('keep their changes with the paper in one transaction', async () => {
    const { connection, papers, save, sentences } = await open();
    await save();
    breakInserts(connection, 'papers', `NEW.id = '2605.00009'`, 'disk full');
    const next = { ...v2, id: '2605.00009', title: 'Next' };
    await expect(papers.importBatch([v2, next], { source: 'arxiv', at: LATER })).rejects.toThrow('disk full');
    expect(await sentences()).toEqual([]);
    expect(await papers.find(ID)).toMatchObject({ version: 1 });
    await papers.importBatch([v2], { source: 'arxiv', at: LATER });
    expect(await sentences()).toEqual([V2]);
  });
});

describe('changes of a paper that is known only by its title', () => {
  it('move with it to the same paper with an arXiv ID', async () => {
    const { changes, library, bring } = await open();
    const titled = { title: 'Routing All Tokens', abstract: 'We route.' };
    await bring(titled, 'papers-page', ADDED);
    await library.save(ada, generatedId(titled.title), SAVED);
    await bring({ ...titled, withdrawn: true }, 'papers-page');
    await bring(v1, 'arxiv', LATER);
    await bring({ ...v2, title: titled.title }, 'arxiv', '2026-06-12T08:00:00.000Z');
    const { changes: mine } = await changes.forPerson(ada, 10, 0);
    expect(mine).toMatchObject([{ paper: ID, sentence: 'Withdrawn by the authors' }]);
  });
});

describe('a list of changes', () => {
  it('has those since the person saved the paper, newest first, and the team’s for the team', async () => {
    const { changes, library, bring, save } = await open();
    await save();
    await bring(v2);
    await library.save(alan, ID, '2026-06-11T08:00:00.000Z');
    await bring({ ...v2, version: 3, title: 'Routing All Tokens' }, 'arxiv', '2026-06-12T08:00:00.000Z');
    const [first, second] = [V2, 'v3: the title is now “Routing All Tokens”'];
    const told = ({ changes: page }: { changes: ReadonlyArray<{ sentence: string }> }) =>
      page.map(({ sentence }) => sentence);
    expect(told(await changes.forPerson(ada, 10, 0))).toEqual([second, first]);
    expect(told(await changes.forPerson(alan, 10, 0))).toEqual([second]);
    expect(await changes.forPerson(ada, 1, 1)).toMatchObject({ total: 2, changes: [{ sentence: first }] });
    expect(told(await changes.forTeam({ team: ada.team }, 10, 0))).toEqual([second, first]);
    expect(await changes.forTeam({ team: elsewhere.team }, 10, 0)).toEqual({ total: 0, changes: [] });
    expect(await changes.forPerson(elsewhere, 10, 0)).toEqual({ total: 0, changes: [] });
  });

  it('is read on from the last id, and the latest change of a paper can be marked', async () => {
    const { changes, bring, save } = await open();
    expect(await changes.newest()).toBe(0);
    await save();
    await bring(v2);
    await bring({ ...v2, version: 3 }, 'arxiv', '2026-06-12T08:00:00.000Z');
    expect((await changes.since(1, 10)).map(({ version }) => version)).toEqual([3]);
    expect(await changes.newest()).toBe(2);
    expect((await changes.latestOf([ID, '2605.00009'], ADDED)).map(({ version }) => version)).toEqual([3]);
    expect(await changes.latestOf([ID], '2026-06-13T00:00:00.000Z')).toEqual([]);
  });
});
