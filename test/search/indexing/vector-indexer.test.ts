import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SqliteConnection } from '../../../src/db/open.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { FEWEST_PAPERS } from '../../../src/search/indexing/built-in.ts';
import { openTrainer, type Trainer } from '../../../src/search/indexing/trainer.ts';
import { DIMENSIONS } from '../../../src/search/lsa/model-bytes.ts';
import { openSearchService } from '../../../src/search/search-service.ts';
import { INDEX_FORM } from '../../../src/text/index-text.ts';
import {
  embedByWords,
  embeddings,
  held,
  openEmbeddingServer,
  placing,
  readAsked,
} from '../../fakes/llm/embedding-server.ts';
import { json } from '../../fakes/sources/http-server.ts';
import { lifetime } from '../../support/crash-injection.ts';
import { copyDatabase, openTestSqlite } from '../../support/database.ts';
import { listeningLog } from '../../support/listening-log.ts';
import { bring, modelsIn, openTestKeeper, serverEmbedder, sync, vectorsIn } from './indexing-harness.ts';
import { topicalPapers } from './topics.ts';

/** The model of packed words, which has no dimensions. */
const WORDS = `words-${INDEX_FORM} 0`;

const BUILT_IN = `lsa-1 ${DIMENSIONS}`;
/** The vectors that are shipped with the program. */
const SHIPPED = `arxiv-1 ${DIMENSIONS}`;
const LATER = '2026-05-30T12:00:00Z';
const QUERY = { filter: {}, sort: 'relevance', limit: 3, offset: 0 } as const;
const { signal } = new AbortController();

async function openStore(count: number) {
  const connection = await openTestSqlite();
  await bring(connection, topicalPapers(count));
  return connection;
}

describe('the built-in embedder', () => {
  it('learns from a store of 500 papers; a smaller one has the vectors that are shipped', async () => {
    const connection = await openStore(FEWEST_PAPERS - 1);
    await sync(connection);
    const search = openSearchService(connection);
    const papers = FEWEST_PAPERS - 1;
    expect(modelsIn(connection)).toEqual([{ model: SHIPPED, state: 'serving', papers }]);

    await bring(connection, topicalPapers(1, FEWEST_PAPERS));
    await sync(connection);
    expect(modelsIn(connection)).toEqual([{ model: BUILT_IN, state: 'serving', papers: FEWEST_PAPERS }]);
    for (const { packed } of vectorsIn(connection).filter(({ model }) => model === BUILT_IN)) {
      expect(packed).toHaveLength(2 * DIMENSIONS);
    }
    expect(await search.search({ text: 'glacier', ...QUERY })).toMatchObject({ semantic: 'used' });
  });

  it('weighs the shipped vectors by the share of the words that they know', async () => {
    const share = async (records: readonly PaperRecord[]) => {
      const connection = await openTestSqlite();
      await bring(connection, records);
      await sync(connection);
      const { semantic } = await openSearchService(connection).search({ text: 'study', ...QUERY });
      const weight = connection.prepare(`SELECT share FROM embedding_models WHERE name = 'arxiv-1'`).pluck();
      return { semantic, weight: weight.get() };
    };
    const seed = new URL('../../../data/sample/seed-papers.jsonl', import.meta.url);
    const lines = readFileSync(seed, 'utf8').trim().split('\n');
    const known = lines.map((line) => JSON.parse(line) as PaperRecord);
    expect((await share(known)).weight).toBeGreaterThan(0.25);
    const unknown = topicalPapers(40).map((paper, at) => ({
      ...paper,
      abstract: `This study of zyq${at}a, zyq${at % 7}b, zyq${at % 5}c and zyq${at % 3}d has zyqe and zyqf.`,
      title: `Zyqg zyqh ${at}`,
    }));
    expect(await share(unknown)).toEqual({ semantic: 'none', weight: 0 });
  });

  it('measures the shipped vectors again when a small store has doubled, and keeps what it learned later', async () => {
    const connection = await openStore(10);
    await sync(connection);
    const begun = () =>
      connection.prepare(`SELECT papers FROM embedding_models WHERE maker = 'built-in'`).pluck().get();
    await bring(connection, topicalPapers(10, 10));
    await sync(connection);
    expect(begun()).toBe(10);
    await bring(connection, topicalPapers(1, 20));
    await sync(connection);
    expect(begun()).toBe(21);
    expect(modelsIn(connection)).toEqual([{ model: SHIPPED, state: 'serving', papers: 21 }]);
  });

  it('learns again when the store has grown by more than a quarter, and not before', async () => {
    const connection = await openStore(600);
    let learned = 0;
    const trainer = openTrainer(connection);
    const counting: Trainer = {
      ...trainer,
      learn() {
        learned += 1;
        return trainer.learn();
      },
    };
    await sync(connection, { trainer: counting });
    await bring(connection, topicalPapers(150, 600));
    await sync(connection, { trainer: counting });
    expect(learned).toBe(1);
    expect(modelsIn(connection)).toEqual([{ model: BUILT_IN, state: 'serving', papers: 750 }]);
    await bring(connection, topicalPapers(1, 750));
    await sync(connection, { trainer: counting });
    expect(learned).toBe(2);
    expect(modelsIn(connection)).toEqual([{ model: BUILT_IN, state: 'serving', papers: 751 }]);
    expect(vectorsIn(connection)).toHaveLength(2 * 751);
  });

  it('starts no trainer if there is nothing to do', async () => {
    const connection = await openStore(3);
    await sync(connection);
    const vectorIndexer = openTestKeeper(connection, { life: lifetime(2) });
    // The first call asks for the current state. A second call would crash it.
    await vectorIndexer.sync(signal);
  });
});

