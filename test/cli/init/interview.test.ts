/** `init` as a conversation, typed into the streams of the library that asks, over sockets to the fakes. */
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { completion } from '../../fakes/llm/model-server.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';
import type { FakeSlackOptions } from '../../fakes/slack/start.ts';
import { answer, atom, openHttpServer } from '../../fakes/sources/http-server.ts';
import { temporaryFolder } from '../../support/database.ts';
import { readFixture } from '../../support/fixtures.ts';
import { KEYS, openInitFolder } from '../../support/init.ts';

const { enter, down, space, clear, interrupt } = KEYS;
const WRONG_TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token-of-somebody-else-here';
/** The option that the cursor is moved to in the first question. */
const PARTS = ['discord', 'slack', 'model', 'papers', 'zone', 'folder'] as const;
/** Set already, so that nothing is chosen beforehand. */
const SEEN_BEFORE = { DEFAULT_ZONE: 'Europe/Berlin' };

/** The keys that choose these parts and no other. */
function choosing(...parts: readonly (typeof PARTS)[number][]): string[] {
  return [...PARTS.flatMap((part) => [...(parts.includes(part) ? [space] : []), down]), enter];
}

async function withDiscord(settings: Record<string, string> = SEEN_BEFORE) {
  const discord = await openFakeDiscord();
  return { discord, ...openInitFolder({ DISCORD_API_URL: discord.url, ...settings }) };
}

async function withSlack(settings: Record<string, string> = {}, options?: FakeSlackOptions) {
  const slack = await openFakeSlack(options);
  return { slack, ...openInitFolder({ SLACK_API_URL: slack.url, ...SEEN_BEFORE, ...settings }) };
}

const WHAT = 'What do you want to set up';
const WRITE = 'Write these changes?';

