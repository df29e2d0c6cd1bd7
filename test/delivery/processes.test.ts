/**
 * Promise 1 with the program itself: killed, stopped and refused as a process of its own, by a Discord that loses answers. What
 * dies at which await is tried in `crash.test.ts`; here it is the database file, the lock and the sockets that die with it.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/clock.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openFeedStore } from '../../src/delivery/feed-store.ts';
import { defaultSettings } from '../../src/delivery/options/feed-options.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/database.ts';
import { seededRandom } from '../support/delivery.ts';
import { openFakeDiscord } from '../support/discord/fake-discord.ts';
import type { SeenRequest } from '../support/discord/journal.ts';
import type { FakeChannel } from '../support/discord/model.ts';
import type { FakeDiscord } from '../support/discord/start.ts';
import { listedPapers } from '../support/papers.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const KILLS = IS_LONG ? 40 : 2;
const STOPS = IS_LONG ? 25 : 2;
const CHANNELS = IS_LONG ? 250 : 20;
const REFUSING = IS_LONG ? 600 : 20;
const CHANNELS_A_GUILD = 10;
const PAPERS = 2;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const TIME_OUT = { timeout: IS_LONG ? 1_200_000 : 120_000 };

interface Morning {
  readonly discord: FakeDiscord;
  readonly channels: readonly FakeChannel[];
  readonly database: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A list is due in every channel since a minute ago, and nobody was there to post it. */
async function openMorning(count: number): Promise<Morning> {
  const discord = await openFakeDiscord({ validate: !IS_LONG });
  const channels = Array.from({ length: Math.ceil(count / CHANNELS_A_GUILD) }, () => {
    const names = Array.from({ length: CHANNELS_A_GUILD }, (_, at) => `papers-${at}`);
    return discord.addGuild({ channels: names }).channels;
  }).flat();
  const folder = temporaryFolder();
  const database = join(folder, 'paperboy.db');
  const due = new Date(Date.now() - 60_000);
  const connection = openDatabase(database);
  await migrate(connection);
  await openPaperStore(connection).importBatch(listedPapers(dayOf(due), PAPERS), {
    source: 'hugging-face',
    at: due.toISOString(),
  });
  const feeds = openFeedStore(connection);
  const settings = {
    ...defaultSettings('UTC'),
    time: due.toISOString().slice(11, 16),
    days: ALL_DAYS,
    count: PAPERS,
  };
  for (const { id, guild } of channels) {
    const place = { platform: 'discord', workspace: guild?.id ?? '', channel: id };
    await feeds.follow({ place, settings, manager: guild?.owner.id ?? '', at: '2026-01-01T00:00:00Z' });
  }
  connection.close();
  const env = { DATA_DIR: folder, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url };
  return { discord, channels, database, env };
}

function startBot({ env }: Morning) {
  const bot = startCli(['start'], { env });
  // A pipe that nobody reads fills up, and its writer waits.
  bot.stdout.resume();
  bot.stderr.resume();
  return bot;
}

const isPost = ({ method, route }: SeenRequest) => method === 'POST' && /\/(messages|threads)$/.test(route);
const isMessage = ({ method, route }: SeenRequest) =>
  method === 'POST' && route === '/channels/:channel/messages';

/** As the dead process left it: read without mending anything that the next one has to mend. */
function countRows(database: string, where: string): number {
  const connection = openDatabase(database, { readonly: true });
  try {
    return Number(connection.prepare(`SELECT count(*) FROM deliveries WHERE ${where}`).pluck().get());
  } finally {
    connection.close();
  }
}

const UNDER_WAY = `state = 'sending'`;
const OPEN = `state IN ('planned', 'sending', 'posted', 'threaded')`;

/** Holds the answer, or the carrying out, of one message until it is let go. */
function holdMessage(discord: FakeDiscord, skip: number, when: 'before' | 'after') {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let left = skip;
  let isHeld = false;
  const match = (request: SeenRequest) => {
    if (!isMessage(request) || left-- > 0) return false;
    isHeld = true;
    return true;
  };
  discord.faults.next({ kind: 'delay', until, when, match });
  return { held: () => discord.until(() => isHeld), letGo };
}

async function finish(morning: Morning): Promise<void> {
  const bot = startBot(morning);
  // Rows of unknown fate whose key may have been forgotten are looked up when 70 s have gone by.
  const open = () => countRows(morning.database, OPEN);
  await expect.poll(open, { timeout: TIME_OUT.timeout, interval: 100 }).toBe(0);
  await stop(bot);
}

const isCard = ({ embeds }: { readonly embeds: readonly unknown[] }) => embeds.length > 0;

