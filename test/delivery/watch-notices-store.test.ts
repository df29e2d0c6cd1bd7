import { expect, it } from 'vitest';
import { toPlainText } from '../../src/chat/plain.ts';
import { startDelivery } from '../../src/delivery/engine.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import { openWatchTeller } from '../../src/delivery/watch-notices-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openWatchMatcher } from '../../src/watches/matching/matcher-store.ts';
import type { WatchTarget } from '../../src/watches/watch.ts';
import { openWatchStore } from '../../src/watches/watch-store.ts';
import { openFakePlatform } from '../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../support/database.ts';
import { engineOptions, holdFeeds } from '../support/delivery.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { samplePaper } from '../support/papers.ts';

const MINUTE_MS = 60_000;
const ADA: WatchTarget = { kind: 'person', person: { platform: 'fake', workspace: 'lab', person: 'ada' } };
const LAB: WatchTarget = {
  kind: 'channel',
  channel: { platform: 'fake', workspace: 'lab', channel: 'papers' },
};

async function open() {
  const connection = await openTestDatabase();
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const platform = openFakePlatform({ clock });
  const teller = openWatchTeller(connection);
  return {
    watch: (text: string, target = ADA) =>
      openWatchStore(connection).watch(
        { target, terms: { text }, defaultZone: 'UTC', by: 'ada' },
        clock.now(),
      ),
    async announce(count: number) {
      const records = Array.from({ length: count }, (_, at) =>
        samplePaper({
          id: `2605.3${String(at).padStart(4, '0')}`,
          title: `Protein folding, part ${at + 1}`,
          published: clock.now().toISOString(),
        }),
      );
      const at = clock.now().toISOString();
      await openPaperStore(connection).importBatch(records, { source: 'arxiv', at });
      const matcher = openWatchMatcher(connection);
      while (!(await matcher.step(clock.now())).isDone);
    },
    /** Tells what is due after ten minutes, as a process that starts anew would, and sends it. */
    async pass() {
      await clock.advance(10 * MINUTE_MS);
      while ((await teller.tell(clock.now())) > 0);
      const options = { clock, ledger: openLedger(connection), feeds: holdFeeds([]), platform };
      const engine = await startDelivery(engineOptions(options));
      void engine.tick();
      await clock.advance(MINUTE_MS);
      await engine.stop();
    },
    buttons: () => platform.messages.flatMap(({ card }) => card.actions ?? []).map(({ label }) => label),
    messages: () => platform.messages.map(({ channel, card }) => `${channel}: ${toPlainText(card)}`),
  };
}

it('a paper that a watch found is told to the person with the reason, once', async () => {
  const { watch, announce, pass, messages } = await open();
  await watch('protein');
  await watch('folding');
  await announce(1);
  await pass();
  await pass();
  expect(messages()).toHaveLength(1);
  expect(messages()[0]).toMatch(/^@ada: 1 new paper for your watch\nProtein folding, part 1\n/);
  expect(messages()[0]).toMatch(/matches “protein” in the title · matches “folding” in the title/);
});

it('papers that a watch of a channel found are posted there', async () => {
  const { watch, announce, pass, messages } = await open();
  await watch('protein', LAB);
  await announce(2);
  await pass();
  expect(messages()).toEqual([expect.stringMatching(/^papers: 2 new papers for your watches\n1\. Protein/)]);
});

it('many papers take several messages, and the last offers a list of all', async () => {
  const { watch, announce, pass, messages, buttons } = await open();
  await watch('protein');
  await announce(37);
  await pass();
  expect(messages()).toHaveLength(3);
  expect(messages()[1]).toMatch(/^@ada: 37 new papers for your watches, from 11\n11\. /);
  expect(messages()[2]).toContain('And 7 more papers. Narrow your watches to get fewer.');
  expect(buttons()).toEqual(['All papers of watch 1']);
  await pass();
  expect(messages()).toHaveLength(3);
});
