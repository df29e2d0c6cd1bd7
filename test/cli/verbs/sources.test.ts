import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { atom, json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { oaiHandler, openOaiPapers } from '../../fakes/sources/oai-server.ts';
import { runCli, startCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/database.ts';
import { readFixture } from '../../support/fixtures.ts';
import { oaiPapers } from '../../support/oai-papers.ts';
import { usedDataFolder } from '../../support/used-data.ts';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

async function openSources() {
  const server = await openHttpServer();
  const env = {
    DATA_DIR: usedDataFolder(),
    SOURCES: 'hugging-face,arxiv',
    HF_ENDPOINT: server.url,
    ARXIV_API_URL: server.url,
    ARXIV_RSS_URL: server.url,
    ARXIV_OAI_URL: `${server.url}/oai`,
  };
  return { server, env };
}

describe('a paper that is not stored', () => {
  it('an unknown paper is fetched, stored, and later found offline', async () => {
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

  it('an unknown paper gets a sentence if no source responds', async () => {
    const { env } = await openSources();
    const offline = {
      ...env,
      HF_ENDPOINT: NOWHERE,
      ARXIV_API_URL: NOWHERE,
      ARXIV_RSS_URL: NOWHERE,
      ARXIV_OAI_URL: NOWHERE,
    };
    const { status, stdout } = await runCli(['start'], { env: offline }, '/papers show 2603.90009\n');
    expect(stdout).toMatch(
      /^2603\.90009 is not loaded yet, and its source does not respond\. Try again in a few minutes\./,
    );
    expect(status).toBe(1);
  });
});

describe('all of arXiv', () => {
  it('is read by the running bot, which goes on where it was, and says how complete it is', async () => {
    const { server, env } = await openSources();
    const papers = oaiPapers(60);
    server.on('/oai', oaiHandler({ papers: openOaiPapers(papers), now: () => new Date(), pageSize: 40 }));
    const all = { ...env, DATA_DIR: temporaryFolder(), SOURCES: 'arxiv-all' };
    const ofList = () =>
      server.requests.filter(({ path }) => path === '/oai').map(({ query }) => query.get('verb'));
    const first = startCli(['start'], { env: all });
    await expect.poll(() => ofList().length).toBeGreaterThanOrEqual(1);
    first.kill('SIGKILL');
    await once(first, 'exit');
    startCli(['start'], { env: all });
    await expect.poll(ofList).toContain('ListIdentifiers');
    const doctor = async () => (await runCli(['doctor'], { env: all })).stdout;
    const complete = /^ok +arXiv papers +complete from 1991 to yesterday; 941 papers$/m;
    await expect.poll(doctor, { interval: 1_000 }).toMatch(complete);
  });
});

describe('the doctor', () => {
  it('the doctor reports working settings, database and sources, and shows no secret', async () => {
    const { server, env } = await openSources();
    server.on('/api/daily_papers', json([]));
    server.on('/api/query', atom(readFixture('arxiv/entry.synthetic.xml')));
    server.on('/atom/cs.RO+hep-th', atom(readFixture('arxiv/daily.synthetic.xml')));
    const { status, stdout } = await runCli(['doctor'], {
      env: { ...env, HF_TOKEN: 'hf_canary', ARXIV_CATEGORIES: 'cs.RO, hep-th' },
      cwd: temporaryFolder(),
    });
    expect(stdout).toMatch(/^ok +HF_TOKEN +set$/m);
    expect(stdout).toMatch(/^ok +database +.*881 papers, \d+ MB, checked$/m);
    expect(stdout).toMatch(/^ok +Hugging Face +responds$/m);
    expect(stdout).toMatch(/^ok +arXiv +responds$/m);
    expect(stdout).toMatch(/^ok +arXiv categories +arXiv has cs\.RO, hep-th$/m);
    expect(stdout).not.toContain('canary');
    expect(status).toBe(0);
  });

  it('the doctor lists problems last with their fix, and ends with status 1', async () => {
    const { env } = await openSources();
    const { status, stdout } = await runCli(['doctor'], {
      env: { ...env, SOURCES: 'hugging-face', HF_ENDPOINT: NOWHERE },
    });
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^!! +Hugging Face +Hugging Face could not be reached/,
    );
    expect(status).toBe(1);
  });

  it('the doctor names an invalid setting', async () => {
    const { stdout } = await runCli(['doctor'], { env: { DATA_DIR: temporaryFolder(), BACKUPS: 'many' } });
    expect(stdout).toMatch(/^!! +BACKUPS +BACKUPS must be a whole number from 0 to 365\./m);
  });
});
