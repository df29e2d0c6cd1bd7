/** Several processes on one PostgreSQL database: posting a backlog together, and answering commands. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { catalogue } from '../commands/index.ts';
import { openPostgres } from '../src/db/postgres/postgres.ts';
import { POSTING_LIMITS, REQUEST_WINDOW } from '../src/platforms/discord/connection/client.ts';
import { startFakeDiscord } from '../test/fakes/discord/start.ts';
import type { FakeInteraction } from '../test/fakes/slack/model.ts';
import { startFakeSlack } from '../test/fakes/slack/start.ts';
import {
  type BacklogScenario,
  discordStage,
  evaluate,
  openBacklogScenario,
  slackStage,
} from '../test/support/backlog-scenario.ts';
import { freePort } from '../test/support/free-port.ts';
import { startPostgres } from '../test/support/postgres-server.ts';
import type { Benchmark } from './support/figure.ts';
import { CLI, processorSeconds } from './support/process.ts';
import { quantile } from './support/statistics.ts';

const PROCESSES = Number(process.env['BENCH_PROCESSES'] ?? 8);
const CHANNELS = Number(process.env['BENCH_CHANNELS'] ?? 5_000);
const COMMANDS_A_SECOND = Number(process.env['BENCH_PER_SECOND'] ?? 400);
const SECONDS = 20;
const ANSWERED_WITHIN_MS = 30_000;
const LISTENS_AGAIN_MS = 250;
/** How often each process answers each line before the measurement, so that its code is compiled. */
const WARM_UPS = 3;
/** Each of a command's people has a limit of their own. */
const PEOPLE = 400;

export const processesBenchmark: Benchmark = {
  prefix: 'processes',
  async run({ scratch, report }) {
    const server = await startPostgres();
    try {
      if (CHANNELS > 0) await post(scratch, newDatabase(server.url, 'posts'), report);
      if (COMMANDS_A_SECOND > 0) await answer(scratch, newDatabase(server.url, 'commands'), report);
    } finally {
      await server.stop();
    }
  },
};

type Report = Parameters<Benchmark['run']>[0]['report'];

function newDatabase(server: string, name: string): string {
  const creator = openPostgres(server);
  creator.exec(`CREATE DATABASE ${name}`);
  creator.close();
  return new URL(name, server).href;
}

/** @param more environment of one process */
function startAll(
  { env }: BacklogScenario,
  folder: string,
  more: (at: number) => NodeJS.ProcessEnv = () => ({}),
): ChildProcess[] {
  return Array.from({ length: PROCESSES }, (_, at) => {
    const own = join(folder, String(at));
    mkdirSync(own, { recursive: true });
    const bot = spawn(process.execPath, [CLI, 'start'], {
      env: { ...process.env, ...env, DATA_DIR: own, SOURCES: 'none', ...more(at) },
      stdio: 'ignore',
    });
    // The platform runs in this process and stands for other machines, so the bots must not slow it down.
    if (bot.pid !== undefined) setPriority(bot.pid, constants.priority.PRIORITY_LOW);
    return bot;
  });
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isListening = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isListening) return;
    await setTimeout(LISTENS_AGAIN_MS);
  }
}

/** @returns the number of processes that had ended before */
async function stopAll(bots: readonly ChildProcess[]): Promise<number> {
  const running = bots.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  await Promise.all(
    running.map(async (bot) => {
      const gone = once(bot, 'exit');
      bot.kill('SIGTERM');
      await gone;
    }),
  );
  return bots.length - running.length;
}

async function post(scratch: string, url: string, report: Report): Promise<void> {
  const discord = await startFakeDiscord({ validate: false, limits: true, recommendedShards: 4 });
  const folder = join(scratch, 'posts');
  const { channels, ...stage } = discordStage(discord, CHANNELS);
  const backlog = await openBacklogScenario(stage, folder, 'single', url);
  const bots = startAll(backlog, folder);
  const roots = () => channels.flatMap(({ messages }) => messages);
  try {
    await discord.until(() => roots().length >= CHANNELS);
  } finally {
    await stopAll(bots);
    await discord.stop();
  }
  const times = roots().map(({ createdAt }) => createdAt.getTime());
  const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
  report('processes.roots_seconds', seconds, 's', CHANNELS / POSTING_LIMITS.perSecond);
  // All requests count, such as those that read old reactions at a start.
  const requests = discord.requests.map(({ at }) => at.getTime());
  // While all processes run: they start one after the other on two cores.
  const from = quantile(times, 0.1);
  const to = quantile(times, 0.9);
  const inMiddle = requests.filter((time) => time >= from && time < to).length;
  report('processes.requests_a_second', (1_000 * inMiddle) / (to - from), 'requests', REQUEST_WINDOW.places);
  report('processes.most_requests_in_a_second', mostInASecond(requests), 'requests', REQUEST_WINDOW.places);
  report('processes.unplanned_429', discord.invalidRequests, 'answers');
  report('processes.duplicates', evaluate(backlog).duplicates, 'messages');
}

