/** The bot in Slack under load: 200 commands at once while it posts a backlog. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { catalogue } from '../commands/index.ts';
import { startFakeSlack } from '../test/fakes/slack/start.ts';
import { evaluate, openBacklogScenario, slackStage } from '../test/support/backlog-scenario.ts';
import type { Benchmark } from './support/figure.ts';
import { CLI } from './support/process.ts';
import { quantile } from './support/statistics.ts';

const CHANNELS = 500;
const AT_ONCE = 200;
const ROUNDS = 5;

export const slackBenchmark: Benchmark = {
  prefix: 'slack',
  async run({ scratch, report }) {
    const slack = await startFakeSlack({ validate: false });
    const backlog = await openBacklogScenario(slackStage(slack, CHANNELS), scratch, 'single');
    const channel = slack.addChannel('questions');
    const bot = spawn(process.execPath, [CLI, 'start'], {
      env: { ...process.env, ...backlog.env, SOURCES: 'none' },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    const lines = catalogue.filter(({ root }) => root === 'papers').flatMap(({ examples }) => examples);
    const delays: number[] = [];
    let answered = 0;
    let forms = 0;
    try {
      // Wait for the first posts.
      const roots = () =>
        backlog.targets.filter(({ channel: channelRef }) => backlog.rootsIn(channelRef).length > 0).length;
      await slack.until(() => roots() > 0);
      for (let round = 0; round < ROUNDS; round++) {
        const asked = Array.from({ length: AT_ONCE }, (_, n) => {
          const [, name = '', text = ''] = /^(\/\S+)\s*(.*)$/.exec(lines[n % lines.length] ?? '') ?? [];
          return slack.addPerson(`reader-${round}-${n}`).command(channel, name, text);
        });
        for (const interaction of asked) {
          delays.push((await interaction.acknowledged).afterMs);
          // Some commands open a form instead of posting.
          void interaction.opened.then(() => forms++);
        }
        // The fake cannot tell which answer belongs to which command, so answers are only counted.
        const shown = () => channel.messages.length + channel.ephemerals.length + forms;
        await slack.until(() => shown() >= AT_ONCE * (round + 1));
        answered = shown();
      }
      await slack.until(() => roots() === CHANNELS);
    } finally {
      const gone = once(bot, 'exit');
      bot.kill('SIGTERM');
      await gone;
      await slack.stop();
    }
    report('slack.ack_p50_ms', quantile(delays, 0.5), 'ms');
    report('slack.ack_p99_ms', quantile(delays, 0.99), 'ms');
    report('slack.lost', AT_ONCE * ROUNDS - answered, 'commands');
    report('slack.duplicates', evaluate(backlog).duplicates, 'messages');
  },
};
