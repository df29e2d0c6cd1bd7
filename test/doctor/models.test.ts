/** What the doctor says of the language model and of embeddings. In this process: it is the same function that the command runs. */
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/doctor.ts';
import { completion, PATH } from '../fakes/llm/model-server.ts';
import { answer, type Handler, json, openHttpServer } from '../fakes/sources/http-server.ts';
import { temporaryFolder } from '../support/database.ts';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9/v1';
const status = (code: number) => json({ error: { message: 'sk-canary' } }, { status: code });
const vectors = json({ data: [{ index: 0, embedding: [0.6, 0.8, 0] }] });
const refused: ReadonlyArray<readonly [string, Handler, string]> = [
  ['refuses the key', status(401), 'refuses the key \\(status 401\\)\\. Set PREFIX_API_KEY'],
  [
    'does not know the model',
    status(404),
    'does not know small \\(status 404\\)\\. Name a model in PREFIX_MODEL',
  ],
  ['has had enough', status(429), 'takes no more questions for now'],
];

async function examined(env: Readonly<Record<string, string>>, subject: string) {
  const diagnostics = await examine({ DATA_DIR: temporaryFolder(), SOURCES: 'none', BACKUPS: '0', ...env });
  expect(JSON.stringify(diagnostics)).not.toContain('canary');
  return diagnostics.find((diagnostic) => diagnostic.subject === subject);
}

describe('of the language model', () => {
  const SUBJECT = 'language model';
  async function withModel(handler: Handler) {
    const server = await openHttpServer();
    server.on(PATH, handler);
    const env = { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'sk-canary', OPENAI_MODEL: 'small' };
    return examined(env, SUBJECT);
  }

  it('says that none is set up', async () => {
    expect(await examined({}, SUBJECT)).toMatchObject({
      state: 'note',
      text: expect.stringContaining('OPENAI_MODEL'),
    });
  });

  it('says that it answers', async () => {
    expect(await withModel(completion('Yes.'))).toMatchObject({
      state: 'works',
      text: expect.stringMatching(/^small answers in \d+\.\d s$/),
    });
  });

  it.each([
    ...refused,
    [
      'answers with a web page',
      answer('text/html', '<html></html>'),
      'something else than a text. Check PREFIX_BASE_URL',
    ],
    ['is out of order', status(503), 'answers with status 503'],
  ] as const)('says what to do when the server %s', async (_, handler, words) => {
    expect(await withModel(handler)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(words.replace('PREFIX', 'OPENAI')),
    });
  });

  it('says what to do when nothing listens', async () => {
    expect(await examined({ OPENAI_BASE_URL: NOWHERE, OPENAI_MODEL: 'small' }, SUBJECT)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/v1 cannot be reached .*Check OPENAI_BASE_URL/),
    });
  });
});

describe('of embeddings', () => {
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

  it('says that none are set up, or that they are worked out within the bot', async () => {
    expect(await examined({}, SUBJECT)).toMatchObject({ state: 'note' });
    expect(await examined({ EMBEDDINGS_MODEL: 'Xenova/small' }, SUBJECT)).toMatchObject({
      state: 'note',
      text: expect.stringContaining('within the bot'),
    });
  });

  it('says that they answer', async () => {
    expect(await withEmbeddings(vectors)).toEqual({
      state: 'works',
      subject: SUBJECT,
      text: 'small answers, with 3 numbers a text',
    });
  });

  it.each([
    ...refused,
    ['answers with a web page', answer('text/html', '<html></html>'), 'a web page.* Check PREFIX_BASE_URL'],
    ['is out of order', status(503), 'not working \\(status 503\\)'],
  ] as const)('says what to do when the server %s', async (_, handler, words) => {
    expect(await withEmbeddings(handler)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(words.replace('PREFIX', 'EMBEDDINGS')),
    });
  });

  it('says what to do when nothing listens', async () => {
    const env = { EMBEDDINGS_BASE_URL: NOWHERE, EMBEDDINGS_MODEL: 'small' };
    expect(await examined(env, SUBJECT)).toMatchObject({
      state: 'broken',
      text: expect.stringMatching(/could not be reached.*Check EMBEDDINGS_BASE_URL/),
    });
  });
});