function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  for (const [at, time] of sorted.entries()) {
    while ((sorted[from] ?? 0) <= time - 1_000) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

async function answer(scratch: string, url: string, report: Report): Promise<void> {
  const slack = await startFakeSlack({ validate: false });
  const folder = join(scratch, 'commands');
  const backlog = await openBacklogScenario(slackStage(slack, PROCESSES), folder, 'single', url);
  const channel = slack.addChannel('questions');
  const ports = await Promise.all(Array.from({ length: PROCESSES }, freePort));
  const bots = startAll(backlog, folder, (at) => ({
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_PORT: String(ports[at]),
  }));
  await Promise.all(ports.map(untilListening));
  slack.deliverTo(...ports.map((port) => `http://127.0.0.1:${port}/slack/events`));
  const lines = catalogue.filter(({ root }) => root === 'papers').flatMap(({ examples }) => examples);
  const people = Array.from({ length: PEOPLE }, (_, at) => slack.addPerson(`reader-${at}`));
  const acknowledged: number[] = [];
  const answered: number[] = [];
  let stopped = 0;
  const say = (n: number, line = '') => {
    const [, name = '', text = ''] = /^(\/\S+)\s*(.*)$/.exec(line) ?? [];
    return people[n % PEOPLE]?.command(channel, name, text);
  };
  try {
    const posted = () => backlog.targets.every((target) => backlog.rootsIn(target.channel).length > 0);
    await slack.until(posted);
    for (let n = 0; n < WARM_UPS * lines.length; n++) {
      await Promise.all(bots.map((_, at) => ended(say(at, lines[n % lines.length]))));
    }
    // Each process looks up each person once.
    for (const n of people.keys()) await Promise.all(bots.map(() => ended(say(n, '/papers help'))));
    const asked: Promise<unknown>[] = [];
    const ofBots = () => bots.reduce((sum, { pid }) => sum + processorSeconds(pid), 0);
    const [from, bench, started] = [performance.now(), process.cpuUsage(), ofBots()];
    for (let n = 0; n < COMMANDS_A_SECOND * SECONDS; n++) {
      const due = from + (n / COMMANDS_A_SECOND) * 1_000;
      if (due > performance.now()) await setTimeout(due - performance.now());
      const at = performance.now();
      const command = say(n, lines[n % lines.length]);
      void command?.acknowledged.then(({ afterMs }) => acknowledged.push(afterMs));
      void command?.answered.then(() => answered.push(performance.now() - at));
      asked.push(ended(command));
    }
    const seconds = (performance.now() - from) / 1_000;
    const { user, system } = process.cpuUsage(bench);
    report('processes.commands_a_second', asked.length / seconds, 'commands');
    report('processes.answers_a_second', answered.length / seconds, 'answers');
    report('processes.cores_of_bots', (ofBots() - started) / seconds, 'cores');
    report('processes.cores_of_bench', (user + system) / 1e6 / seconds, 'cores');
    await Promise.allSettled(asked);
  } finally {
    stopped = await stopAll(bots);
    await slack.stop();
  }
  report('processes.ack_p50_ms', quantile(acknowledged, 0.5), 'ms');
  report('processes.ack_p99_ms', quantile(acknowledged, 0.99), 'ms', 1_000);
  report('processes.answer_p50_ms', quantile(answered, 0.5), 'ms');
  report('processes.answer_p99_ms', quantile(answered, 0.99), 'ms');
  report('processes.ended_early', stopped, 'processes');
  report('processes.unacknowledged', COMMANDS_A_SECOND * SECONDS - acknowledged.length, 'commands');
  report('processes.unanswered', COMMANDS_A_SECOND * SECONDS - answered.length, 'commands');
}

/** Waits until a command is answered, or will not be. */
function ended(command: FakeInteraction | undefined): Promise<unknown> {
  const late = setTimeout(ANSWERED_WITHIN_MS, undefined, { ref: false });
  return Promise.race([command?.answered, command?.opened, command?.failed, late]);
}
