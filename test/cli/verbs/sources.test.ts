import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atom, json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/database.ts';
import { readFixture } from '../../support/fixtures.ts';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

async function openSources() {
  const server = await openHttpServer();
  const env = {
    DATA_DIR: join(temporaryFolder(), 'data'),
    SOURCES: 'hugging-face,arxiv',
    HF_ENDPOINT: server.url,
    ARXIV_API_URL: server.url,
    ARXIV_RSS_URL: server.url,
  };
  return { server, env };
}

describe('a paper that is not here yet', () => {
  it('is asked of the sources, kept, and found from then on without them', async () => {
    const { server, env } = await openSources();
    server.on('/api/papers/2603.90001', json(JSON.parse(readFixture('hugging-face/paper.synthetic.json'))));
    server.on('/api/query', atom(readFixture('arxiv/entry.synthetic.xml')));
    const ask = '/papers show https://huggingface.co/papers/2603.90001\n';
    const first = await runCli(['start'], { env }, ask);
    expect(first.stdout).toMatch(/Task Routing as Retrieval/);
    expect(first.stdout).toMatch(/cs\.LG, cs\.CL/);
    const offline = { ...env, SOURCES: 'none' };
    expect((await runCli(['start'], { env: offline }, ask)).stdout).toMatch(/Task Routing as Retrieval/);
  });

  it('and that no source can be asked for is answered with a sentence', async () => {
    const { env } = await openSources();
    const offline = { ...env, HF_ENDPOINT: NOWHERE, ARXIV_API_URL: NOWHERE, ARXIV_RSS_URL: NOWHERE };
    const { status, stdout } = await runCli(['start'], { env: offline }, '/papers show 2603.90009\n');
    expect(stdout).toMatch(
      /^2603\.90009 is not here yet, and its source does not answer\. Try again in some minutes\./,
    );
    expect(status).toBe(1);
  });
});

describe('the doctor', () => {
  it('says of settings, database and sources that they work, and shows no secret', async () => {
    const { server, env } = await openSources();
    server.on('/api/daily_papers', json([]));
    server.on('/api/query', atom(readFixture('arxiv/entry.synthetic.xml')));
    server.on('/atom/cs.RO+hep-th', atom(readFixture('arxiv/daily.synthetic.xml')));
    await runCli(['start'], { env: { ...env, SOURCES: 'none' } }, '');
    const { status, stdout } = await runCli(['doctor'], {
      env: { ...env, HF_TOKEN: 'hf_canary', ARXIV_CATEGORIES: 'cs.RO, hep-th' },
      cwd: temporaryFolder(),
    });
    expect(stdout).toMatch(/^ok +HF_TOKEN +set$/m);
    expect(stdout).toMatch(/^ok +database +.*881 papers, \d+ MB, checked$/m);
    expect(stdout).toMatch(/^ok +Hugging Face +answers$/m);
    expect(stdout).toMatch(/^ok +arXiv +answers$/m);
    expect(stdout).toMatch(/^ok +arXiv categories +arXiv accepts cs\.RO, hep-th$/m);
    expect(stdout).not.toContain('canary');
    expect(status).toBe(0);
  });

  it('says what to do about what does not work, last, with status 1', async () => {
    const { env } = await openSources();
    const { status, stdout } = await runCli(['doctor'], {
      env: { ...env, SOURCES: 'hugging-face', HF_ENDPOINT: NOWHERE },
    });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^!! +Hugging Face +Hugging Face could not be reached/,
    );
    expect(status).toBe(1);
  });

  it('names a setting that cannot be read', async () => {
    const { stdout } = await runCli(['doctor'], { env: { DATA_DIR: temporaryFolder(), BACKUPS: 'many' } });
    expect(stdout).toMatch(/^!! +BACKUPS +BACKUPS is a whole number from 0 to 365\./m);
  });
});
