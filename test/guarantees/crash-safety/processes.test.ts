/**
 * Guarantee 1 with the program as a process: killed, stopped and refused, by a Discord that loses replies.
 * `crash.test.ts` tests a crash at each `await`. Here the database file, the lock and the sockets are lost
 * with the process.
 */
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import type { RandomFaults } from '../../fakes/faults.ts';
import {
  countRows,
  discordStage,
  evaluate,
  isPost,
  letTimePass,
  OPEN,
  openBacklogScenario,
  UNDER_WAY,
} from '../../support/backlog-scenario.ts';
import { finish, holdMessage, killWhileHeld, startBot, stopBot } from '../../support/bot.ts';
import { temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const KILLS = IS_LONG ? 1_000 : 2;
/** In the worlds that take longer for each kill. */
const FEWER_KILLS = IS_LONG ? 300 : 2;
const STOPS = IS_LONG ? 200 : 2;
const CHANNELS = IS_LONG ? 5_000 : 20;
const REFUSING = IS_LONG ? 600 : 20;
const TIME_OUT = { timeout: IS_LONG ? 7_200_000 : 120_000 };
const LOOK_EVERY_MS = IS_LONG ? 2_000 : 100;

async function openIn(count: number) {
  // More starts in an hour than Discord allows in a day.
  const discord = await openFakeDiscord({ validate: !IS_LONG, identifiesADay: 2 * KILLS + STOPS });
  const stage = discordStage(discord, count);
  return { ...stage, ...(await openBacklogScenario(stage, temporaryFolder())), discord };
}

type Opened = Awaited<ReturnType<typeof openIn>>;

interface World {
  readonly world: string;
  readonly kills: number;
  readonly shares?: Partial<RandomFaults>;
  readonly afterKill?: (backlog: Opened) => void;
}

const TEN_MINUTES_MS = 600_000;

/** `crash.test.ts` is the short form of the last two, with a clock that it controls. */
const WORLDS: readonly World[] = [
  { world: 'answers get lost', kills: KILLS },
  {
    world: 'the platform is slow',
    kills: FEWER_KILLS,
    shares: { hangAfter: 0.01, slow: { share: 0.5, ms: 1_000 } },
  },
  {
    world: 'nonces are forgotten by then',
    kills: FEWER_KILLS,
    afterKill(backlog: Opened) {
      letTimePass(backlog, TEN_MINUTES_MS);
      backlog.discord.forgetNonces();
    },
  },
];

function report(figures: object): void {
  if (IS_LONG) process.stdout.write(`${JSON.stringify(figures)}\n`);
}

const SAFE = { lost: 0, duplicates: 0, integrity: 'ok' };

describe('the bot as a process', () => {
  it.each(IS_LONG ? WORLDS : WORLDS.slice(0, 1))(
    'that is killed in the middle of its posts loses nothing and posts nothing twice: $world',
    TIME_OUT,
    async ({ kills, shares, afterKill }) => {
      const backlog = await openIn(CHANNELS);
      const { discord } = backlog;
      const random = seededRandom(7);
      discord.faults.random({ seed: 7, match: isPost, loseAnswer: 0.03, serverErrorAfter: 0.03, ...shares });
      const from = performance.now();
      const seconds = () => (performance.now() - from) / 1000;
      let hits = 0;
      for (let kill = 0; kill < kills; kill++) {
        if (kill % 100 === 99) report({ kill, hits, seconds: seconds() });
        const held = { skip: Math.floor(random() * 10), when: kill % 2 === 0 ? 'after' : 'before' } as const;
        hits += Number(await killWhileHeld(backlog, discord, held));
        afterKill?.(backlog);
      }
      await finish(backlog, { ...TIME_OUT, interval: LOOK_EVERY_MS });
      const verdict = evaluate(backlog);
      report({ kills, hits, ...verdict, met: discord.faults.met, seconds: seconds() });
      expect(verdict).toEqual(SAFE);
      expect(hits / kills).toBeGreaterThanOrEqual(0.9);
    },
  );

  it(
    'that is stopped in the middle of its posts exits cleanly, and the next one continues',
    TIME_OUT,
    async () => {
      const backlog = await openIn(CHANNELS);
      const { discord } = backlog;
      discord.faults.random({ seed: 8, match: isPost, loseAnswer: 0.03, serverErrorAfter: 0.03 });
      const from = performance.now();
      let slowest = 0;
      let inTheMiddle = 0;
      for (let stops = 0; stops < STOPS; stops++) {
        const message = holdMessage(discord, { skip: 3, when: 'after' });
        const bot = startBot(backlog);
        await message.held();
        inTheMiddle += Number(countRows(backlog, UNDER_WAY) > 0);
        const stopping = stopBot(bot);
        message.letGo();
        slowest = Math.max(slowest, await stopping);
      }
      expect(countRows(backlog, OPEN)).toBeGreaterThan(0);
      await finish(backlog, { ...TIME_OUT, interval: LOOK_EVERY_MS });
      const verdict = evaluate(backlog);
      report({ stops: STOPS, inTheMiddle, slowest, ...verdict, seconds: (performance.now() - from) / 1000 });
      expect(verdict).toEqual(SAFE);
      expect(slowest).toBeLessThan(25_000);
      expect(inTheMiddle).toBe(STOPS);
    },
  );

  it(
    'that is refused everywhere tries each channel once, then sends Discord nothing more',
    TIME_OUT,
    async () => {
      const backlog = await openIn(REFUSING);
      const { discord, channels } = backlog;
      for (const channel of channels) channel.deny('SendMessages');
      const bot = startBot(backlog);
      const expected = Math.min(REFUSING, 500);
      await expect.poll(() => countRows(backlog, 'refusals = 1')).toBeGreaterThanOrEqual(expected);
      const refused = discord.invalidRequests;
      // Two ticks of half a minute, if there is time for them.
      if (IS_LONG) await setTimeout(65_000);
      report({ channels: REFUSING, refused, later: discord.invalidRequests - refused });
      expect(discord.invalidRequests).toBe(refused);
      expect(refused).toBeLessThan(1_000);
      await stopBot(bot);
      expect(channels.every(({ messages }) => messages.length === 0)).toBe(true);
    },
  );
});
