import { describe, expect, inject, it } from 'vitest';
import type { ClaimedDelivery, Ledger } from '../../../src/delivery/ledger/ledger.ts';
import { deliveryKey } from '../../../src/delivery/ledger/ledger-row.ts';
import { openLedger } from '../../../src/delivery/ledger/ledger-store.ts';
import { LEASE_MS, LONGEST_WAIT_MS } from '../../../src/delivery/timing.ts';
import { openTestDatabase } from '../../support/database.ts';
import { aDigest, aFeed } from '../../support/delivery.ts';

const DUE = Date.parse('2026-05-28T09:00:00Z');
const DAY = '2026-05-28';
const { channel } = aFeed('papers');
/** With SQLite, one process posts. */
const IS_ALONE = inject('postgres') === undefined;

/** A ledger with one root, whose digest is frozen. */
async function openPage() {
  const ledger = openLedger(await openTestDatabase());
  await ledger.plan([{ channel, feed: 'daily', day: DAY, due: DUE }], DUE);
  const [row] = await ledger.due({ platform: 'fake', owner: 'test', limit: 10, except: [] }, DUE);
  const id = row?.id ?? 0;
  await ledger.freeze(id, aFeed('papers'), aDigest(aFeed('papers'), DAY));
  return { ledger, id };
}

async function claim(ledger: Ledger, id: number, owner: string, now: number): Promise<ClaimedDelivery> {
  const claimed = await ledger.claim(id, owner, now);
  if (!claimed) throw new Error('nothing to claim');
  return claimed;
}

describe('the ledger', () => {
  it('a channel and day is planned once, however often it is requested', async () => {
    const { ledger } = await openPage();
    await ledger.plan([{ channel, feed: 'daily', day: DAY, due: DUE + 3_600_000 }], DUE);
    expect(await ledger.list({}, 10)).toHaveLength(3);
    expect(
      (await ledger.due({ platform: 'fake', owner: 'test', limit: 10, except: [] }, DUE)).map(
        ({ due }) => due,
      ),
    ).toEqual([DUE]);
  });

  it('a row belongs to one of two claimers until its lease ends', async () => {
    const { ledger, id } = await openPage();
    expect(await ledger.claim(id, 'one', DUE)).toMatchObject({ owner: 'one', attempt: 1, unsure: false });
    expect(await ledger.claim(id, 'two', DUE + LEASE_MS - 1)).toBeUndefined();
    expect(await ledger.claim(id, 'two', DUE + LEASE_MS)).toMatchObject({
      owner: 'two',
      attempt: 2,
      unsure: true,
      firstTry: DUE,
      lastTry: DUE,
    });
  });

  it('the ledger rejects every write of a claim that was taken over', async () => {
    const { ledger, id } = await openPage();
    const stale = await claim(ledger, id, 'one', DUE);
    const now = DUE + LEASE_MS;
    await claim(ledger, id, 'two', now);
    const before = await ledger.list({}, 10);
    expect(await ledger.posted(stale, { ...channel, message: 'm1' }, now)).toBe(false);
    expect(await ledger.resend(stale, now, true)).toBe(false);
    expect(await ledger.release(stale, now, { unsure: false, reason: 'late' })).toBe(false);
    expect(await ledger.end(stale, 'skipped', 'late')).toBe(false);
    expect(await ledger.threaded(stale, channel, now)).toBe(false);
    expect(await ledger.endThread(stale, 'late')).toBe(false);
    expect(await ledger.list({}, 10)).toEqual(before);
  });

  it('the ledger rejects writes of the same owner’s earlier attempt', async () => {
    const { ledger, id } = await openPage();
    const first = await claim(ledger, id, 'one', DUE);
    await claim(ledger, id, 'one', DUE + LEASE_MS);
    expect(await ledger.posted(first, { ...channel, message: 'm1' }, DUE)).toBe(false);
  });

  it('the digest that was frozen first is sent, even if it is composed again', async () => {
    const { ledger, id } = await openPage();
    expect(await ledger.freeze(id, aFeed('papers'), aDigest(aFeed('papers'), '2026-05-29'))).toBe(false);
    expect((await claim(ledger, id, 'one', DUE)).card.blocks).toMatchObject([{ text: [`list of ${DAY}`] }]);
  });

  it('the ledger does not skip a row that may have been sent', async () => {
    const { ledger, id } = await openPage();
    await claim(ledger, id, 'one', DUE);
    expect(await ledger.skip(id, 'unfollowed')).toBe(false);
  });

  it('replies become ready one after the other, and the root is done after the last', async () => {
    const { ledger, id } = await openPage();
    const root = await claim(ledger, id, 'one', DUE);
    await ledger.posted(root, { ...channel, message: 'm1' }, DUE);
    const opening = await claim(ledger, id, 'one', DUE);
    await ledger.threaded(opening, { ...channel, channel: 'thread' }, DUE);
    for (const paper of [`${DAY}.1`, `${DAY}.2`]) {
      const due = await ledger.due({ platform: 'fake', owner: 'test', limit: 10, except: [] }, DUE);
      expect(due.map((row) => row.paper)).toEqual([paper]);
      const reply = await claim(ledger, due[0]?.id ?? 0, 'one', DUE);
      expect(reply.target.channel).toBe('thread');
      await ledger.posted(reply, { ...reply.target, message: paper }, DUE);
    }
    expect((await ledger.figures(DUE)).byState).toEqual({ done: 3 });
  });

  it('the ledger ignores waits that were written with a wrong clock', async () => {
    const { ledger, id } = await openPage();
    await ledger.wait(id, DUE + 400 * 86_400_000, 'a year ahead', true);
    expect(await ledger.claim(id, 'one', DUE)).toBeDefined();
    await ledger.wait(id, DUE + LONGEST_WAIT_MS, 'an honest wait', true);
    expect(await ledger.claim(id, 'two', DUE)).toBeUndefined();
  });

  it('rows that another process left become ambiguous: at once if it cannot be running, or after its lease', async () => {
    const { ledger, id } = await openPage();
    await claim(ledger, id, 'one', DUE);
    expect(await ledger.takeOver('two', DUE + 1)).toBe(IS_ALONE ? 1 : 0);
    const free = IS_ALONE ? DUE + 1 : DUE + LEASE_MS;
    expect(await ledger.claim(id, 'two', free - 2)).toBeUndefined();
    expect(await ledger.claim(id, 'two', free)).toMatchObject({ unsure: true, firstTry: DUE });
  });

  it('several processes read different rows, until one gives its own back', async () => {
    const { ledger } = await openPage();
    const of = (owner: string) => ledger.due({ platform: 'fake', owner, limit: 10, except: [] }, DUE + 1);
    expect(await of('test')).toHaveLength(1);
    expect(await of('other')).toHaveLength(IS_ALONE ? 1 : 0);
    await ledger.giveBack('test');
    expect(await of('other')).toHaveLength(1);
  });

  it('a message has the same key everywhere, short enough for every platform', () => {
    const name = { channel, feed: 'daily', day: DAY, kind: 'root', paper: '' } as const;
    expect(deliveryKey(name)).toBe(deliveryKey({ ...name }));
    expect(deliveryKey(name)).toHaveLength(22);
    expect(deliveryKey({ ...name, day: '2026-05-29' })).not.toBe(deliveryKey(name));
  });
});
