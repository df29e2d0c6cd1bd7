/** Posting a backlog of lists, with the program as a process: how close it comes to its own rate limit. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { POSTING_LIMITS } from '../src/platforms/discord/connection/client.ts';
import { startFakeDiscord } from '../test/fakes/discord/start.ts';
import { discordStage, evaluate, isMessage, openBacklogScenario } from '../test/support/backlog-scenario.ts';
import type { Benchmark } from './support/figure.ts';
import { CLI } from './support/process.ts';

const CHANNELS = 5_000;
/** In seconds: the wait that a platform demands with a global rate limit. */
const PAUSE = 10;

export const deliveryBenchmark: Benchmark = {
  prefix: 'delivery',
  async run({ scratch, report }) {
    // Rate limits are enforced: a request above them gets a 429 and is counted.
    const discord = await startFakeDiscord({ validate: false, limits: true });
    const { channels, ...stage } = discordStage(discord, CHANNELS);
    const backlog = await openBacklogScenario(stage, scratch, 'single');
    // One global rate limit, half-way through.
    let seen = 0;
    discord.faults.next({
      kind: 'rateLimit',
      scope: 'global',
      retryAfter: PAUSE,
      match: (request) => isMessage(request) && ++seen > CHANNELS / 2,
    });
    const bot = spawn(process.execPath, [CLI, 'start'], {
      env: { ...process.env, ...backlog.env, SOURCES: 'none' },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const roots = () => channels.flatMap(({ messages }) => messages);
    try {
      await discord.until(() => roots().length >= CHANNELS);
    } finally {
      const gone = once(bot, 'exit');
      bot.kill('SIGTERM');
      await gone;
      await discord.stop();
    }
    const times = roots().map(({ createdAt }) => createdAt.getTime());
    const least = CHANNELS / POSTING_LIMITS.perSecond + PAUSE;
    report('delivery.roots_seconds', (Math.max(...times) - Math.min(...times)) / 1000, 's', least);
    report('delivery.unplanned_429', discord.invalidRequests - 1, 'answers');
    report('delivery.duplicates', evaluate(backlog).duplicates, 'messages');
  },
};
