/** The bot as a process of its own that posts a morning's papers: started, killed, stopped, and let finish. */
import { once } from 'node:events';
import { expect } from 'vitest';
import type { Faults } from '../fakes/faults.ts';
import type { SeenRequest } from '../fakes/request-log.ts';
import { type BacklogScenario, countRows, isMessage, OPEN, UNDER_WAY } from './backlog-scenario.ts';
import { startCli } from './cli.ts';

type Bot = ReturnType<typeof startCli>;

interface Breakable {
  readonly faults: Pick<Faults, 'next'>;
  until(holds: () => boolean): Promise<void>;
}

export function startBot({ env }: BacklogScenario): Bot {
  const bot = startCli(['start'], { env });
  // A pipe that nobody reads fills up, and its writer waits.
  bot.stdout.resume();
  bot.stderr.resume();
  return bot;
}

interface Held {
  /** Messages that pass before it. */
  readonly skip: number;
  readonly when: 'before' | 'after';
  /** Which messages count; all when left out. */
  readonly match?: (request: SeenRequest) => boolean;
}

/** Holds the answer, or the carrying out, of one message until it is let go. */
export function holdMessage(platform: Breakable, { skip, when, match = () => true }: Held) {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let left = skip;
  let isHeld = false;
  const isMeant = (request: SeenRequest) => {
    if (!isMessage(request) || !match(request) || left-- > 0) return false;
    isHeld = true;
    return true;
  };
  platform.faults.next({ kind: 'delay', until, when, match: isMeant });
  return { held: () => platform.until(() => isHeld), letGo };
}

/** Kills the bot while a message is held. @returns whether a row that it sent itself was in flight then */
export async function killWhileHeld(
  morning: BacklogScenario,
  platform: Breakable,
  held: Held,
): Promise<boolean> {
  const message = holdMessage(platform, held);
  const from = Date.now();
  const bot = startBot(morning);
  await message.held();
  bot.kill('SIGKILL');
  await once(bot, 'exit');
  const hit = countRows(morning, `${UNDER_WAY} AND last_try >= ${from}`) > 0;
  // What was under way when its sender died may be carried out only now.
  message.letGo();
  return hit;
}

interface Finishing {
  readonly timeout: number;
  readonly interval: number;
  /** Which rows still have to become something, in SQL. */
  readonly open?: string;
}

/** Until nothing is due any more. Rows of unknown fate whose key may have been forgotten are looked up when 70 s have gone by. */
export async function finish(
  morning: BacklogScenario,
  { timeout, interval, open = OPEN }: Finishing,
): Promise<void> {
  const bot = startBot(morning);
  await expect.poll(() => countRows(morning, open), { timeout, interval }).toBe(0);
  await stopBot(bot);
}

/** @returns how long it took, in milliseconds */
export async function stopBot(bot: Bot): Promise<number> {
  const from = performance.now();
  bot.kill('SIGTERM');
  expect(await once(bot, 'exit')).toEqual([0, null]);
  return performance.now() - from;
}