describe('a vector indexer that crashes at any call', () => {
  /**
   * After each crash the active model is complete, and the next indexers end with the same result as one
   * without crashes.
   */
  async function dieEverywhere(
    filled: SqliteConnection,
    options: (connection: SqliteConnection) => Parameters<typeof openTestKeeper>[1],
  ) {
    const undisturbed = copyDatabase(filled);
    const whole = lifetime();
    await sync(undisturbed, { ...options(undisturbed), life: whole });
    const papers = undisturbed.prepare<[], number>('SELECT count(*) FROM papers').pluck().get();
    expect(modelsIn(undisturbed)).toEqual([expect.objectContaining({ state: 'serving', papers })]);
    for (let diesAt = 1; diesAt <= whole.steps; diesAt++) {
      const connection = copyDatabase(filled);
      const life = lifetime(diesAt, diesAt % 2 === 0);
      void openTestKeeper(connection, { ...options(connection), life }).sync(new AbortController().signal);
      await expect.poll(() => life.dead).toBe(true);
      for (const model of modelsIn(connection)) {
        if (model.state === 'serving') expect(model.papers).toBe(papers);
      }
      await sync(connection, options(connection));
      expect(vectorsIn(connection), `death at call ${diesAt}`).toEqual(vectorsIn(undisturbed));
      expect(modelsIn(connection)).toEqual(modelsIn(undisturbed));
    }
    return whole.steps;
  }

  it('is continued by the next one, with the built-in embedder', async () => {
    // The same papers give the same model (`learn.test.ts`), so it is learned once.
    let learned: Promise<Uint8Array> | undefined;
    const steps = await dieEverywhere(await openStore(520), (connection) => {
      const trainer = openTrainer(connection);
      return { trainer: { ...trainer, learn: () => (learned ??= trainer.learn()) } };
    });
    expect(steps).toBeGreaterThan(15);
  });

  it('is continued by the next one, with an embeddings server', async () => {
    const server = await openEmbeddingServer();
    const steps = await dieEverywhere(await openStore(70), () => ({
      embedder: serverEmbedder(server.baseUrl),
    }));
    expect(steps).toBeGreaterThan(15);
  });
});