describe('a first conversation', () => {
  it('the first interview checks the Discord token and writes it with categories and zone', async () => {
    const { discord, added, path, converse } = await withDiscord({});
    const { answer, shown, ended, screen } = converse();
    await answer(WHAT, space, enter);
    await shown('https://discord.com/developers/applications → New Application');
    await answer('Discord bot token', `"Bot ${discord.token}"`, enter);
    await shown('Checking Discord …');
    await shown('connected as paperboy');
    await answer('Categories on arXiv', enter);
    await answer('Time zone', clear, 'lisbon', enter);
    await shown('DISCORD_TOKEN: new');
    await shown('DEFAULT_ZONE=Europe/Lisbon');
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({ DISCORD_TOKEN: discord.token, DEFAULT_ZONE: 'Europe/Lisbon' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(screen()).toContain(`client_id=${discord.applicationId}`);
    expect(screen()).not.toContain(discord.token);
  });
});

describe('a token that is typed', () => {
  it('a token is asked for again if its format is wrong or the platform rejects it', async () => {
    const { discord, added, converse } = await withDiscord();
    const { answer, shown, ended } = converse();
    await answer(WHAT, ...choosing('discord'));
    await answer('Discord bot token', '123456789012345678', enter);
    await answer('That looks like a Discord ID', clear, WRONG_TOKEN, enter);
    await shown('Discord rejected the token');
    await answer('What next?', enter);
    await answer('Discord bot token', discord.token, enter);
    await shown('connected as paperboy');
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({ DISCORD_TOKEN: discord.token });
  });

  it('a typed token may contain a line break', async () => {
    const { discord, added, converse } = await withDiscord();
    const { answer, ended } = converse();
    await answer(WHAT, ...choosing('discord'));
    await answer('Discord bot token', `${discord.token.slice(0, 20)}\r${discord.token.slice(20)}\r`);
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({ DISCORD_TOKEN: discord.token });
  });

  it('a token that does not work can be kept or left out', async () => {
    const { added, converse } = await withDiscord();
    const left = converse();
    await left.answer(WHAT, ...choosing('discord'));
    await left.answer('Discord bot token', WRONG_TOKEN, enter);
    await left.answer('What next?', down, down, down, enter);
    await left.shown('Nothing was written.');
    await left.ended;
    expect(added()).toEqual({});

    const kept = converse();
    await kept.answer(WHAT, ...choosing('discord'));
    await kept.answer('Discord bot token', WRONG_TOKEN, enter);
    await kept.answer('What next?', down, down, enter);
    await kept.answer(WRITE, enter);
    await kept.ended;
    expect(added()).toEqual({ DISCORD_TOKEN: WRONG_TOKEN });
  });

  it('a token is not checked with --no-check', async () => {
    const { discord, added, converse } = await withDiscord();
    const { answer, ended } = converse(['--no-check']);
    await answer(WHAT, ...choosing('discord'));
    await answer('Discord bot token', WRONG_TOKEN, enter);
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({ DISCORD_TOKEN: WRONG_TOKEN });
    expect(discord.requests).toEqual([]);
  });
});

describe('a conversation about Slack', () => {
  it('the interview for Socket Mode shows the manifest and checks both tokens', async () => {
    const { slack, added, converse } = await withSlack();
    const { answer, shown, ended, screen } = converse();
    await answer(WHAT, ...choosing('slack'));
    await answer('Which Slack workspaces', enter);
    await answer('How should events from Slack reach the bot?', enter);
    await answer('Have you already created the app', enter);
    await shown('"socket_mode_enabled": true');
    await answer('Bot User OAuth Token', slack.botToken, enter);
    await shown('the bot is installed as paperboy');
    await answer('Slack app-level token', slack.appToken, enter);
    await shown('opens a socket');
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken });
    for (const secret of [slack.botToken, slack.appToken]) expect(screen()).not.toContain(secret);
  });

  it('the interview names missing scopes, and checks again after a fix', async () => {
    const { slack, added, converse } = await withSlack({ SLACK_APP_TOKEN: 'xapp-1-set-before' });
    slack.workspace.scopes.delete('commands');
    const { answer, shown, ended } = converse();
    await answer(WHAT, ...choosing('slack'));
    await answer('Which Slack workspaces', enter);
    await answer('How should events from Slack reach the bot?', enter);
    await answer('Have you already created the app', 'y');
    await answer('Bot User OAuth Token', slack.botToken, enter);
    await shown('the app lacks commands');
    await shown('What next?');
    slack.workspace.scopes.add('commands');
    await answer('Enter the value again', down, enter);
    await shown('the bot is installed as paperboy');
    await answer('SLACK_APP_TOKEN is already set', down, enter);
    await answer('Slack app-level token', slack.appToken, enter);
    await shown('SLACK_APP_TOKEN: replaced');
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken });
  });

  it('the interview for HTTP removes the app token', async () => {
    const { slack, added, text, converse } = await withSlack({ SLACK_APP_TOKEN: 'xapp-1-set-before' });
    const { answer, shown, ended } = converse();
    await answer(WHAT, ...choosing('slack'));
    await answer('Which Slack workspaces', enter);
    await answer('How should events from Slack reach the bot?', down, enter);
    await answer('Public address of the bot', clear, 'http://bot.example.org', enter);
    await answer(
      'Slack only accepts addresses that begin with https://',
      clear,
      'https://bot.example.org/',
      enter,
    );
    await answer('Have you already created the app', enter);
    await shown('"request_url": "https://bot.example.org/slack/events"');
    await answer('Bot User OAuth Token', slack.botToken, enter);
    await answer('Port for Slack’s requests', clear, '4000', enter);
    await answer('Signing secret', slack.signingSecret, enter);
    await shown('SLACK_APP_TOKEN: removed');
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_PORT: '4000',
      SLACK_SIGNING_SECRET: slack.signingSecret,
    });
    expect(text()).not.toContain('SLACK_APP_TOKEN');
  });

  it('the interview for several workspaces checks the client and creates a key', async () => {
    const { slack, added, converse } = await withSlack();
    const { answer, shown, ended, screen } = converse();
    await answer(WHAT, ...choosing('slack'));
    await answer('Which Slack workspaces', down, enter);
    await answer('How should events from Slack reach the bot?', enter);
    await answer('Public address of the bot', clear, 'https://bot.example.org', enter);
    await answer('Have you already created the app', 'y');
    await shown('manifest --install https://bot.example.org');
    await answer('Client ID', slack.clientId, enter);
    await answer('Client secret', 'f'.repeat(32), enter);
    await shown('SLACK_CLIENT_SECRET does not belong to SLACK_CLIENT_ID');
    await answer('What next?', enter);
    await answer('Client ID', enter);
    await answer('Client secret', slack.clientSecret, enter);
    await shown('client ID and secret are valid');
    await answer('Port for Slack’s requests', enter);
    await answer('Slack app-level token', slack.appToken, enter);
    await answer(WRITE, enter);
    await ended;
    const { SECRET_KEY = '', ...others } = added();
    expect(others).toEqual({
      SLACK_CLIENT_ID: slack.clientId,
      SLACK_CLIENT_SECRET: slack.clientSecret,
      SLACK_APP_TOKEN: slack.appToken,
    });
    expect(Buffer.from(SECRET_KEY, 'base64')).toHaveLength(32);
    expect(screen()).not.toContain(SECRET_KEY);
  });
});

