/** The connection to Discord: refusals, interruptions and the stop. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/base/errors.ts';
import { openDiscordChat } from '../../../../src/platforms/discord/adapter.ts';
import { openFakeDiscord } from '../../../fakes/discord/fake-discord.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { discordOptions } from '../../../support/harness/discord.ts';
import { openFrame } from '../harness.ts';

/** Discord's client waits half a second per connection, so only `npm run test:faults` makes a hundred. */
const CUTS = process.env['TEST_FAULTS'] === undefined ? 8 : 100;

describe('a cut connection', () => {
  it('is resumed, however often, and what happened meanwhile has its one effect', async () => {
    let asked = 0;
    const { discord, channel, ada, savedBy } = await openFrame({
      handlers: (real) => ({
        answer(request) {
          asked++;
          return real.answer(request);
        },
      }),
    });
    const card = await ada.command(channel, 'papers', 'show', { paper: '2605.00001' }).answered;
    for (let cut = 1; cut <= CUTS; cut++) {
      discord.cutConnections();
      const before = channel.messages.length;
      const interaction = ada.command(channel, 'papers', 'stats');
      expect(shownText(await interaction.answered)).toContain('papers');
      expect(channel.messages.length - before).toBe(1);
    }
    expect(asked).toBe(CUTS + 1);
    ada.react(card, '🔖');
    await expect.poll(() => savedBy(ada.id)).toEqual(['2605.00001']);
    expect(discord.resumes).toBe(CUTS);
    expect(discord.identifies).toBe(1);
  }, 120_000);

  it('that cannot be resumed is made anew', async () => {
    const { discord, channel, ada } = await openFrame();
    discord.invalidateSession(false);
    await discord.until(() => discord.identifies === 2);
    const answer = await ada.command(channel, 'papers', 'stats').answered;
    expect(shownText(answer)).toContain('papers');
  });

  it('that went silent is noticed by its heartbeat and replaced', async () => {
    const { discord, channel, ada } = await openFrame({ discord: { heartbeatMs: 200 } });
    discord.silenceGateway();
    await discord.until(() => discord.resumes + discord.identifies > 1);
    expect(shownText(await ada.command(channel, 'papers', 'stats').answered)).toContain('papers');
  });
});

describe('a refusal for good', () => {
  it.each([
    [4004, /Discord rejected the token\. Create a new one/],
    [4014, /Discord rejected the intents/],
    [4011, /too many servers for one connection/],
  ])('(%i) ends the program with a sentence', async (code, words) => {
    let end: (error: Error) => void = () => {};
    const ended = new Promise<Error>((resolve) => {
      end = resolve;
    });
    const { discord } = await openFrame({ chat: { onDeath: (error) => end(error) } });
    discord.closeGateway(code);
    const error = await ended;
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(words);
  });

  it('of the token at the start says so', async () => {
    const discord = await openFakeDiscord();
    const chat = openDiscordChat(discordOptions(discord, { token: 'revoked' }));
    await expect(chat.start({} as never)).rejects.toThrow(/^Discord rejected the token\. Create a new one/);
    await chat.stop();
  });

  it('once too often in a day says until when, and does not even try', async () => {
    const { discord, startBot } = await openFrame({ discord: { identifiesADay: 1 } });
    await expect(startBot()).rejects.toThrow(
      /too often in a day\. It can connect again from \d{4}-\d\d-\d\dT/,
    );
    expect(discord.identifies).toBe(1);
  });

  it('by a server that is not there says so', async () => {
    const discord = await openFakeDiscord();
    const chat = openDiscordChat(discordOptions(discord, { apiUrl: 'http://127.0.0.1:9/api' }));
    await expect(chat.start({} as never)).rejects.toThrow(/^Cannot reach Discord: /);
    await chat.stop();
  }, 60_000);
});

describe('stopping', () => {
  it('finishes what is under way', async () => {
    const { chat, channel, ada } = await openFrame({
      handlers: (real) => ({
        async answer(request) {
          await new Promise((resolve) => setTimeout(resolve, 700));
          return real.answer(request);
        },
      }),
    });
    const interaction = ada.command(channel, 'papers', 'stats');
    await interaction.acknowledged;
    await chat.stop();
    expect(shownText(await interaction.answered)).toContain('papers');
  });
});
