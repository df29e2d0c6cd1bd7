/**
 * The doctor's checks of the language model and of embeddings. They run in this process, with the same
 * function as the command.
 */
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/doctor.ts';
import { completion, PATH } from '../fakes/llm/model-server.ts';
import { answer, type Handler, json, openHttpServer } from '../fakes/sources/http-server.ts';
import { temporaryFolder } from '../support/database.ts';

/** A port that nobody listens on. */
const NOWHERE = 'http://127.0.0.1:9/v1';
const status = (code: number) => json({ error: { message: 'sk-canary' } }, { status: code });
const vectors = json({ data: [{ index: 0, embedding: [0.6, 0.8, 0] }] });
const refused: ReadonlyArray<readonly [string, Handler, string]> = [
  ['refuses the key', status(401), 'rejects the API key \\(status 401\\)\\. Set PREFIX_API_KEY'],
  [
    'does not know the model',
    status(404),
    'does not have small \\(status 404\\)\\. Set PREFIX_MODEL to a model',
  ],
  ['has had enough', status(429), 'accepts no more requests for now'],
];

async function examined(env: Readonly<Record<string, string>>, subject: string) {
  const diagnostics = await examine({ DATA_DIR: temporaryFolder(), SOURCES: 'none', BACKUPS: '0', ...env });
  expect(JSON.stringify(diagnostics)).not.toContain('canary');
  return diagnostics.find((diagnostic) => diagnostic.subject === subject);
}

describe('the doctor’s check of the language model', () => {
  const SUBJECT = 'language model';
  async function withModel(handler: Handler) {
    const server = await openHttpServer();
    server.on(PATH, handler);
    const env = { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'sk-canary', OPENAI_MODEL: 'small' };
    return examined(env, SUBJECT);
  }

  it('the doctor says that no language model is set up', async () => {
    expect(await examined({}, SUBJECT)).toMatchObject({
      state: 'note',
      text: expect.stringContaining('OPENAI_MODEL'),
    });
  });

  it('the doctor says that the language model responds', async () => {
    expect(await withModel(completion('Yes.'))).toMatchObject({
      state: 'works',
      text: expect.stringMatching(/^small responds in \d+\.\d s$/),
    });
  });

  it.each([
    ...refused,
    [
      'answers with a web page',
      answer('text/html', '<html></html>'),
      'does not return text. Check PREFIX_BASE_URL',
    ],
    ['is out of order', status(503), 'returns status 503'],
  ] as const)('the doctor says what to do when the server %s', async (_, handler, words) => {
    expect(await withModel(handler)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(words.replace('PREFIX', 'OPENAI')),
    });
  });

  it('the doctor says what to do when no server listens', async () => {
    expect(await examined({ OPENAI_BASE_URL: NOWHERE, OPENAI_MODEL: 'small' }, SUBJECT)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/v1 cannot be reached .*Check OPENAI_BASE_URL/),
    });
  });
});

describe('the doctor’s check of embeddings', () => {
  const SUBJECT = 'embeddings';
  async function withEmbeddings(handler: Handler) {
    const server = await openHttpServer();
    server.on('/v1/embeddings', handler);
    const env = {
      EMBEDDINGS_BASE_URL: `${server.url}/v1`,
      EMBEDDINGS_API_KEY: 'sk-canary',
      EMBEDDINGS_MODEL: 'small',
    };
    return examined(env, SUBJECT);
  }

  it('the doctor says that no embeddings server is set up, or that the model runs inside the bot', async () => {
    expect(await examined({}, SUBJECT)).toMatchObject({ state: 'note' });
    expect(await examined({ EMBEDDINGS_MODEL: 'Xenova/small' }, SUBJECT)).toMatchObject({
      state: 'note',
      text: expect.stringContaining('inside the bot'),
    });
  });

  it('the doctor says that the embeddings server responds', async () => {
    expect(await withEmbeddings(vectors)).toEqual({
      state: 'works',
      subject: SUBJECT,
      text: 'small responds with vectors of 3 numbers',
    });
  });

  it.each([
    ...refused,
    ['answers with a web page', answer('text/html', '<html></html>'), 'a web page.* Check PREFIX_BASE_URL'],
    ['is out of order', status(503), 'is down \\(status 503\\)'],
  ] as const)('the doctor says what to do when the server %s', async (_, handler, words) => {
    expect(await withEmbeddings(handler)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(words.replace('PREFIX', 'EMBEDDINGS')),
    });
  });

  it('the doctor says what to do when no server listens', async () => {
    const env = { EMBEDDINGS_BASE_URL: NOWHERE, EMBEDDINGS_MODEL: 'small' };
    expect(await examined(env, SUBJECT)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(/could not be reached.*Check EMBEDDINGS_BASE_URL/),
    });
  });
});
