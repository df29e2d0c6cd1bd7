/**
 * Guarantee: once both sides are quiet, a person's saves and their collection in Zotero are equal. Nothing is
 * lost and nothing is there twice, whatever was changed on either side, whatever requests failed, and
 * wherever the process crashed.
 */
import { describe, expect, it } from 'vitest';
import { openZoteroStore } from '../../../src/zotero/zotero-store.ts';
import type { FakeZotero } from '../../fakes/zotero/start.ts';
import { startFakeZotero } from '../../fakes/zotero/start.ts';
import { crashing, type Lifetime, lifetime } from '../../support/crash-injection.ts';
import { seededRandom } from '../../support/delivery.ts';
import { type Bench, openBench, PAPERS } from '../../zotero/harness.ts';

const SEEDS = process.env['TEST_FAULTS'] === undefined ? 25 : 400;
const LIVES = 8;
/** Papers that are only added to: of these, everything must be there in the end. */
const KEPT = 4;

interface World extends Bench {
  readonly random: () => number;
  /** Tags that were added to papers that are kept, by title. */
  readonly added: Map<string, Set<string>>;
  /** Items that a person in Zotero put into the collection, by title. */
  readonly put: Map<string, number>;
}

interface Tally {
  kills: number;
  unequal: number;
  lost: number;
  twins: number;
}

async function openWorld(zotero: FakeZotero, seed: number): Promise<World> {
  const bench = await openBench(undefined, zotero);
  return { ...bench, random: seededRandom(seed), added: new Map(), put: new Map() };
}

function pick<Value>(random: () => number, values: readonly Value[]): Value | undefined {
  return values[Math.floor(random() * values.length)];
}

let tags = 0;

/** Something that the person does here. */
async function editHere(world: World): Promise<void> {
  const { random, here } = world;
  const at = Math.floor(random() * PAPERS.length);
  const title = PAPERS[at]?.title ?? '';
  const own = here()[title];
  if (!own) return world.save(at);
  if (at >= KEPT && random() < 0.3) return world.unsave(at);
  const tag = `t${tags++}`;
  if (at >= KEPT && random() < 0.4) return world.tag(at, ...own.slice(1));
  world.tag(at, ...own, tag);
  remember(world, at, tag);
}

/** Something that the person does in Zotero. */
function editThere(world: World): void {
  const { random, user, collection } = world;
  const { library } = user;
  const count = (title: string) => world.put.set(title, (world.put.get(title) ?? 0) + 1);
  const at = Math.floor(random() * PAPERS.length);
  const paper = PAPERS[at];
  // Until the collection is created, there is nothing to change.
  if (!paper || !library.collections.has(collection)) return;
  const items = [...library.items.values()].filter(({ title }) => title === paper.title);
  const item = pick(random, items);
  if (!item) {
    if (random() < 0.5) return;
    library.add({
      ...{ itemType: 'journalArticle', title: paper.title, extra: `arXiv:${paper.id} [cs.LG]` },
      collections: [collection],
    });
    count(paper.title);
    return;
  }
  const isInside = item.collections.includes(collection) && item.deleted !== 1;
  const dice = random();
  const tag = `t${tags++}`;
  if (isInside && dice < 0.4) {
    library.edit(item.key, () => ({ tags: [...item.tags, { tag }] }));
    remember(world, at, tag);
  } else if (!isInside && dice < 0.5) {
    library.edit(item.key, () => ({
      collections: [...new Set([...item.collections, collection])],
      deleted: 0,
    }));
    count(paper.title);
  } else if (at < KEPT) return;
  else if (dice < 0.6) library.edit(item.key, () => ({ tags: item.tags.slice(1) }));
  else if (dice < 0.75) library.edit(item.key, () => ({ collections: [] }));
  else if (dice < 0.9) library.edit(item.key, () => ({ deleted: 1 }));
  else library.erase('items', [item.key]);
}

