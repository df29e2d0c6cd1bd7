/** `init` with values, as scripts run it, over sockets to the fakes. */
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import type { FakeDiscordOptions } from '../../fakes/discord/start.ts';
import { completion } from '../../fakes/llm/model-server.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';
import type { FakeSlackOptions } from '../../fakes/slack/start.ts';
import { answer, atom, json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { runCli, startCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/database.ts';
import { readFixture } from '../../support/fixtures.ts';
import { openInitFolder } from '../../support/init.ts';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const OTHER_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.other.token-of-somebody-else-here';

async function withDiscord(options?: FakeDiscordOptions) {
  const discord = await openFakeDiscord(options);
  return { discord, ...openInitFolder({ DISCORD_API_URL: discord.url }) };
}

async function withSlack(options?: FakeSlackOptions) {
  const slack = await openFakeSlack(options);
  const tokens = [`--slack-bot-token=${slack.botToken}`, `--slack-app-token=${slack.appToken}`];
  return { slack, tokens, ...openInitFolder({ SLACK_API_URL: slack.url }) };
}

describe('init as a process', () => {
  it('init checks a token from a file, writes a private .env, and prints the invite', async () => {
    const discord = await openFakeDiscord();
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'token.txt'), `DISCORD_TOKEN="${discord.token}"\n`);
    const { status, stdout, stderr } = await runCli(
      ['init', '--discord-token-file', 'token.txt', '--default-zone', 'berlin'],
      { cwd, env: { DISCORD_API_URL: discord.url } },
    );
    expect(stderr).toContain('the token belongs to paperboy');
    expect(stderr).toContain('Wrote .env: DISCORD_TOKEN, DEFAULT_ZONE.');
    expect(stdout).toContain(`https://discord.com/oauth2/authorize?client_id=${discord.applicationId}`);
    expect(stdout + stderr).not.toContain(discord.token);
    const path = join(cwd, '.env');
    expect(parseEnv(readFileSync(path, 'utf8'))).toEqual({
      DISCORD_TOKEN: discord.token,
      DEFAULT_ZONE: 'Europe/Berlin',
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(status).toBe(0);
  });

  it('init ends with status 1 for a rejected token, without writing .env', async () => {
    const discord = await openFakeDiscord();
    const cwd = temporaryFolder();
    const env = { DISCORD_API_URL: discord.url, DISCORD_TOKEN: OTHER_TOKEN };
    const { status, stdout, stderr } = await runCli(['init', '--from-env'], { cwd, env });
    expect(stderr).toMatch(/^!! {2}Discord {2}Discord rejected the token\. Create a new one/m);
    expect(stderr).toMatch(/\nNothing was written\. Fix the lines marked !!, or use --no-check .*\n$/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(existsSync(join(cwd, '.env'))).toBe(false);
  });

  it('init reads values from the environment, and warns that they take precedence over .env', async () => {
    const cwd = temporaryFolder();
    const env = { DISCORD_TOKEN: OTHER_TOKEN };
    const taken = await runCli(['init', '--from-env', '--no-check'], { cwd, env });
    expect([taken.status, parseEnv(readFileSync(join(cwd, '.env'), 'utf8'))]).toEqual([0, env]);
    const token = OTHER_TOKEN.replace('other', 'fresh');
    const changed = await runCli(['init', '--discord-token', token, '--no-check', '--yes'], {
      cwd,
      env: { DISCORD_TOKEN: OTHER_TOKEN.replace('other', 'third') },
    });
    expect(changed.stderr).toContain(
      'DISCORD_TOKEN is also set in the environment, which takes precedence over .env.',
    );
  });

  it('init that is interrupted during a check writes no .env and ends with status 130', async () => {
    const discord = await openFakeDiscord();
    discord.faults.next({ kind: 'hang' });
    const cwd = temporaryFolder();
    const init = startCli(['init', '--discord-token', discord.token], {
      cwd,
      env: { DISCORD_API_URL: discord.url },
    });
    const said = readAll(init.stderr);
    await discord.until(() => discord.faults.met['hang'] === 1);
    init.kill('SIGINT');
    expect(await once(init, 'exit')).toEqual([130, null]);
    expect(await said).toMatch(/\nNothing was written\.\n$/);
    expect(existsSync(join(cwd, '.env'))).toBe(false);
  });

  it('init without a terminal and options says which options to use', async () => {
    const { status, stdout, stderr } = await runCli(['init'], { cwd: temporaryFolder(), env: {} });
    expect(stderr).toMatch(
      /^init cannot ask questions here\. Give the values as options, such as --discord-token-file FILE, .*\n$/,
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('the help of init lists the options and the sources of secrets', async () => {
    const { stdout } = await runCli(['init', '--help'], { env: {} });
    for (const flag of ['--discord-token-file', '--slack-app-token-file', '--from-env', '--no-check']) {
      expect(stdout).toContain(flag);
    }
    expect(stdout).toContain('is visible to others');
  });
});

describe('init with a Discord token', () => {
  it('init with the same token again changes nothing', async () => {
    const { discord, run, text } = await withDiscord();
    const args = ['--discord-token-file', '-', '--no-input'];
    await run(args, discord.token);
    const before = text();
    const { stderr } = await run(args, ` "Bot ${discord.token}"\n`);
    expect(stderr).toContain('.env is unchanged.');
    expect(text()).toBe(before);
  });

  it('init keeps other settings, and replaces a value only with --yes', async () => {
    const { discord, run, path, text, before } = await withDiscord();
    const lines = `${before}# ours\nSOMETHING=else # kept\nDISCORD_TOKEN='${OTHER_TOKEN}' # the bot\n`;
    writeFileSync(path, lines);
    await expect(run(['--discord-token', discord.token])).rejects.toThrow(
      '.env has another value for DISCORD_TOKEN. Nothing was written. Use --yes to replace it.',
    );
    expect(text()).toBe(lines);
    await run(['--discord-token', discord.token, '--yes']);
    expect(text()).toBe(lines.replace(`'${OTHER_TOKEN}'`, discord.token));
  });

  it('a token replaces the setting of its file', async () => {
    const { discord, run, path, text, before } = await withDiscord();
    writeFileSync(path, `${before}DISCORD_TOKEN_FILE=/run/secrets/discord\n`);
    await expect(run(['--discord-token', discord.token, '--no-check'])).rejects.toThrow(
      /^\.env has another value for DISCORD_TOKEN\./,
    );
    await run(['--discord-token', discord.token, '--yes']);
    expect(text()).toContain(`\nDISCORD_TOKEN=${discord.token}\n`);
    expect(text()).not.toContain('DISCORD_TOKEN_FILE');
  });

  it('init rejects a token of an application that receives no commands', async () => {
    const { discord, run, text, before } = await withDiscord({ portal: { codeGrant: true } });
    await expect(run(['--discord-token', discord.token])).rejects.toThrow(/^Nothing was written\./);
    expect(text()).toBe(before);
  });

  it('init writes an unchecked token only with --no-check', async () => {
    const { run, added } = openInitFolder({ DISCORD_API_URL: NOWHERE });
    await expect(run(['--discord-token', OTHER_TOKEN])).rejects.toThrow(/^Nothing was written\./);
    expect(added()).toEqual({});
    const { stdout } = await run(['--discord-token', OTHER_TOKEN, '--no-check']);
    expect(stdout).toContain('Add the bot to your Discord server: open the link that npm start prints');
    expect(added()).toEqual({ DISCORD_TOKEN: OTHER_TOKEN });
  });
});

describe('init with what cannot be right', () => {
  it.each<[string, string[], RegExp]>([
    ['--yes alone', ['--yes'], /^init cannot ask questions here/],
    [
      'an id for a token',
      ['--discord-token', '123456789012345678'],
      /^--discord-token: That looks like a Discord ID/,
    ],
    ['an empty value', ['--openai-model', ''], /^--openai-model: The name of the language model is empty\./],
    [
      'a file that is not there',
      ['--discord-token-file', 'none.txt'],
      /^--discord-token-file: none\.txt cannot be read \(ENOENT\)\./,
    ],
    [
      'a value given twice',
      ['--secret-key', 'a', '--secret-key-file', 'b'],
      /^SECRET_KEY is given twice\. Remove --secret-key-file or the other option\./,
    ],
    [
      'two secrets from one pipe',
      ['--discord-token-file', '-', '--secret-key-file', '-'],
      /^--discord-token-file and --secret-key-file cannot both be read from standard input\./,
    ],
    [
      'a bot token alone',
      ['--slack-bot-token', 'xoxb-1234567890-abc'],
      /^SLACK_BOT_TOKEN cannot receive events on its own\./,
    ],
    ['a client without its secret', ['--slack-client-id', '1.2'], /without SLACK_CLIENT_SECRET\./],
    [
      'an address without https',
      ['--slack-url', 'http://bot.example.org', '--slack-port', '4000'],
      /^Slack only accepts addresses that begin with https/,
    ],
  ])('init rejects %s with a sentence and writes nothing', async (_, args, words) => {
    const { run, text, before } = openInitFolder();
    await expect(run(args)).rejects.toThrow(words);
    expect(text()).toBe(before);
  });
});

describe('init with Slack tokens', () => {
  it('init checks both Slack tokens, opens a socket, and writes the tokens', async () => {
    const { slack, tokens, run, added } = await withSlack();
    const { stdout, stderr } = await run(tokens);
    expect(stderr).toContain('the bot is installed as paperboy');
    expect(stderr).toContain('opens a socket');
    expect(slack.connected).toBeGreaterThanOrEqual(1);
    expect(stdout).toContain('/invite @paperboy');
    for (const secret of [slack.botToken, slack.appToken]) expect(stdout + stderr).not.toContain(secret);
    expect(added()).toEqual({ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken });
  });

  it('init warns about settings without effect', async () => {
    const { slack, tokens, run } = await withSlack();
    const { stderr } = await run([...tokens, `--slack-signing-secret=${slack.signingSecret}`]);
    expect(stderr).toContain('SLACK_SIGNING_SECRET has no effect while SLACK_APP_TOKEN is set');
  });

  it('init rejects tokens of a Slack app that lacks a scope', async () => {
    const { slack, tokens, run, added } = await withSlack();
    slack.workspace.scopes.delete('commands');
    await expect(run(tokens)).rejects.toThrow(/^Nothing was written\./);
    expect(added()).toEqual({});
  });

  it('init rejects an app token that cannot open a socket', async () => {
    const { tokens, run, added } = await withSlack({ appScopes: [] });
    await expect(run(tokens)).rejects.toThrow(/^Nothing was written\./);
    expect(added()).toEqual({});
  });

  it('init for several workspaces checks the client, creates a key, and prints the manifest', async () => {
    const { slack, run, added } = await withSlack();
    const args = [
      `--slack-client-id=${slack.clientId}`,
      `--slack-client-secret=${slack.clientSecret}`,
      `--slack-signing-secret=${slack.signingSecret}`,
      '--slack-url=https://bot.example.org',
    ];
    const { stdout, stderr } = await run(args);
    expect(stderr).toContain('client ID and secret are valid');
    expect(stdout).toContain('"request_url": "https://bot.example.org/slack/events"');
    expect(stdout).toContain('"https://bot.example.org/slack/oauth_redirect"');
    const key = added()['SECRET_KEY'] ?? '';
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(stdout + stderr).not.toContain(key);
    // The tokens of workspaces are sealed with it: it stays.
    await run(args);
    expect(added()['SECRET_KEY']).toBe(key);
  });
});

describe('init with a language model, categories and a folder', () => {
  it('init checks model, categories and folder, and writes values that differ from the defaults', async () => {
    const server = await openHttpServer();
    server.on('/v1/chat/completions', completion('Yes.'));
    server.on('/atom/cs.RO+hep-th', atom(readFixture('arxiv/daily.synthetic.xml')));
    const { run, added } = openInitFolder({ ARXIV_API_URL: server.url, ARXIV_RSS_URL: server.url });
    const { stderr } = await run([
      ...[
        '--openai-base-url',
        `${server.url}/v1/`,
        '--openai-model',
        'small',
        '--openai-api-key',
        'sk-canary',
      ],
      ...['--arxiv-categories', 'cs.RO hep-th', '--data-dir', './our data', '--default-zone', 'utc'],
    ]);
    expect(stderr).toContain('small responds in');
    expect(stderr).toContain('arXiv has cs.RO, hep-th');
    expect(stderr).toMatch(/our data is writable/);
    expect(stderr).not.toContain('canary');
    expect(added()).toEqual({
      OPENAI_BASE_URL: `${server.url}/v1`,
      OPENAI_API_KEY: 'sk-canary',
      OPENAI_MODEL: 'small',
      ARXIV_CATEGORIES: 'cs.RO,hep-th',
      DATA_DIR: './our data',
    });
  });

  it.each<[string, string[], RegExp]>([
    ['a model', ['--openai-model', 'small'], /rejects the API key \(status 401\)/],
    ['categories', ['--arxiv-categories', 'cs.XX'], /arXiv rejects cs\.XX\./],
    [
      'a folder',
      ['--data-dir', `${import.meta.filename}/data`],
      /unattended\.test\.ts is a file\. Choose a folder\./,
    ],
  ])('init rejects %s that does not work and writes nothing', async (_, args, words) => {
    const server = await openHttpServer();
    server.on('/v1/chat/completions', json({ error: { message: 'no' } }, { status: 401 }));
    server.on('/atom/cs.XX', answer('text/plain', 'no such category', { status: 400 }));
    const folder = openInitFolder({
      OPENAI_BASE_URL: `${server.url}/v1`,
      ARXIV_API_URL: server.url,
      ARXIV_RSS_URL: server.url,
    });
    const said: string[] = [];
    await expect(folder.run(args, '', (text) => said.push(text))).rejects.toThrow(/^Nothing was written\./);
    expect(said.join('')).toMatch(words);
    expect(folder.added()).toEqual({});
  });

  it('init writes categories that could not be checked, and says so', async () => {
    const server = await openHttpServer();
    server.on('/atom/cs.RO', answer('text/plain', 'later', { status: 429 }));
    const { run, added } = openInitFolder({ ARXIV_API_URL: server.url, ARXIV_RSS_URL: server.url });
    const { stderr } = await run(['--arxiv-categories', 'cs.RO']);
    expect(stderr).toMatch(/^·· +arXiv categories +cs\.RO could not be checked with arXiv/m);
    expect(added()).toEqual({ ARXIV_CATEGORIES: 'cs.RO' });
  });
});
