/** The whole program with a remote embedder that works, is slow, is down, or returns nonsense. */
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { openEmbeddingServer, placing } from '../../fakes/llm/embedding-server.ts';
import { drop, type Handler } from '../../fakes/sources/http-server.ts';
import { bring, modelsIn, serverEmbedder, sync } from '../../search/indexing/indexing-harness.ts';
import { topicalPapers } from '../../search/indexing/topics.ts';
import { runCli, startCli } from '../../support/cli.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';

const BY_WORDS = 'by words only, as search by meaning is unavailable';

/** 60 papers, placed by the server's model. */
async function openPlaced(model = 'places') {
  const server = await openEmbeddingServer();
  const dataDir = temporaryFolder();
  const connection = await openTestDatabase(join(dataDir, 'paperboy.db'));
  await bring(connection, topicalPapers(60));
  await sync(connection, { embedder: serverEmbedder(server.baseUrl, model) });
  const env = { DATA_DIR: dataDir, EMBEDDINGS_BASE_URL: server.baseUrl, EMBEDDINGS_MODEL: 'places' };
  return { server, connection, env };
}

it('a search uses meaning and words, and says why a paper was found', async () => {
  const { server, env } = await openPlaced();
  const { stdout } = await runCli(['start'], { env }, '/papers search glacier moraine why:yes\n');
  expect(stdout).toContain('by meaning and words');
  expect(stdout).toContain('words: ');
  expect(server.texts().at(-1)).toBe('glacier moraine');
});

it('the previous model embeds queries until the new one is ready', async () => {
  const { server, env } = await openPlaced('before');
  const { stdout } = await runCli(['start'], { env }, '/papers search glacier\n');
  expect(stdout).toContain('by meaning and words');
  expect(JSON.parse(server.requests.at(-1)?.body ?? '{}')).toMatchObject({
    model: 'before',
    input: ['glacier'],
  });
});

const never: Handler = () => {};

// `endpoint.test.ts` has the other ways of failing.
it.each<[string, Handler]>([
  ['never answers', never],
  ['breaks the connection', drop],
  ['gives vectors of another length', placing(24)],
])('an embedder that %s is replaced by a search by words, and the footer says so', async (_, handler) => {
  const { server, env } = await openPlaced();
  server.answersBy(handler);
  const bot = startCli(['start'], { env });
  const said: string[] = [];
  createInterface({ input: bot.stdout }).on('line', (line) => said.push(line));
  // The input stays open, so every answer is given while the embedder has not responded yet.
  bot.stdin.write('/papers search glacier\n');
  await expect.poll(() => said.join('\n')).toContain(BY_WORDS);
  expect(said.join('\n')).toContain('About the glacier');
  bot.stdin.end();
  await once(bot, 'exit');
});

it('an embedder that is not reachable is replaced by a search by words', async () => {
  const { server, env } = await openPlaced();
  await server.close();
  const { stdout, status } = await runCli(['start'], { env }, '/papers search glacier\n');
  expect(status).toBe(0);
  expect(stdout).toContain('About the glacier');
  expect(stdout).toContain(BY_WORDS);
});

it('`learn` embeds all papers, and continues after an interruption', async () => {
  const server = await openEmbeddingServer();
  const dataDir = temporaryFolder();
  const connection = await openTestDatabase(join(dataDir, 'paperboy.db'));
  await bring(connection, topicalPapers(100));
  const env = { DATA_DIR: dataDir, EMBEDDINGS_BASE_URL: server.baseUrl, EMBEDDINGS_MODEL: 'places' };
  server.answersBy(placing(16), placing(16), never);
  const learning = startCli(['learn'], { env });
  onTestFinished(() => void learning.kill('SIGKILL'));
  // The probe, the first 32 papers, and a batch that gets no response.
  await expect.poll(() => server.requests.length).toBe(3);
  learning.kill('SIGKILL');
  await once(learning, 'exit');
  expect(modelsIn(connection)).toEqual([{ model: 'places 16', state: 'building', papers: 32 }]);

  server.answersBy(placing(16));
  const before = server.requests.length;
  const { status, stderr } = await runCli(['learn'], { env });
  expect(status).toBe(0);
  expect(stderr).toContain('Up to date: 100 papers');
  expect(modelsIn(connection)).toEqual([{ model: 'places 16', state: 'serving', papers: 100 }]);
  const again = server.requests
    .slice(before)
    .flatMap(({ body }) => (JSON.parse(body) as { input: string[] }).input);
  expect(again.filter((text) => /^About the .*\n\n/.test(text))).toHaveLength(68);
});

it('`learn` says what to install for a local model', async () => {
  const dataDir = temporaryFolder();
  const connection = await openTestDatabase(join(dataDir, 'paperboy.db'));
  await bring(connection, topicalPapers(3));
  const env = { DATA_DIR: dataDir, EMBEDDINGS_MODEL: 'Xenova/all-MiniLM-L6-v2' };
  const { status, stderr } = await runCli(['learn'], { env });
  expect(status).not.toBe(0);
  expect(stderr).toContain(
    'Run npm install @huggingface/transformers, or set EMBEDDINGS_BASE_URL to a server.',
  );
});