/** @returns how long it took, in milliseconds */
async function stop(bot: ReturnType<typeof startBot>): Promise<number> {
  const from = performance.now();
  bot.kill('SIGTERM');
  expect(await once(bot, 'exit')).toEqual([0, null]);
  return performance.now() - from;
}

function judge({ discord, channels, database }: Morning) {
  const found = { lost: 0, duplicates: 0, integrity: '' };
  const wanted = listedPapers(dayOf(new Date()), PAPERS).map(({ title }) => title);
  const count = (texts: readonly string[], title: string) =>
    texts.filter((text) => text.includes(title)).length;
  for (const { messages } of channels) {
    found.lost += Number(messages.length === 0);
    found.duplicates += Math.max(0, messages.length - 1);
    const replies = messages.flatMap(({ thread }) => (thread ? discord.messagesIn(thread.id) : []));
    const texts = replies.filter(isCard).map(({ embeds }) => JSON.stringify(embeds));
    for (const title of wanted) {
      found.lost += Number(count(texts, title) === 0);
      found.duplicates += Math.max(0, count(texts, title) - 1);
    }
  }
  const connection = openDatabase(database, { readonly: true });
  found.integrity = String(connection.pragma('integrity_check', { simple: true }));
  connection.close();
  return found;
}

function report(figures: object): void {
  if (IS_LONG) process.stdout.write(`${JSON.stringify(figures)}\n`);
}

const SAFE = { lost: 0, duplicates: 0, integrity: 'ok' };

describe('the process', () => {
  it('killed in the middle of its posts loses nothing and posts nothing twice', TIME_OUT, async () => {
    const morning = await openMorning(CHANNELS);
    const { discord, database } = morning;
    const random = seededRandom(7);
    const shares = { seed: 7, match: isPost, loseAnswer: 0.03, serverErrorAfter: 0.03 };
    discord.faults.random(shares);
    const from = performance.now();
    let hits = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const message = holdMessage(discord, Math.floor(random() * 10), kill % 2 === 0 ? 'after' : 'before');
      const bot = startBot(morning);
      await message.held();
      bot.kill('SIGKILL');
      await once(bot, 'exit');
      hits += Number(countRows(database, UNDER_WAY) > 0);
      // What was under way when its sender died may be carried out only now.
      message.letGo();
    }
    await finish(morning);
    const verdict = judge(morning);
    report({
      kills: KILLS,
      hits,
      ...verdict,
      met: discord.faults.met,
      seconds: (performance.now() - from) / 1000,
    });
    expect(verdict).toEqual(SAFE);
    expect(hits / KILLS).toBeGreaterThanOrEqual(0.9);
  });

  it('stopped in the middle of its posts ends in peace, and the next one goes on', TIME_OUT, async () => {
    const morning = await openMorning(CHANNELS);
    const { discord, database } = morning;
    discord.faults.random({ seed: 8, match: isPost, loseAnswer: 0.03, serverErrorAfter: 0.03 });
    const from = performance.now();
    let slowest = 0;
    let inTheMiddle = 0;
    for (let stops = 0; stops < STOPS; stops++) {
      const message = holdMessage(discord, 3, 'after');
      const bot = startBot(morning);
      await message.held();
      inTheMiddle += Number(countRows(database, UNDER_WAY) > 0);
      const stopping = stop(bot);
      message.letGo();
      slowest = Math.max(slowest, await stopping);
    }
    expect(countRows(database, OPEN)).toBeGreaterThan(0);
    await finish(morning);
    const verdict = judge(morning);
    report({ stops: STOPS, inTheMiddle, slowest, ...verdict, seconds: (performance.now() - from) / 1000 });
    expect(verdict).toEqual(SAFE);
    expect(slowest).toBeLessThan(25_000);
    expect(inTheMiddle).toBe(STOPS);
  });

  it('refused everywhere asks each channel once and then leaves Discord alone', TIME_OUT, async () => {
    const morning = await openMorning(REFUSING);
    const { discord, channels, database } = morning;
    for (const channel of channels) channel.deny('SendMessages');
    const bot = startBot(morning);
    const expected = Math.min(REFUSING, 500);
    await expect
      .poll(() => countRows(database, 'refusals = 1'), { timeout: 60_000, interval: 100 })
      .toBeGreaterThanOrEqual(expected);
    const refused = discord.invalidRequests;
    // Two ticks of half a minute, if there is time for them.
    await new Promise((resolve) => setTimeout(resolve, IS_LONG ? 65_000 : 2_000));
    report({ channels: REFUSING, refused, later: discord.invalidRequests - refused });
    expect(discord.invalidRequests).toBe(refused);
    expect(refused).toBeLessThan(1_000);
    await stop(bot);
    expect(channels.every(({ messages }) => messages.length === 0)).toBe(true);
  });
});
