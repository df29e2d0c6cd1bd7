/**
 * The bot as a child process for `discord.ts`. It connects to a fake Discord and reports its condition to the
 * parent.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { catalogue } from '../../commands/index.ts';
import { messageActions } from '../../commands/message-actions.ts';
import { roots } from '../../commands/roots.ts';
import { createApp } from '../../src/app/app.ts';
import { openLog } from '../../src/base/log.ts';
import { parseConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { openDiscordChat } from '../../src/platforms/discord/adapter.ts';
import { systemClock } from '../../src/time/clock.ts';

/**
 * The reply to the parent's `how`, or `heap` for a figure after a garbage collection. Delays cover the time
 * since the last request.
 */
export interface Condition {
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  readonly heapMb: number;
  readonly reactions: number;
}

const RESOLUTION_MS = 1;
const config = parseConfig(readEnvironment());
const log = openLog(config.logLevel);
const fail = (error: Error) => {
  throw error;
};
const { handlers } = await createApp(config, log, fail);
if (!config.discord) throw new Error('DISCORD_TOKEN is not set');
let reactions = 0;
const chat = openDiscordChat({
  ...config.discord,
  catalogue,
  menu: messageActions,
  roots,
  translations: {},
  teamOf: () => ({ team: 'bench' }),
  clock: systemClock,
  log,
  onInvite: () => {},
  onDeath: fail,
});
await chat.start({
  ...handlers,
  async reacted(reaction) {
    const card = await handlers.reacted(reaction);
    reactions++;
    return card;
  },
});

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', (asked) => {
  const loop = {
    loopP99Ms: delay.percentile(99) / 1e6 - RESOLUTION_MS,
    loopMaxMs: delay.max / 1e6 - RESOLUTION_MS,
  };
  if (asked === 'heap') globalThis.gc?.();
  const condition: Condition = { ...loop, heapMb: process.memoryUsage().heapUsed / 1e6, reactions };
  delay.reset();
  process.send?.(condition);
});
process.send?.('ready');
