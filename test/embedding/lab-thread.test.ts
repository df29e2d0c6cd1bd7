import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openKeeper } from '../../src/embedding/keeper.ts';
import { openLab as openLabHere } from '../../src/embedding/lab.ts';
import { openVectorStore } from '../../src/embedding/vector-store.ts';
import { silentLog } from '../../src/log.ts';
import { packProfile, toProfile } from '../../src/search/profile.ts';
import { openLab } from '../../src/stores.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';
import { bring, modelsIn } from './kept.ts';
import { topicalPapers } from './topics.ts';

async function openFile(count: number) {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = await openTestDatabase(path);
  await bring(connection, topicalPapers(count));
  return { path, connection };
}

async function startLab(path: string) {
  const opened = await openLab(path);
  onTestFinished(() => opened.close());
  return opened;
}

describe('the thread that learns', () => {
  it('gives what learning here gives, and places by it', async () => {
    const { path, connection } = await openFile(60);
    const { lab } = await startLab(path);
    const texts = topicalPapers(3).map(({ title, abstract }) => ({ title, abstract, authors: '[]' }));
    expect(await lab.packWords(texts)).toEqual(texts.map((text) => packProfile(toProfile(text))));
    const learned = await lab.learn();
    expect(learned).toEqual(await openLabHere(connection).learn());
    const store = openVectorStore(connection, () => new Date());
    const model = await store.begin({
      maker: 'built-in',
      name: 'lsa-1',
      dimensions: 128,
      papers: 60,
      learned,
    });
    const places = await lab.place(model, texts);
    expect(places).toEqual(await openLabHere(connection).place(model, texts));
    expect(places.every((place) => place?.length === 128)).toBe(true);
  });

  it('answers other calls while it learns', async () => {
    const { path } = await openFile(520);
    const { lab } = await startLab(path);
    const order: string[] = [];
    const learning = lab.learn().then(() => order.push('learned'));
    await lab.packWords([{ title: 'Ice', abstract: '', authors: '[]' }]).then(() => order.push('packed'));
    await learning;
    expect(order).toEqual(['packed', 'learned']);
  });

  it('ends with the call under way when it is closed', async () => {
    const { path } = await openFile(520);
    const { lab, close } = await startLab(path);
    const learning = expect(lab.learn()).rejects.toThrow('ended with');
    await close();
    await learning;
  });
});

it('a keeper that is stopped while its thread learns ends at once, and the next one finishes', async () => {
  const { path, connection } = await openFile(520);
  const controller = new AbortController();
  let closed = 0;
  const keeper = openKeeper({
    store: openVectorStore(connection, () => new Date()),
    openLab: async () => {
      const { lab, close } = await startLab(path);
      return {
        lab: {
          packWords: (papers) => lab.packWords(papers),
          place: (model, texts) => lab.place(model, texts),
          chooseShare: (rehearsal) => lab.chooseShare(rehearsal),
          learn() {
            const learning = lab.learn();
            setImmediate(() => controller.abort(new Error('good night')));
            return learning;
          },
        },
        close: async () => {
          closed += 1;
          await close();
        },
      };
    },
    log: silentLog,
  });
  await expect(keeper.keep(controller.signal)).rejects.toThrow('good night');
  expect(closed).toBeGreaterThan(0);
  expect(modelsIn(connection)).toEqual([]);
  const next = openKeeper({
    store: openVectorStore(connection, () => new Date()),
    openLab: () => startLab(path),
    log: silentLog,
  });
  await next.keep(new AbortController().signal);
  expect(modelsIn(connection)).toEqual([{ model: 'lsa-1 128', state: 'serving', papers: 520 }]);
});