describe('a conversation about a language model', () => {
  it('a language model on another server needs no key', async () => {
    const server = await openHttpServer();
    server.on('/v1/chat/completions', completion('Yes.'));
    const { added, converse } = openInitFolder(SEEN_BEFORE);
    const { answer, shown, ended } = converse();
    await answer(WHAT, ...choosing('model'));
    await answer('Which language model', down, enter);
    await answer('Address of the language model', clear, `${server.url}/v1`, enter);
    await answer('API key', enter);
    await answer('Name of the language model', 'small', enter);
    await shown('small responds in');
    await answer(WRITE, enter);
    await ended;
    expect(added()).toEqual({ OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_MODEL: 'small' });
  });
});

describe('a conversation about papers and place', () => {
  it('the interview checks new categories and a new folder', async () => {
    const server = await openHttpServer();
    server.on('/atom/robots', answer('text/plain', 'no such category', { status: 400 }));
    server.on('/atom/cs.RO', atom(readFixture('arxiv/daily.synthetic.xml')));
    const folder = openInitFolder({ ARXIV_API_URL: server.url, ARXIV_RSS_URL: server.url, ...SEEN_BEFORE });
    const conversation = folder.converse();
    await conversation.answer(WHAT, ...choosing('papers', 'folder'));
    await conversation.answer('Categories on arXiv', clear, 'robots', enter);
    await conversation.shown('arXiv rejects robots.');
    await conversation.answer('What next?', enter);
    await conversation.answer('Categories on arXiv', clear, 'cs.RO', enter);
    await conversation.shown('arXiv has cs.RO');
    await conversation.answer('Folder for the data', clear, folder.folder, enter);
    await conversation.shown('is writable');
    await conversation.answer(WRITE, enter);
    await conversation.ended;
    expect(folder.added()).toEqual({ ARXIV_CATEGORIES: 'cs.RO', DATA_DIR: folder.folder });
  });

  it('the interview does not check unchanged values', async () => {
    const server = await openHttpServer();
    const { converse, text, before } = openInitFolder({ ARXIV_RSS_URL: server.url, ...SEEN_BEFORE });
    const { answer, shown, ended } = converse();
    await answer(WHAT, ...choosing('papers', 'folder'));
    await answer('Categories on arXiv', enter);
    await answer('Folder for the data', enter);
    await shown('Nothing was written.');
    await ended;
    expect(server.requests).toEqual([]);
    expect(text()).toBe(before);
  });
});

