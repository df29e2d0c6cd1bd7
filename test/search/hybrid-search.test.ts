import { describe, expect, it } from 'vitest';
import { openVectorStore } from '../../src/search/indexing/vector-store.ts';
import { embedByWords, openEmbeddingServer } from '../fakes/llm/embedding-server.ts';
import { serverEmbedder, sync } from './indexing/indexing-harness.ts';
import { openSearched, paper } from './search-harness.ts';

const LOUD = paper('Ice ice ice', { abstract: 'Ice. Ice. Ice. Nothing about it but ice.' });
const CLOSE = paper('Melting in the north', { abstract: 'Warm seas take the ice away.' });

/** Two papers with vectors from a server. The test sets the weight of meaning. */
async function openPlaced(share: number) {
  const server = await openEmbeddingServer(64);
  const searched = await openSearched([LOUD, CLOSE]);
  const { connection, service } = searched;
  await sync(connection, { embedder: serverEmbedder(server.baseUrl) });
  const store = openVectorStore(connection, () => new Date());
  const { models } = await store.overview();
  const model = models.find(({ maker }) => maker === 'endpoint');
  if (!model) throw new Error('no model serves');
  connection.prepare('UPDATE embedding_models SET share = ? WHERE id = ?').run(share, model.id);
  const ask = (text: string, meant: string) =>
    service.search(
      { text, filter: {}, sort: 'relevance', limit: 10, offset: 0 },
      { maker: 'endpoint', name: 'vectors', vector: Float32Array.from(embedByWords(meant, 64)) },
    );
  return { ...searched, ask };
}

describe('the reason why a paper was found', () => {
  it('is its words, the rarest first, and its meaning if that contributed more', async () => {
    const { ask } = await openPlaced(0.6);
    const page = await ask('ice north', 'Melting in the north Warm seas take the ice away');
    expect(page.semantic).toBe('used');
    const why = Object.fromEntries(page.hits.map((hit) => [hit.paper.title, hit.why]));
    expect(why[CLOSE.title]).toEqual({ words: ['north', 'ice'], semantic: true });
    expect(why[LOUD.title]).toEqual({ words: ['ice'], semantic: false });
    expect(page.hits[0]?.paper.title).toBe(CLOSE.title);
  });

  it('is only its words if they contributed more', async () => {
    const { ask } = await openPlaced(0.1);
    const page = await ask('ice', 'Melting in the north Warm seas take the ice away');
    expect(page.hits.map(({ why }) => why)).toEqual([
      { words: ['ice'], semantic: false },
      { words: ['ice'], semantic: expect.any(Boolean) },
    ]);
  });
});

describe('similar papers', () => {
  it('are found by words and by their vectors', async () => {
    const { service } = await openPlaced(0.2);
    const page = await service.similar({ ids: [LOUD.id ?? ''], filter: {}, limit: 5, offset: 0 });
    expect(page.semantic).toBe('used');
    expect(page.hits.map(({ paper: { title } }) => title)).toEqual([CLOSE.title]);
  });
});

describe('a word with a hyphen', () => {
  const JOINED = paper('Multitask robots', { abstract: 'Many skills at once.' });
  const APART = paper('Multi-task robots', { abstract: 'Many skills at once.' });
  const IN = paper('In-context robots', { abstract: 'Examples alone, in-context.' });
  const OUT = paper('Robots in a context', { abstract: 'The context of the robots is context.' });

  it('finds papers that write it as one word', async () => {
    const { ids } = await openSearched([JOINED, APART, OUT]);
    expect(await ids('multi-task')).toEqual([APART.id, JOINED.id]);
  });

  it('distinguishes papers even if its first half is very common', async () => {
    const { ids } = await openSearched([OUT, IN, paper('Contexts'), paper('Robots')]);
    expect((await ids('in-context robots'))[0]).toBe(IN.id);
    expect((await ids('context robots'))[0]).toBe(OUT.id);
  });

  it('can be excluded from a search', async () => {
    const { ids } = await openSearched([JOINED, APART, OUT]);
    expect(await ids('robots -multi-task')).toEqual(expect.arrayContaining([OUT.id]));
    expect(await ids('robots -multi-task')).not.toContain(APART.id);
  });
});