describe('a vector indexer that is stopped', () => {
  it('ends with the given reason, and no text is embedded twice because of it', async () => {
    const server = await openEmbeddingServer();
    const connection = await openStore(100);
    for (const batches of [1, 2, 3]) {
      const controller = new AbortController();
      let left = 1;
      const stopped = openTestKeeper(connection, {
        embedder: serverEmbedder(server.baseUrl),
        onProgress: () => {
          // The first progress reported is about the terms.
          if (modelsIn(connection).some(({ papers }) => papers >= 32 * batches) && left-- === 1)
            controller.abort(new Error('good night'));
        },
      }).sync(controller.signal);
      await expect(stopped).rejects.toThrow('good night');
    }
    await sync(connection, { embedder: serverEmbedder(server.baseUrl) });
    const abstracts = server.texts().filter((text) => /^About the .*\n\n/.test(text));
    expect(abstracts).toHaveLength(100);
    expect(new Set(abstracts).size).toBe(100);
    expect(modelsIn(connection)).toEqual([{ model: 'vectors 16', state: 'serving', papers: 100 }]);
  });
});

describe('a new embeddings model', () => {
  it('is built beside the active one, which stays in use until the new one is complete', async () => {
    const server = await openEmbeddingServer();
    const connection = await openStore(80);
    await sync(connection, { embedder: serverEmbedder(server.baseUrl, 'old') });
    const search = openSearchService(connection);
    const question = async (name: string) =>
      search.search(
        { text: 'glacier', ...QUERY },
        { maker: 'endpoint', name, vector: Float32Array.from(embedByWords('glacier', 16)) },
      );

    const second = held(placing(16));
    server.answersBy(placing(16), placing(16), second.handler, placing(16));
    const keeping = sync(connection, { embedder: serverEmbedder(server.baseUrl, 'new') });
    await second.asked;
    expect(modelsIn(connection)).toEqual([
      { model: 'old 16', state: 'serving', papers: 80 },
      { model: 'new 16', state: 'building', papers: 32 },
    ]);
    expect(await question('old')).toMatchObject({ semantic: 'used' });
    expect(await question('new')).toMatchObject({
      semantic: 'missing',
      embedWith: { maker: 'endpoint', name: 'old' },
    });

    second.letGo();
    await keeping;
    expect(modelsIn(connection)).toEqual([{ model: 'new 16', state: 'serving', papers: 80 }]);
    expect(await question('new')).toMatchObject({ semantic: 'used' });
    expect(await question('old')).toMatchObject({ semantic: 'missing' });
    // The vectors of the old model are deleted.
    expect(new Set(vectorsIn(connection).map(({ model }) => model))).toEqual(new Set(['new 16', WORDS]));
  });

  it.each(['at the next start', 'while it runs'])(
    'is recognised by another length of its vectors under the same name, %s',
    async (when) => {
      const server = await openEmbeddingServer(16);
      const connection = await openStore(40);
      const vectorIndexer = openTestKeeper(connection, { embedder: serverEmbedder(server.baseUrl) });
      await vectorIndexer.sync(signal);
      server.answersBy(placing(24));
      if (when === 'at the next start') {
        await sync(connection, { embedder: serverEmbedder(server.baseUrl) });
      } else {
        await bring(connection, topicalPapers(1, 40));
        await expect(vectorIndexer.sync(signal)).rejects.toThrow('vectors of another length');
        // No vector of another length was stored among the others.
        expect(modelsIn(connection)).toEqual([{ model: 'vectors 16', state: 'serving', papers: 40 }]);
        await vectorIndexer.sync(signal);
      }
      const papers = when === 'while it runs' ? 41 : 40;
      expect(modelsIn(connection)).toEqual([{ model: 'vectors 24', state: 'serving', papers }]);
      const embedded = vectorsIn(connection).filter(({ model }) => model !== WORDS);
      expect(new Set(embedded.map(({ packed }) => packed.length))).toEqual(new Set([2 * 24]));
    },
  );

  it('that does not respond leaves search by words and the active model unaffected', async () => {
    const server = await openEmbeddingServer();
    const connection = await openStore(FEWEST_PAPERS);
    await sync(connection);
    server.answersBy(json({}, { status: 503 }));
    await bring(connection, topicalPapers(5, FEWEST_PAPERS));
    await expect(sync(connection, { embedder: serverEmbedder(server.baseUrl) })).rejects.toThrow(
      'The embedder is down (status 503).',
    );
    // The new papers have their terms, and a vector of the current model.
    expect(modelsIn(connection)).toEqual([{ model: BUILT_IN, state: 'serving', papers: FEWEST_PAPERS + 5 }]);
    expect(vectorsIn(connection)).toHaveLength(2 * (FEWEST_PAPERS + 5));
  });

  it('gets a weight that is calibrated on the store itself', async () => {
    const server = await openEmbeddingServer();
    const connection = await openStore(60);
    const share = () =>
      connection.prepare(`SELECT share FROM embedding_models WHERE maker = 'endpoint'`).pluck().get();
    // If all texts have the same vector, it distinguishes none of them.
    server.answersBy((request, response) => {
      const { input } = JSON.parse(request.body) as { input: string[] };
      return embeddings(input.map(() => [1, 0, 0]))(request, response);
    });
    await sync(connection, { embedder: serverEmbedder(server.baseUrl, 'blind') });
    expect(share()).toBe(0);
  });
});