describe('a later conversation', () => {
  it('a later interview shows the settings without secrets, and changes only chosen ones', async () => {
    const { discord, path, text, converse } = await withDiscord();
    const before = `${text()}\n# ours\nDISCORD_TOKEN=${discord.token} # the bot\nDATA_DIR=here\n`;
    writeFileSync(path, before);
    const { answer, shown, ended, screen } = converse();
    await shown('Discord: a token is set');
    await shown('Time zone: Europe/Berlin');
    await answer(WHAT, ...choosing('discord', 'zone'));
    await answer('DISCORD_TOKEN is already set', enter);
    await shown('connected as paperboy');
    await answer('Time zone', clear, 'utc', enter);
    await shown('DEFAULT_ZONE=UTC (now Europe/Berlin)');
    await answer(WRITE, enter);
    await ended;
    expect(text()).toBe(before.replace("DEFAULT_ZONE='Europe/Berlin'", 'DEFAULT_ZONE=UTC'));
    expect(screen()).not.toContain(discord.token);
  });

  it('a later interview can replace a secret that is read from a file', async () => {
    const secret = join(temporaryFolder(), 'token');
    const { discord, text, converse } = await withDiscord({ ...SEEN_BEFORE, DISCORD_TOKEN_FILE: secret });
    writeFileSync(secret, `${discord.token}\n`);
    const kept = converse();
    await kept.shown('Discord: a token is set');
    await kept.answer(WHAT, ...choosing('discord'));
    await kept.answer('DISCORD_TOKEN is already set', enter);
    await kept.shown('connected as paperboy');
    await kept.shown('Nothing was written.');
    await kept.ended;

    writeFileSync(secret, `${WRONG_TOKEN}\n`);
    const replaced = converse();
    await replaced.answer(WHAT, ...choosing('discord'));
    await replaced.answer('DISCORD_TOKEN is already set', down, enter);
    await replaced.answer('Discord bot token', discord.token, enter);
    await replaced.shown('connected as paperboy');
    await replaced.shown('DISCORD_TOKEN: replaced');
    await replaced.answer(WRITE, enter);
    await replaced.ended;
    expect(text()).toContain(`\nDISCORD_TOKEN=${discord.token}\n`);
    expect(text()).not.toContain('DISCORD_TOKEN_FILE');
  });

  it('an interview without choices only makes .env private', async () => {
    const { path, text, before, converse } = openInitFolder(SEEN_BEFORE);
    chmodSync(path, 0o644);
    const { answer, shown, ended } = converse();
    await answer(WHAT, enter);
    await shown('Nothing was written. Now only you can read .env.');
    await ended;
    expect(text()).toBe(before);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('an interview keeps changes made to .env meanwhile', async () => {
    const { path, text, before, converse } = openInitFolder(SEEN_BEFORE);
    const { answer, shown, ended } = converse();
    await answer(WHAT, ...choosing('zone'));
    await answer('Time zone', clear, 'utc', enter);
    await shown(WRITE);
    writeFileSync(path, `${before}LOG_LEVEL=debug\n`);
    await answer('Yes', enter);
    await ended;
    expect(text()).toBe('DEFAULT_ZONE=UTC\nLOG_LEVEL=debug\n');
  });

  it('an interview warns about invalid settings', async () => {
    const { converse } = openInitFolder({ ...SEEN_BEFORE, LOG_LEVEL: 'loud' });
    const { answer, shown, ended } = converse();
    await shown('LOG_LEVEL must be fatal, error');
    await answer(WHAT, enter);
    await ended;
  });
});

describe('a conversation that is broken off', () => {
  it.each([
    ['at the first question', async () => {}],
    [
      'while a token is typed',
      async ({ answer }: ReturnType<ReturnType<typeof openInitFolder>['converse']>) => {
        await answer(WHAT, ...choosing('discord'));
        await answer('Discord bot token', 'MTIz');
      },
    ],
    [
      'at the last question',
      async ({ answer, shown }: ReturnType<ReturnType<typeof openInitFolder>['converse']>) => {
        await answer(WHAT, ...choosing('zone'));
        await answer('Time zone', clear, 'utc', enter);
        await shown(WRITE);
      },
    ],
  ] as const)('Ctrl-C %s leaves .env unchanged, with status 130', async (_, begin) => {
    const { text, before, converse } = openInitFolder(SEEN_BEFORE);
    onTestFinished(() => {
      process.exitCode = undefined;
    });
    const conversation = converse();
    await begin(conversation);
    conversation.type(interrupt);
    await conversation.shown('Nothing was written.');
    await conversation.ended;
    expect(text()).toBe(before);
    expect(process.exitCode).toBe(130);
  });

  it('answering No at the end leaves .env unchanged', async () => {
    const { text, before, converse } = openInitFolder(SEEN_BEFORE);
    const { answer, shown, ended } = converse();
    await answer(WHAT, ...choosing('zone'));
    await answer('Time zone', clear, 'utc', enter);
    await answer(WRITE, 'n');
    await shown('Nothing was written.');
    await ended;
    expect(text()).toBe(before);
  });
});

describe('values given at a terminal', () => {
  it('init confirms options at a terminal only if they replace a value', async () => {
    const { discord, added, text, converse } = await withDiscord();
    const given = converse(['--discord-token', discord.token]);
    await given.ended;
    expect(added()).toEqual({ DISCORD_TOKEN: discord.token });
    const before = text();
    const refused = converse(['--default-zone', 'utc', '--no-check']);
    await refused.answer('.env has another value for DEFAULT_ZONE. Replace it?', 'n');
    await expect(refused.ended).rejects.toThrow('Nothing was written.');
    expect(text()).toBe(before);
    const agreed = converse(['--default-zone', 'utc', '--no-check']);
    await agreed.answer('Replace it?', 'y');
    await agreed.ended;
    expect(text()).toBe(before.replace("'Europe/Berlin'", 'UTC'));
  });
});
