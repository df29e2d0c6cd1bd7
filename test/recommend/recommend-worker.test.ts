import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openRecommenderThread } from '../../src/app/stores.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';

const AT = '2026-05-29T12:00:00Z';
const ADA = { platform: 'slack', workspace: 'T1', person: 'ada' };

it('the thread of recommendations answers from the file, and sees what is saved while it runs', async () => {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = await openTestDatabase(path);
  const words = ['torque', 'gripper', 'joint', 'tactile', 'policy', 'sensor'];
  const papers = words.map((word, at) => ({
    id: `2605.0000${at + 1}`,
    title: `The ${word}`,
    abstract: `On the ${word} of robots that grasp.`,
  }));
  await openPaperStore(connection).importBatch(papers, { source: 'arxiv', at: AT });
  const { recommender, close } = openRecommenderThread({ path });
  onTestFinished(close);
  const recommend = () =>
    recommender.recommend({
      audience: { kind: 'person', person: ADA },
      filter: {},
      limit: 5,
      offset: 0,
      now: AT,
    });
  expect(await recommend()).toMatchObject({ state: 'too-few', signals: 0 });
  const library = openLibrary(connection);
  for (const { id } of papers.slice(0, 3)) await library.save({ ...ADA, team: 'slack:T1' }, id, AT);
  const { state, entries } = await recommend();
  expect(state).toBe('ready');
  expect(entries.map(({ paper }) => paper.id).toSorted()).toEqual(papers.slice(3).map(({ id }) => id));
  expect(await recommender.tasteOf({ kind: 'person', person: ADA })).toMatchObject({ saves: 3 });
});
