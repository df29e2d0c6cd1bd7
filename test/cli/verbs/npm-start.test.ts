/** `npm start`, as the README says it and supervisors run it. */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { lockDatabase } from '../../../src/db/lock.ts';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { discordStage, openBacklogScenario } from '../../support/backlog-scenario.ts';
import { holdMessage } from '../../support/bot.ts';
import { runCli, startByNpm } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/database.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const STOPS = IS_LONG ? 50 : 1;
const STARTS = IS_LONG ? 200 : 3;
const CHANNELS = IS_LONG ? 2_000 : 20;
const TIME_OUT = { timeout: 3_600_000 };

it(
  'a SIGTERM to npm alone ends the bot in the middle of its posts, and frees its database',
  TIME_OUT,
  async () => {
    const discord = await openFakeDiscord({ identifiesADay: 2 * STOPS });
    const { env, database } = await openBacklogScenario(discordStage(discord, CHANNELS), temporaryFolder());
    let slowest = 0;
    for (let stop = 0; stop < STOPS; stop++) {
      const message = holdMessage(discord, { skip: 3, when: 'after' });
      const npm = startByNpm({ env });
      npm.stdout.resume();
      const said = text(npm.stderr);
      await message.held();
      const from = performance.now();
      npm.kill('SIGTERM');
      // Every process that npm started holds its output: it closes with the last of them.
      const closed = once(npm, 'close');
      message.letGo();
      await closed;
      slowest = Math.max(slowest, performance.now() - from);
      expect(await said).not.toContain('failed');
      lockDatabase(database).release();
    }
    if (IS_LONG) process.stdout.write(`${JSON.stringify({ stops: STOPS, slowest })}\n`);
    expect(slowest).toBeLessThan(30_000);
  },
);

it('start after start, the program gives its three answers and ends with 0', TIME_OUT, async () => {
  const env = { DATA_DIR: temporaryFolder() };
  const lines = '/papers search world models\n/papers trending\n/papers similar 1\n';
  await runCli(['start'], { env }, lines);
  for (let start = 0; start < STARTS; start++) {
    const { status, stdout, stderr } = await runCli(['start', '--json'], { env }, lines);
    const cards = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { ok: boolean });
    expect({ status, stderr, ok: cards.map(({ ok }) => ok) }).toEqual({
      status: 0,
      stderr: '',
      ok: [true, true, true],
    });
  }
});
