/** The bot in Discord under load: 200 commands at once, and a day of reactions. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { catalogue } from '../commands/index.ts';
import { parseLine } from '../src/command/parse.ts';
import { type FakeDiscord, startFakeDiscord } from '../test/fakes/discord/start.ts';
import { openImported } from './support/bare-fts.ts';
import type { Condition } from './support/discord-bot.ts';
import type { Benchmark } from './support/figure.ts';
import { readArxivPapers } from './support/papers.ts';
import { quantile } from './support/statistics.ts';

const PAPERS = 10_000;
const AT_ONCE = 200;
const ROUNDS = 5;
const REACTIONS = 100_000;
const WAVE = 1_000;
const LOOK_AGAIN_MS = 20;

export const discordBenchmark: Benchmark = {
  prefix: 'discord',
  async run({ data, scratch, report, skip }) {
    const papers = await readArxivPapers(data, PAPERS);
    if (!papers) return skip('discord.ack_p99_ms', 'no arxiv/arxiv_meta.jsonl.gz');
    (await openImported(join(scratch, 'paperboy.db'), papers)).close();
    const discord = await startFakeDiscord({ validate: false });
    const bot = await startBot(discord, scratch);
    try {
      await measureCommands();
      await measureHeap();
    } finally {
      const gone = once(bot, 'exit');
      bot.kill('SIGKILL');
      await gone;
      await discord.stop();
    }

    async function measureCommands(): Promise<void> {
      const channel = discord.addGuild({ channels: ['papers'] }).channel('papers');
      const calls = catalogue
        .filter(({ root }) => root === 'papers')
        .flatMap(({ examples }) => examples.map((line) => parseLine(catalogue, line)));
      await ask(bot);
      const delays: number[] = [];
      let answered = 0;
      let loop: Condition = { loopP99Ms: 0, loopMaxMs: 0, heapMb: 0, reactions: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        const people = Array.from({ length: AT_ONCE }, (_, n) => discord.addPerson(`reader-${round}-${n}`));
        const asked = people.map((person, n) => {
          const call = calls[n % calls.length];
          if (!call) throw new Error('no examples');
          const values = Object.entries(call.values).map(([name, value]) => [
            name,
            call.command.options[name]?.type === 'integer' ? Number(value) : value,
          ]);
          return person.command(channel, call.command.root, call.command.name, Object.fromEntries(values));
        });
        for (const interaction of asked) delays.push((await interaction.acknowledged).afterMs);
        answered += (await Promise.all(asked.map(({ answered: message }) => message))).length;
        const now = await ask(bot);
        if (now.loopP99Ms > loop.loopP99Ms) loop = now;
      }
      report('discord.ack_p50_ms', quantile(delays, 0.5), 'ms');
      report('discord.ack_p99_ms', quantile(delays, 0.99), 'ms');
      report('discord.lost', AT_ONCE * ROUNDS - answered, 'commands');
      report('discord.loop_p99_ms', loop.loopP99Ms, 'ms');
      report('discord.loop_max_ms', loop.loopMaxMs, 'ms');
    }

    async function measureHeap(): Promise<void> {
      const channel = discord.addGuild({ channels: ['papers'] }).channel('papers');
      const ada = discord.addPerson('ada');
      const card = await ada.command(channel, 'papers', 'random', {}).answered;
      let early: Condition | undefined;
      for (let done = 0; done < REACTIONS; done += WAVE) {
        for (let n = 0; n < WAVE; n++) {
          const person = discord.addPerson(`reactor-${done + n}`);
          person.closeDms();
          person.react(card, '🔖');
        }
        while ((await ask(bot)).reactions < done + WAVE) await setTimeout(LOOK_AGAIN_MS);
        if (done + WAVE === REACTIONS / 5) early = await ask(bot, 'heap');
        if (done + WAVE === REACTIONS && early) {
          const now = await ask(bot, 'heap');
          report('discord.reactions.heap_mb', now.heapMb, 'MB', early.heapMb);
          report('discord.reactions.heap_growth_mb', now.heapMb - early.heapMb, 'MB');
        }
      }
    }
  },
};

async function startBot(discord: FakeDiscord, dataDir: string): Promise<ChildProcess> {
  const bot = fork(join(import.meta.dirname, 'support/discord-bot.ts'), {
    execArgv: ['--expose-gc'],
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: dataDir,
      SOURCES: 'none',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
    },
  });
  await once(bot, 'message');
  return bot;
}

async function ask(bot: ChildProcess, what: 'how' | 'heap' = 'how'): Promise<Condition> {
  const answer = once(bot, 'message');
  bot.send(what);
  return (await answer)[0] as Condition;
}
