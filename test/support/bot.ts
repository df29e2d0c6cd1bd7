/** The bot as a process that posts a backlog: start it, kill it, stop it, or let it finish. */
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
  // A pipe that nobody reads fills up and blocks its writer.
  bot.stdout.resume();
  bot.stderr.resume();
  return bot;
}

interface Held {
  /** Number of matching messages to let through first. */
  readonly skip: number;
  readonly when: 'before' | 'after';
  /** The messages to count; all of them if left out. */
  readonly match?: (request: SeenRequest) => boolean;
}

/** Holds the request or the reply of one message until it is released. */
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

/**
 * Kills the bot while a message is held.
 * @returns whether a row that this process sent was in flight at that moment
 */
export async function killWhileHeld(
  backlog: BacklogScenario,
  platform: Breakable,
  held: Held,
): Promise<boolean> {
  const message = holdMessage(platform, held);
  const from = Date.now();
  const bot = startBot(backlog);
  await message.held();
  bot.kill('SIGKILL');
  await once(bot, 'exit');
  const hit = countRows(backlog, `${UNDER_WAY} AND last_try >= ${from}`) > 0;
  // Requests that were in progress when their sender was killed may be carried out only now.
  message.letGo();
  return hit;
}

interface Finishing {
  readonly timeout: number;
  readonly interval: number;
  /** SQL condition for the rows that still have work to do. */
  readonly open?: string;
}

/**
 * Waits until nothing is due. Ambiguous rows with a key that the platform may have forgotten are looked up
 * after 70 s.
 */
export async function finish(
  backlog: BacklogScenario,
  { timeout, interval, open = OPEN }: Finishing,
): Promise<void> {
  const bot = startBot(backlog);
  await expect.poll(() => countRows(backlog, open), { timeout, interval }).toBe(0);
  await stopBot(bot);
}

/** @returns the time that it took, in milliseconds */
export async function stopBot(bot: Bot): Promise<number> {
  const from = performance.now();
  bot.kill('SIGTERM');
  expect(await once(bot, 'exit')).toEqual([0, null]);
  return performance.now() - from;
}
