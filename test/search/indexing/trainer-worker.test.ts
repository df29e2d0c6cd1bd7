import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTrainer } from '../../../src/app/stores.ts';
import { silentLog } from '../../../src/base/log.ts';
import { openTrainer as openLocalTrainer } from '../../../src/search/indexing/trainer.ts';
import { openVectorIndexer } from '../../../src/search/indexing/vector-indexer.ts';
import { openVectorStore } from '../../../src/search/indexing/vector-store.ts';
import { packTermVector, toTermVector } from '../../../src/search/text/term-vector.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { bring, modelsIn } from './indexing-harness.ts';
import { topicalPapers } from './topics.ts';

async function openFile(count: number) {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = await openTestDatabase(path);
  await bring(connection, topicalPapers(count));
  return { path, connection };
}

async function openTrainerThread(path: string) {
  const opened = await startTrainer({ path });
  onTestFinished(() => opened.close());
  return opened;
}

describe('the trainer thread', () => {
  it('learns the same model as the main thread, and embeds with it', async () => {
    const { path, connection } = await openFile(60);
    const { trainer } = await openTrainerThread(path);
    const texts = topicalPapers(3).map(({ title, abstract }) => ({ title, abstract, authors: '[]' }));
    expect(await trainer.packWords(texts)).toEqual(texts.map((text) => packTermVector(toTermVector(text))));
    const learned = await trainer.learn();
    expect(learned).toEqual(await openLocalTrainer(connection).learn());
    const store = openVectorStore(connection, () => new Date());
    const model = await store.begin({
      maker: 'built-in',
      name: 'lsa-1',
      dimensions: 128,
      papers: 60,
      learned,
    });
    const vectors = await trainer.embed(model, texts);
    expect(vectors).toEqual(await openLocalTrainer(connection).embed(model, texts));
    expect(vectors.every((vector) => vector?.length === 128)).toBe(true);
  });

  it('embeds a stored paper by its packed words', async () => {
    const { path, connection } = await openFile(60);
    const { trainer } = await openTrainerThread(path);
    const store = openVectorStore(connection, () => new Date());
    const words = (await store.overview()).models.find(({ maker }) => maker === 'words')?.id ?? 0;
    const { papers } = await store.pending(words, 3);
    const packed = await trainer.packWords(papers);
    const learned = await trainer.learn();
    const model = await store.begin({
      ...{ maker: 'built-in', name: 'lsa-1', dimensions: 128 },
      ...{ papers: 60, learned },
    });
    const byText = await trainer.embed(
      model,
      papers.map(({ title, abstract }) => ({ title, abstract })),
    );
    await store.save(
      words,
      papers.map((paper, at) => ({ paper, bytes: packed[at] ?? new Uint8Array() })),
      papers.at(-1)?.pk ?? 0,
    );
    const byWords = await trainer.embed(
      model,
      papers.map(({ pk }) => ({ pk, title: '', abstract: '' })),
    );
    expect(byText.every((vector) => vector?.length === 128)).toBe(true);
    expect(byWords).toEqual(byText);
  });

  it('answers other calls while it learns', async () => {
    const { path } = await openFile(520);
    const { trainer } = await openTrainerThread(path);
    const order: string[] = [];
    const learning = trainer.learn().then(() => order.push('learned'));
    await trainer.packWords([{ title: 'Ice', abstract: '', authors: '[]' }]).then(() => order.push('packed'));
    await learning;
    expect(order).toEqual(['packed', 'learned']);
  });

  it('ends with the current call when it is closed', async () => {
    const { path } = await openFile(520);
    const { trainer, close } = await openTrainerThread(path);
    const learning = expect(trainer.learn()).rejects.toThrow('ended with');
    await close();
    await learning;
  });
});

it('a vector indexer that is stopped while the trainer learns ends at once, and the next one finishes', async () => {
  const { path, connection } = await openFile(520);
  const controller = new AbortController();
  let closed = 0;
  const vectorIndexer = openVectorIndexer({
    store: openVectorStore(connection, () => new Date()),
    openTrainer: async () => {
      const { trainer, close } = await openTrainerThread(path);
      return {
        trainer: {
          packWords: (papers) => trainer.packWords(papers),
          embed: (model, texts) => trainer.embed(model, texts),
          calibrateWeight: (sample) => trainer.calibrateWeight(sample),
          shipped: () => trainer.shipped(),
          knownShare: (model) => trainer.knownShare(model),
          updateNearest: () => trainer.updateNearest(),
          learn() {
            const learning = trainer.learn();
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
  await expect(vectorIndexer.sync(controller.signal)).rejects.toThrow('good night');
  expect(closed).toBeGreaterThan(0);
  expect(modelsIn(connection)).toEqual([]);
  const next = openVectorIndexer({
    store: openVectorStore(connection, () => new Date()),
    openTrainer: () => openTrainerThread(path),
    log: silentLog,
  });
  await next.sync(new AbortController().signal);
  expect(modelsIn(connection)).toEqual([{ model: 'lsa-1 128', state: 'serving', papers: 520 }]);
});
