/** Checks of a Discord bot, as the doctor and `init` report them. */
import { describe, expect, it } from 'vitest';
import { examineDiscord } from '../../../src/platforms/discord/examine.ts';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import type { FakeDiscordOptions } from '../../fakes/discord/start.ts';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9/api';

async function examined(options?: FakeDiscordOptions) {
  const discord = await openFakeDiscord(options);
  const settings = { token: discord.token, apiUrl: discord.url, guildId: undefined, shards: undefined };
  return { discord, settings, ...(await examineDiscord(settings)) };
}

describe('a Discord bot that works', () => {
  it('is named, connects, and comes with its invite', async () => {
    const { discord, diagnostics, invite } = await examined();
    expect(diagnostics.map(({ state, text }) => [state, text])).toEqual([
      ['works', 'the token belongs to paperboy; no privileged intents are needed'],
      ['works', 'connected as paperboy, on 0 servers'],
      ['note', expect.stringContaining(`Add it: ${invite}`)],
    ]);
    expect(invite).toContain(`client_id=${discord.applicationId}`);
    expect(discord.connections).toBe(0);
  });
});

describe('a Discord application', () => {
  it.each([
    [
      'whose commands go elsewhere',
      { interactionsUrl: 'https://other.example.org/hook' },
      /commands are sent to https:\/\/other\.example\.org\/hook .* Clear Interactions Endpoint URL/,
    ],
    ['that no server can add', { codeGrant: true }, /Turn off Requires OAuth2 Code Grant/],
  ] as const)('%s is broken, and no connection is spent on it', async (_, portal, words) => {
    const { discord, diagnostics, invite } = await examined({ portal });
    expect(diagnostics).toContainEqual({
      state: 'broken',
      subject: 'Discord',
      text: expect.stringMatching(words),
    });
    expect(invite).toContain(discord.applicationId);
    expect(discord.identifies).toBe(0);
  });

  it('that only its owner can add gets a note', async () => {
    const { diagnostics } = await examined({ portal: { botPublic: false } });
    expect(diagnostics).toContainEqual({
      state: 'note',
      subject: 'Discord',
      text: expect.stringMatching(/^only the owner of the application can add the bot/),
    });
  });

  it('with few connections left gets a note; with none it is broken, until when', async () => {
    const few = await examined({ identifiesADay: 49 });
    expect(few.diagnostics).toContainEqual({
      state: 'note',
      subject: 'Discord',
      text: expect.stringMatching(/^only 49 of 1000 connections are left until \d{4}-/),
    });
    const none = await examined({ identifiesADay: 0 });
    expect(none.diagnostics).toContainEqual({
      state: 'broken',
      subject: 'Discord',
      text: expect.stringMatching(/too often in a day\. It can connect again from \d{4}-/),
    });
    expect(none.discord.identifies).toBe(0);
  });

  it('with fifty connections left gets no note', async () => {
    const { diagnostics } = await examined({ identifiesADay: 50 });
    expect(diagnostics.map(({ text }) => text).join()).not.toContain('connections are left');
  });
});

describe('a Discord token', () => {
  it('that Discord refuses is broken, without an invite', async () => {
    const { settings } = await examined();
    const { diagnostics, invite } = await examineDiscord({ ...settings, token: 'a.wrong.token' });
    expect(diagnostics).toEqual([
      { state: 'broken', subject: 'Discord', text: expect.stringMatching(/^Discord rejected the token\./) },
    ]);
    expect(invite).toBeUndefined();
  });

  it('is broken when Discord cannot be reached', async () => {
    const { settings } = await examined();
    const { diagnostics } = await examineDiscord({ ...settings, apiUrl: NOWHERE });
    expect(diagnostics).toEqual([
      {
        state: 'broken',
        subject: 'Discord',
        text: expect.stringMatching(/^Cannot reach Discord: .* ?Check the network\.$/),
      },
    ]);
  });
});