function remember({ added }: World, at: number, tag: string): void {
  const title = PAPERS[at]?.title ?? '';
  if (at < KEPT) added.set(title, (added.get(title) ?? new Set()).add(tag));
}

/** One life of the process: it syncs until it is done, fails or dies. */
async function live(world: World, life: Lifetime): Promise<void> {
  const store = crashing(openZoteroStore(world.connection), life);
  const client = crashing(world.client(), life);
  const over = new AbortController();
  const died = (async () => {
    while (!life.dead && !over.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
  })();
  for (let pass = 0; pass < 4 && !life.dead; pass++) {
    const ended = await Promise.race([
      world.sync({ store, client }).then(
        ({ version }) => version !== undefined,
        () => true,
      ),
      died.then(() => true),
    ]);
    if (ended) break;
  }
  over.abort();
  await died;
}

function isWrite({ method }: { readonly method: string }): boolean {
  return method === 'POST';
}

async function simulate(zotero: FakeZotero, seed: number, tally: Tally): Promise<void> {
  const world = await openWorld(zotero, seed);
  const { random } = world;
  for (let number = 0; number < LIVES; number++) {
    for (let edits = random() * 6; edits > 0; edits--) {
      if (random() < 0.5) await editHere(world);
      else editThere(world);
    }
    zotero.faults.random({
      ...{ seed: seed * 100 + number, drop: 0.05, loseAnswer: 0.06 },
      ...{ serverErrorBefore: 0.02, serverErrorAfter: 0.03 },
    });
    for (let acts = 0; acts < 2; acts++) {
      const act = () => {
        if (random() < 0.3 && zotero.arrive()) return;
        if (random() < 0.5) void editHere(world);
        else editThere(world);
      };
      const chance = random();
      zotero.faults.next({ kind: 'meanwhile', act, match: () => chance < 0.7 });
    }
    if (random() < 0.5) zotero.faults.next({ kind: 'delay', ms: random() * 20, match: isWrite });
    if (random() < 0.1) zotero.faults.next({ kind: 'tooMany', retryAfter: 1 });
    const life = lifetime(1 + Math.floor(random() * 14), random() < 0.5);
    await live(world, life);
    tally.kills += Number(life.dead);
    zotero.faults.clear();
  }
  // Requests of dead lives may still be carried out.
  await zotero.idle();
  await world.settle();
  evaluate(world, tally);
}

function evaluate(world: World, tally: Tally): void {
  const here = world.here();
  const items = [...world.user.library.items.values()].filter(
    ({ collections, deleted }) => collections.includes(world.collection) && deleted !== 1,
  );
  const inside = new Set(items.map(({ title }) => String(title)));
  if (JSON.stringify(Object.keys(here).toSorted()) !== JSON.stringify([...inside].toSorted()))
    tally.unequal++;
  for (const { title, tags: there } of items) {
    const own = JSON.stringify(here[String(title)]);
    if (own !== JSON.stringify(there.map(({ tag }) => tag).toSorted())) tally.unequal++;
  }
  for (const title of inside) {
    const count = items.filter((item) => item['title'] === title).length;
    if (count > 1 + (world.put.get(title) ?? 0)) tally.twins++;
  }
  for (const [title, wanted] of world.added)
    for (const tag of wanted) if (!here[title]?.includes(tag)) tally.lost++;
}

describe('saves and a collection in Zotero', () => {
  it('are equal after random edits, faults and crashes at any await', {
    timeout: SEEDS * 10_000,
  }, async () => {
    const tally: Tally = { kills: 0, unequal: 0, lost: 0, twins: 0 };
    const zotero = await startFakeZotero(seededRandom(7));
    for (let seed = 1; seed <= SEEDS; seed++) await simulate(zotero, seed, tally);
    if (process.env['TEST_FAULTS'] !== undefined) process.stdout.write(`${JSON.stringify(tally)}\n`);
    expect(tally).toMatchObject({ unequal: 0, lost: 0, twins: 0 });
    expect(tally.kills).toBeGreaterThan(2 * SEEDS);
  });
});
