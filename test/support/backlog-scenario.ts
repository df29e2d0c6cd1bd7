/**
 * A morning that nobody was there for: a list has been due in every channel for a minute. For tests and benchmarks that run
 * the program as a process of its own, which then posts it to a fake platform, and judge what stands there in the end.
 */
import { join } from 'node:path';
import type { ChannelRef } from '../../src/chat/refs.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
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

/** What a morning has to do with one platform. */
export interface Stage {
  /** Where papers are due, and who said so. */
  readonly targets: readonly { readonly channel: ChannelRef; readonly manager: string }[];
  /** For the process: where its platform is, and by which token. */
  readonly env: Readonly<Record<string, string>>;
  /** What stands in a channel, all words of each message, with its thread's. */
  rootsIn(channelRef: ChannelRef): readonly { readonly replies: readonly string[] }[];
}

export interface BacklogScenario extends Stage {
  /** The path of the database. */
  readonly database: string;
}

/** @param folder an empty one */
export async function openBacklogScenario(
  stage: Stage,
  folder: string,
  style: FeedSettings['style'] = 'thread',
): Promise<BacklogScenario> {
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
  for (const { channel: channelRef, manager } of stage.targets) {
    await feeds.follow({ channel: channelRef, settings, manager, at: '2026-01-01T00:00:00Z' });
  }
  connection.close();
  return { ...stage, database, env: { DATA_DIR: folder, ...stage.env } };
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

/** As the process left it: read without mending anything that the next one has to mend. */
export function countRows({ database }: BacklogScenario, where: string): number {
  const connection = openDatabase(database, { readonly: true });
  try {
    return Number(connection.prepare(`SELECT count(*) FROM deliveries WHERE ${where}`).pluck().get());
  } finally {
    connection.close();
  }
}

/** So much time goes by while no process runs: what was tried is older by it. */
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
  /** SQLite's own word: `ok`. */
  integrity: string;
}

/** Every channel is to hold its root once, and in the root's thread each paper once. */
export function evaluate({ targets, rootsIn, database }: BacklogScenario): Verdict {
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
  const connection = openDatabase(database, { readonly: true });
  found.integrity = String(connection.pragma('integrity_check', { simple: true }));
  connection.close();
  return found;
}
