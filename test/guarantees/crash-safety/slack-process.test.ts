/**
 * Guarantee 1 on a platform without idempotency keys: the program is killed while it posts to a Slack that
 * loses replies. Ambiguous messages are looked up in their channel. If the bot may not read it, a person
 * decides.
 */
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../fakes/request-log.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';
import {
  countRows,
  evaluate,
  isPost,
  openBacklogScenario,
  slackStage,
} from '../../support/backlog-scenario.ts';
import { finish, killWhileHeld } from '../../support/bot.ts';
import { temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';

const KILLS = 200;
const CHANNELS = 1_000;
const TIME_OUT = { timeout: 7_200_000 };
const LOOK_EVERY_MS = 2_000;
const SHARES = {
  loseAnswer: 0.03,
  serverErrorAfter: 0.03,
  hangAfter: 0.005,
  slow: { share: 0.2, ms: 500 },
};

/** Rows that depend on a parked row wait with it. */
const UNDECIDED = `state IN ('sending', 'posted', 'threaded')
  OR (state = 'planned' AND channel NOT IN (SELECT channel FROM deliveries WHERE state = 'parked'))`;

/** @param readable number of channels that the bot may read back */
async function run(readable: number) {
  const slack = await openFakeSlack({ validate: false });
  const stage = slackStage(slack, CHANNELS);
  // Anyone may post to a public channel. Only its members may read it.
  for (const { channel } of stage.targets.slice(readable)) slack.channel(channel.channel).isMember = false;
  const blind = new Set(stage.targets.slice(readable).map(({ channel }) => channel.channel));
  const backlog = await openBacklogScenario(stage, temporaryFolder());
  slack.faults.random({ seed: 9, match: isPost, ...SHARES });
  const random = seededRandom(9);
  const isBlind = ({ body }: SeenRequest) => blind.has((body as { channel?: string }).channel ?? '');
  let hits = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const when = kill % 2 === 0 ? 'after' : 'before';
    const held = { skip: Math.floor(random() * 5), when, ...(blind.size > 0 && { match: isBlind }) } as const;
    hits += Number(await killWhileHeld(backlog, slack, held));
  }
  await finish(backlog, { ...TIME_OUT, interval: LOOK_EVERY_MS, open: UNDECIDED });
  const parked = countRows(backlog, `state = 'parked'`);
  const figures = { kills: KILLS, hits, parked, ...evaluate(backlog), met: slack.faults.met };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  expect(hits / KILLS).toBeGreaterThanOrEqual(0.9);
  return figures;
}

describe('the bot as a process that is killed in the middle of its posts to Slack', () => {
  it('loses nothing and posts nothing twice if it may read channels back', TIME_OUT, async () => {
    expect(await run(CHANNELS)).toMatchObject({ lost: 0, duplicates: 0, parked: 0, integrity: 'ok' });
  });

  it('parks messages that it cannot look up, and never posts them twice', TIME_OUT, async () => {
    const { parked, duplicates, integrity } = await run(0);
    expect({ duplicates, integrity }).toEqual({ duplicates: 0, integrity: 'ok' });
    expect(parked).toBeGreaterThan(0);
  });
});
