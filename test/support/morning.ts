/**
 * A morning that nobody was there for: a list has been due in every channel for a minute. For tests and benchmarks that run
 * the program as a process of its own, which then posts it to a fake Discord, and judge what stands there in the end.
 */
import { join } from 'node:path';
import { dayOf } from '../../src/clock.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import type { FeedSettings } from '../../src/delivery/feed.ts';
import { openFeedStore } from '../../src/delivery/feed-store.ts';
import { defaultSettings } from '../../src/delivery/options/feed-options.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { SeenRequest } from './discord/journal.ts';
import type { FakeChannel } from './discord/model.ts';
import type { FakeDiscord } from './discord/start.ts';
import { listedPapers } from './papers.ts';

const CHANNELS_A_GUILD = 10;
const PAPERS = 2;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

export interface Morning {
  readonly discord: FakeDiscord;
  readonly channels: readonly FakeChannel[];
  /** The path of the database. */
  readonly database: string;
  /** For the process: where its data and its Discord are. */
  readonly env: Readonly<Record<string, string>>;
}

/** @param folder an empty one */
export async function openMorning(
  discord: FakeDiscord,
  folder: string,
  count: number,
  style: FeedSettings['style'] = 'thread',
): Promise<Morning> {
  const channels = Array.from({ length: Math.ceil(count / CHANNELS_A_GUILD) }, () => {
    const names = Array.from({ length: CHANNELS_A_GUILD }, (_, at) => `papers-${at}`);
    return discord.addGuild({ channels: names }).channels;
  }).flat();
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
    style,
  };
  for (const { id, guild } of channels) {
    const place = { platform: 'discord', workspace: guild?.id ?? '', channel: id };
    await feeds.follow({ place, settings, manager: guild?.owner.id ?? '', at: '2026-01-01T00:00:00Z' });
  }
  connection.close();
  const env = { DATA_DIR: folder, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url };
  return { discord, channels, database, env };
}

export const isPost = ({ method, route }: SeenRequest) =>
  method === 'POST' && /\/(messages|threads)$/.test(route);
export const isMessage = ({ method, route }: SeenRequest) =>
  method === 'POST' && route === '/channels/:channel/messages';

export const UNDER_WAY = `state = 'sending'`;
export const OPEN = `state IN ('planned', 'sending', 'posted', 'threaded')`;

/** As the process left it: read without mending anything that the next one has to mend. */
export function countRows({ database }: Morning, where: string): number {
  const connection = openDatabase(database, { readonly: true });
  try {
    return Number(connection.prepare(`SELECT count(*) FROM deliveries WHERE ${where}`).pluck().get());
  } finally {
    connection.close();
  }
}

export interface Verdict {
  lost: number;
  duplicates: number;
  /** SQLite's own word: `ok`. */
  integrity: string;
}

/** Every channel is to hold its root once, and in the root's thread each paper once. */
export function judge({ discord, channels, database }: Morning): Verdict {
  const found = { lost: 0, duplicates: 0, integrity: '' };
  const wanted = listedPapers(dayOf(new Date()), PAPERS).map(({ title }) => title);
  const count = (texts: readonly string[], title: string) =>
    texts.filter((text) => text.includes(title)).length;
  for (const { messages } of channels) {
    found.lost += Number(messages.length === 0);
    found.duplicates += Math.max(0, messages.length - 1);
    const replies = messages.flatMap(({ thread }) => (thread ? discord.messagesIn(thread.id) : []));
    const texts = replies
      .filter(({ embeds }) => embeds.length > 0)
      .map(({ embeds }) => JSON.stringify(embeds));
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