describe('the vector of a paper', () => {
  const [first, second, third] = topicalPapers(3);
  const texts = (server: Awaited<ReturnType<typeof openEmbeddingServer>>) =>
    server.texts().filter((text) => text !== 'papers');

  async function openThree() {
    const server = await openEmbeddingServer();
    const connection = await openTestSqlite();
    await bring(connection, topicalPapers(3));
    const vectorIndexer = openTestKeeper(connection, { embedder: serverEmbedder(server.baseUrl) });
    await vectorIndexer.sync(signal);
    return { server, connection, vectorIndexer };
  }
  const placeOf = (connection: Awaited<ReturnType<typeof openTestSqlite>>, id: string | undefined) =>
    vectorsIn(connection).find((vector) => vector.id === id && vector.model === 'vectors 16')?.packed;

  it('is computed again, only for that paper, if its abstract changes', async () => {
    const { server, connection, vectorIndexer } = await openThree();
    const before = vectorsIn(connection);
    const asked = texts(server).length;
    const changed = { ...second, title: second?.title ?? '', abstract: 'Now it is about proteins.' };
    await bring(connection, [changed], LATER);
    expect(placeOf(connection, second?.id)).toBeUndefined();
    await vectorIndexer.sync(signal);
    expect(texts(server).slice(asked)).toEqual([`${second?.title}\n\nNow it is about proteins.`]);
    const after = vectorsIn(connection);
    expect(after).toHaveLength(before.length);
    const changedIds = after.filter(({ packed }, at) => packed !== before[at]?.packed).map(({ id }) => id);
    expect(changedIds).toEqual([second?.id, second?.id]);
  });

  it('stays if only its votes change', async () => {
    const { server, connection, vectorIndexer } = await openThree();
    const asked = server.requests.length;
    const before = vectorsIn(connection);
    await bring(
      connection,
      [{ ...first, title: first?.title ?? '', abstract: first?.abstract ?? '', votes: 9 }],
      LATER,
    );
    await vectorIndexer.sync(signal);
    expect(server.requests).toHaveLength(asked);
    expect(vectorsIn(connection)).toEqual(before);
  });

  it('is that of its new words if it changes while it is being embedded', async () => {
    const server = await openEmbeddingServer();
    const connection = await openTestSqlite();
    await bring(connection, topicalPapers(3));
    const batch = held(placing(16));
    server.answersBy(placing(16), batch.handler, placing(16));
    const keeping = sync(connection, { embedder: serverEmbedder(server.baseUrl) });
    await batch.asked;
    await bring(connection, [{ ...second, title: second?.title ?? '', abstract: 'Now proteins.' }], LATER);
    batch.letGo();
    await keeping;
    const undisturbed = await openTestSqlite();
    await bring(undisturbed, [...topicalPapers(3).filter(({ id }) => id !== second?.id)]);
    await bring(undisturbed, [{ ...second, title: second?.title ?? '', abstract: 'Now proteins.' }], LATER);
    await sync(undisturbed, { embedder: serverEmbedder(server.baseUrl) });
    expect(placeOf(connection, second?.id)).toBe(placeOf(undisturbed, second?.id));
    expect(modelsIn(connection)).toEqual([{ model: 'vectors 16', state: 'serving', papers: 3 }]);
  });

  it('is included in a model that is being built when the paper arrives', async () => {
    const server = await openEmbeddingServer();
    const connection = await openTestSqlite();
    await bring(connection, topicalPapers(3));
    const batch = held(placing(16));
    server.answersBy(placing(16), batch.handler, placing(16));
    const keeping = sync(connection, { embedder: serverEmbedder(server.baseUrl) });
    await batch.asked;
    await bring(connection, topicalPapers(1, 3), LATER);
    batch.letGo();
    await keeping;
    expect(modelsIn(connection)).toEqual([{ model: 'vectors 16', state: 'serving', papers: 4 }]);
  });

  it('is deleted when the paper is merged into another, and a new paper under its key gets its own', async () => {
    const { connection, vectorIndexer } = await openThree();
    const early = { title: 'Known by Title', abstract: 'First seen without an id.' };
    await bring(connection, [early], LATER);
    await vectorIndexer.sync(signal);
    expect(vectorsIn(connection)).toHaveLength(2 * 4);
    // The third one turns out to be the same paper, and its row is deleted.
    const renamed = { ...third, title: early.title, abstract: 'Now with an id.', version: 2 };
    await bring(connection, [renamed], '2026-05-31T12:00:00Z');
    await vectorIndexer.sync(signal);
    const ids = vectorsIn(connection).map(({ id }) => id);
    expect(ids).not.toContain(null);
    expect(new Set(ids)).toEqual(new Set([first?.id, second?.id, third?.id]));
    expect(vectorsIn(connection)).toHaveLength(2 * 3);
    // The newest key is free again, and SQLite reuses it.
    await bring(connection, topicalPapers(1, 9), '2026-05-31T13:00:00Z');
    await vectorIndexer.sync(signal);
    expect(modelsIn(connection)).toEqual([{ model: 'vectors 16', state: 'serving', papers: 4 }]);
    expect(vectorsIn(connection)).toHaveLength(2 * 4);
  });

  it('is missing if the server refuses the paper, with one line in the log, and other papers are unaffected', async () => {
    const server = await openEmbeddingServer();
    const connection = await openTestSqlite();
    await bring(connection, topicalPapers(40));
    await bring(connection, [{ ...second, title: 'Cursed', abstract: 'No server likes it.' }], LATER);
    server.answersBy((request, response) => {
      const isRefused = readAsked(request).input.some((text) => text.includes('Cursed'));
      return (isRefused ? json({}, { status: 400 }) : placing(16))(request, response);
    });
    const { log, lines } = listeningLog();
    const vectorIndexer = openTestKeeper(connection, { embedder: serverEmbedder(server.baseUrl), log });
    await vectorIndexer.sync(signal);
    expect(modelsIn(connection)).toEqual([{ model: 'vectors 16', state: 'serving', papers: 40 }]);
    const empty = vectorsIn(connection).filter(({ packed }) => packed === '');
    expect(empty).toEqual([{ id: second?.id, model: 'vectors 16', packed: '' }]);
    expect(lines()).toEqual([expect.stringContaining('Cursed')]);
    const asked = server.requests.length;
    await vectorIndexer.sync(signal);
    expect(server.requests).toHaveLength(asked);
  });

  it('is missing for a paper without words, and is not requested again', async () => {
    const server = await openEmbeddingServer();
    const connection = await openTestSqlite();
    await bring(connection, [...topicalPapers(2), { id: '2403.00001', title: '…', abstract: '' }]);
    const vectorIndexer = openTestKeeper(connection, { embedder: serverEmbedder(server.baseUrl) });
    await vectorIndexer.sync(signal);
    expect(placeOf(connection, '2403.00001')).toBe('');
    const asked = server.requests.length;
    await vectorIndexer.sync(signal);
    expect(server.requests).toHaveLength(asked);
  });
});
