/**
 * A backlog: in every channel, a list has been due for a minute. For tests and benchmarks that start
 * the program as a process, let it post to a fake platform, and check the result.
 */
import { join } from 'node:path';
import type { ChannelRef } from '../../src/chat/refs.ts';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openLocation } from '../../src/db/location.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { migratePostgres } from '../../src/db/postgres/migrate-postgres.ts';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import type { FeedSettings } from '../../src/feeds/feed.ts';
import { openFeedStore } from '../../src/feeds/feed-store.ts';
import { defaultSettings } from '../../src/feeds/options/feed-options.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { dayOf } from '../../src/time/clock.ts';
import type { FakeChannel as DiscordChannel } from '../fakes/discord/model.ts';
import type { FakeDiscord } from '../fakes/discord/start.ts';
import type { SeenRequest } from '../fakes/request-log.ts';
import type { FakeSlack } from '../fakes/slack/start.ts';
import { listedPapers } from './papers.ts';

const CHANNELS_A_GUILD = 10;
const PAPERS = 2;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

/** One platform in the scenario. */
export interface Stage {
  /** The channels with a feed, and the person who set each feed up. */
  readonly targets: readonly { readonly channel: ChannelRef; readonly manager: string }[];
  /** Environment of the process: the address of the fake platform, and a token. */
  readonly env: Readonly<Record<string, string>>;
  /** The messages in a channel, with all their words, and those in their threads. */
  rootsIn(channelRef: ChannelRef): readonly { readonly replies: readonly string[] }[];
}

export interface BacklogScenario extends Stage {
  /** Path of the database. */
  readonly database: string;
  /** Of PostgreSQL instead. */
  readonly url?: string;
}

/** @param folder an empty folder */
export async function openBacklogScenario(
  stage: Stage,
  folder: string,
  style: FeedSettings['style'] = 'thread',
  url?: string,
): Promise<BacklogScenario> {
  const database = join(folder, 'paperboy.db');
  const due = new Date(Date.now() - 60_000);
  const connection = await openMigrated(database, url);
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
  for (const { channel: channelRef, manager } of stage.targets) {
    await feeds.follow({ channel: channelRef, settings, manager, at: '2026-01-01T00:00:00Z' });
  }
  connection.close();
  const env = { DATA_DIR: folder, ...(url !== undefined && { DATABASE_URL: url }), ...stage.env };
  return { ...stage, database, ...(url !== undefined && { url }), env };
}

async function openMigrated(path: string, url: string | undefined): Promise<DatabaseConnection> {
  if (url === undefined) {
    const connection = openDatabase(path);
    await migrate(connection);
    return connection;
  }
  const connection = openPostgres(url);
  await migratePostgres(connection);
  return connection;
}

export interface DiscordStage extends Stage {
  readonly channels: readonly DiscordChannel[];
}

export function discordStage(discord: FakeDiscord, count: number): DiscordStage {
  const channels = Array.from({ length: Math.ceil(count / CHANNELS_A_GUILD) }, () => {
    const names = Array.from({ length: CHANNELS_A_GUILD }, (_, at) => `papers-${at}`);
    return discord.addGuild({ channels: names }).channels;
  }).flat();
  return {
    channels,
    targets: channels.map(({ id, guild }) => ({
      channel: { platform: 'discord', workspace: guild?.id ?? '', channel: id },
      manager: guild?.owner.id ?? '',
    })),
    env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url },
    rootsIn: ({ channel }) =>
      discord.messagesIn(channel).map(({ thread }) => ({
        replies: (thread ? discord.messagesIn(thread.id) : [])
          .filter(({ embeds }) => embeds.length > 0)
          .map(({ embeds }) => JSON.stringify(embeds)),
      })),
  };
}

export function slackStage(slack: FakeSlack, count: number): Stage {
  const channels = Array.from({ length: count }, (_, at) => slack.addChannel(`papers-${at}`));
  return {
    targets: channels.map(({ id, workspace, creator }) => ({
      channel: { platform: 'slack', workspace: workspace.id, channel: id },
      manager: creator.id,
    })),
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
    },
    rootsIn({ channel }) {
      const messages = slack.messagesIn(channel);
      return messages
        .filter(({ threadTs }) => threadTs === undefined)
        .map(({ ts }) => ({
          replies: messages.filter(({ threadTs }) => threadTs === ts).map(({ text }) => text),
        }));
    },
  };
}

export const isPost = ({ method, route }: SeenRequest) =>
  method === 'POST' && /(\/(messages|threads)|^chat\.postMessage)$/.test(route);
export const isMessage = ({ method, route }: SeenRequest) =>
  method === 'POST' && (route === '/channels/:channel/messages' || route === 'chat.postMessage');

export const UNDER_WAY = `state = 'sending'`;
export const OPEN = `state IN ('planned', 'sending', 'posted', 'threaded')`;

/**
 * Reads the database as the process left it, without repairing anything that the next process has to repair.
 */
export function countRows({ database: path, url }: BacklogScenario, where: string): number {
  const connection = openLocation({ path, ...(url !== undefined && { url }) }, { readonly: true });
  try {
    return Number(connection.prepare(`SELECT count(*) FROM deliveries WHERE ${where}`).pluck().get());
  } finally {
    connection.close();
  }
}

/** Lets this much time pass while no process runs, by making earlier attempts older. */
export function letTimePass({ database }: BacklogScenario, ms: number): void {
  const connection = openDatabase(database);
  connection
    .prepare('UPDATE deliveries SET first_try = first_try - :ms, last_try = last_try - :ms')
    .run({ ms });
  connection.close();
}

export interface Verdict {
  lost: number;
  duplicates: number;
  /** SQLite's result: `ok` if the database is intact. PostgreSQL's files are its own matter. */
  integrity: string;
}

/** Expects the list once in every channel, and each paper once in its thread. */
export function evaluate({ targets, rootsIn, database, url }: BacklogScenario): Verdict {
  const found = { lost: 0, duplicates: 0, integrity: '' };
  const wanted = listedPapers(dayOf(new Date()), PAPERS).map(({ title }) => title);
  const count = (texts: readonly string[], title: string) =>
    texts.filter((text) => text.includes(title)).length;
  for (const { channel: channelRef } of targets) {
    const roots = rootsIn(channelRef);
    found.lost += Number(roots.length === 0);
    found.duplicates += Math.max(0, roots.length - 1);
    const texts = roots.flatMap(({ replies }) => replies);
    for (const title of wanted) {
      found.lost += Number(count(texts, title) === 0);
      found.duplicates += Math.max(0, count(texts, title) - 1);
    }
  }
  if (url !== undefined) return { ...found, integrity: 'ok' };
  const connection = openDatabase(database, { readonly: true });
  found.integrity = String(connection.pragma('integrity_check', { simple: true }));
  connection.close();
  return found;
}
