/**
 * Guarantee 1 with several processes on one PostgreSQL database. Any of them may be killed at any moment, and
 * the server as well, while the platform loses replies.
 */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openPostgres } from '../../../src/db/postgres/postgres.ts';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';
import {
  countRows,
  discordStage,
  evaluate,
  isPost,
  OPEN,
  openBacklogScenario,
  slackStage,
} from '../../support/backlog-scenario.ts';
import { startBot, stopBot } from '../../support/bot.ts';
import { temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const PROCESSES = IS_LONG ? 8 : 3;
const KILLS = Number(process.env['TEST_KILLS'] ?? (IS_LONG ? 1_000 : 4));
const RESTARTS = IS_LONG ? 20 : 1;
const CHANNELS = Number(process.env['TEST_CHANNELS'] ?? (IS_LONG ? 5_000 : 24));
const CONNECTIONS = 2;
const TIME_OUT = { timeout: IS_LONG ? 7_200_000 : 300_000 };
/** Between two faults, at random. */
const LONGEST_PEACE_MS = 3_000;
const PEACE_OF_SERVER_MS = 10_000;

async function openDiscordStage() {
  const discord = await openFakeDiscord({
    validate: !IS_LONG,
    identifiesADay: 2 * KILLS + 100,
    recommendedShards: CONNECTIONS,
  });
  return { faults: discord.faults, stage: discordStage(discord, CHANNELS) };
}

async function openSlackStage() {
  const slack = await openFakeSlack({ validate: !IS_LONG });
  return { faults: slack.faults, stage: slackStage(slack, CHANNELS) };
}

type Bot = ReturnType<typeof startBot>;

interface Fleet {
  readonly server: PostgresServer;
  /** Ends one process, by a kill or properly, and starts another one in its place. */
  replace(at: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  readonly random: () => number;
}

async function killSome({ replace, random }: Fleet): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await setTimeout(random() * LONGEST_PEACE_MS);
    await replace(Math.floor(random() * PROCESSES), 'SIGKILL');
  }
}

async function replaceAll({ replace, random }: Fleet): Promise<void> {
  for (let at = 0; at < PROCESSES; at++) {
    await setTimeout(IS_LONG ? PEACE_OF_SERVER_MS : random() * LONGEST_PEACE_MS);
    await replace(at, 'SIGTERM');
  }
}

async function restartServer({ server, random }: Fleet): Promise<void> {
  for (let restart = 0; restart < RESTARTS; restart++) {
    await setTimeout(LONGEST_PEACE_MS + random() * PEACE_OF_SERVER_MS);
    await server.restart();
  }
}

it.each([
  { world: 'some are killed, on Discord', openStage: openDiscordStage, disturb: killSome },
  ...(IS_LONG ? [{ world: 'some are killed, on Slack', openStage: openSlackStage, disturb: killSome }] : []),
  { world: 'all are replaced, one after the other', openStage: openDiscordStage, disturb: replaceAll },
  { world: 'the database restarts', openStage: openDiscordStage, disturb: restartServer },
])('several processes post each list once: $world', TIME_OUT, async ({ openStage, disturb }) => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const creator = openPostgres(server.url);
  creator.exec('CREATE DATABASE paperboy');
  creator.close();
  const { stage, faults } = await openStage();
  const folder = temporaryFolder();
  const backlog = await openBacklogScenario(stage, folder, 'thread', new URL('paperboy', server.url).href);
  faults.random({ seed: 11, match: isPost, loseAnswer: 0.03, serverErrorAfter: 0.03 });
  const start = (at: number): Bot => {
    const own = join(folder, String(at));
    mkdirSync(own, { recursive: true });
    return startBot({ ...backlog, env: { ...backlog.env, DATA_DIR: own } });
  };
  const bots = new Map(Array.from({ length: PROCESSES }, (_, at) => [at, start(at)]));
  const from = performance.now();
  await disturb({
    server,
    random: seededRandom(11),
    async replace(at, signal) {
      const bot = bots.get(at);
      bot?.kill(signal);
      if (bot) await once(bot, 'exit');
      bots.set(at, start(at));
    },
  });
  // At first, nothing is planned.
  const left = () =>
    stage.targets.length - countRows(backlog, `state = 'done' AND kind = 'root'`) + countRows(backlog, OPEN);
  await expect.poll(left, { ...TIME_OUT, interval: 500 }).toBe(0);
  await Promise.all([...bots.values()].map(stopBot));
  const verdict = evaluate(backlog);
  if (IS_LONG) {
    const figures = {
      processes: PROCESSES,
      ...verdict,
      met: faults.met,
      seconds: (performance.now() - from) / 1_000,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  }
  expect(verdict).toEqual({ lost: 0, duplicates: 0, integrity: 'ok' });
});
