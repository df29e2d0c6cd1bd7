/**
 * Takes new papers from their queue and writes the hits of all watches. Runs in the store thread, a few
 * papers at a time. Hits are written in the transaction that removes the papers from the queue, so that a
 * crash loses none and makes none twice.
 */

import type { DatabaseConnection } from '../../db/connection.ts';
import type { WatchTable } from '../../db/tables/people.ts';
import { openWordIndexOf } from '../../search/word-index/index-reader.ts';
import { dueAfter } from '../due.ts';
import type { MatchStep, WatchMatcher, WatchTerms } from '../watch.ts';
import { type PaperDocument, toDocument } from './document.ts';
import { openLikeness, toVector } from './likeness-store.ts';
import { openWatchIndex } from './watch-index.ts';
import { whyMatched } from './why.ts';

/** In one step, each of which takes some tens of milliseconds: new papers, … */
const PAPERS = 10;
/** … watches that are read into the index, … */
const COMPILED = 200;
/** … and watched papers. */
const PREPARED = 2;
/** Queued papers that are dropped at once while there are no watches. */
const DROPPED = 5_000;
/** Time for which a new paper may wait for its vector, if a watch needs it. Then words decide. */
const AWAITED_MS = 15 * 60_000;

type ActiveWatch = Pick<WatchTable, 'since' | 'pace' | 'zone'> & { readonly id: number };

interface QueueRow {
  readonly number: number;
  readonly pk: number;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
  readonly categories: string;
  readonly addedAt: string;
  readonly vector: Uint8Array | null;
}

export function openWatchMatcher(
  connection: DatabaseConnection,
  wordIndex = openWordIndexOf(connection),
): WatchMatcher {
  const queue = connection.prepare<{ model: number; limit: number }, QueueRow>(
    `SELECT q.number, p.pk, p.title, p.abstract, p.authors, p.categories, p.added_at AS addedAt, v.packed AS vector
     FROM new_papers q JOIN papers p ON p.pk = q.paper
       LEFT JOIN paper_vectors v ON v.paper = p.pk AND v.model = :model
     ORDER BY q.number LIMIT :limit`,
  );
  const first = connection.prepare<[], number>('SELECT number FROM new_papers LIMIT 1').pluck();
  const drop = connection.prepare<[number]>('DELETE FROM new_papers WHERE number <= ?');
  const dropSome = connection.prepare<[number]>(
    'DELETE FROM new_papers WHERE number IN (SELECT number FROM new_papers ORDER BY number LIMIT ?)',
  );
  const revision = connection.prepare<[], number>('SELECT number FROM watch_revision').pluck();
  const active = connection.prepare<[], ActiveWatch>(
    'SELECT id, since, pace, zone FROM watches WHERE paused = 0',
  );
  const termsOf = connection.prepare<[string], Pick<WatchTable, 'terms'> & { id: number }>(
    'SELECT id, terms FROM watches WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );
  const add = connection.prepare<{ watch: number; paper: number; at: string; due: number; why: string }>(
    'INSERT INTO watch_hits (watch, paper, found_at, due, why) VALUES (:watch, :paper, :at, :due, :why) ON CONFLICT DO NOTHING',
  );
  const index = openWatchIndex();
  const likeness = openLikeness(connection, wordIndex);
  /** Terms of the indexed watches. */
  const terms = new Map<number, WatchTerms>();
  let actives: ReadonlyMap<number, ActiveWatch> = new Map();
  /** Ids of the papers that watches name. */
  let liked: ReadonlySet<string> = new Set();
  /** Of the watches that were read, and those of them that are not indexed yet. */
  let known: number | undefined;
  let left: readonly number[] = [];

  /** Brings the index up to date; terms of a watch never change. False if some watches are left. */
  function syncIndex(): boolean {
    const now = revision.get();
    if (known === now && left.length === 0) return true;
    if (known !== now) {
      known = now;
      actives = new Map(active.all().map((watch) => [watch.id, watch]));
      for (const id of [...terms.keys()].filter((each) => !actives.has(each))) {
        index.remove(id);
        terms.delete(id);
      }
      left = [...actives.keys()].filter((id) => !terms.has(id));
    }
    for (const { id, terms: stored } of termsOf.all(JSON.stringify(left.slice(0, COMPILED)))) {
      const read = JSON.parse(stored) as WatchTerms;
      terms.set(id, read);
      index.add(id, read);
    }
    left = left.slice(COMPILED);
    liked = new Set([...terms.values()].flatMap(({ like }) => (like ? [like.id] : [])));
    return left.length === 0;
  }

  function hitsOf(
    { number, pk, vector }: QueueRow,
    document: PaperDocument,
    now: Date,
    length: number,
  ): number {
    const packed = vector ? toVector(vector, length) : undefined;
    let hits = 0;
    for (const { id, conditions } of index.matching(document)) {
      const watch = actives.get(id);
      if (!watch || watch.since >= number) continue;
      const { like } = conditions;
      const shared =
        like === undefined ? [] : likeness.shared(like, { pk, document, ...(packed && { vector: packed }) });
      if (shared === undefined) continue;
      const why = whyMatched(terms.get(id) ?? {}, conditions, document, shared);
      hits += add.run({
        watch: id,
        paper: pk,
        at: now.toISOString(),
        due: dueAfter(watch.pace, watch.zone, now),
        why,
      }).changes;
    }
    return hits;
  }

  const step = connection.transaction((now: Date): MatchStep => {
    if (first.get() === undefined) return { papers: 0, hits: 0, isDone: true };
    const isIndexed = syncIndex();
    if (actives.size === 0) {
      const papers = dropSome.run(DROPPED).changes;
      return { papers, hits: 0, isDone: papers < DROPPED };
    }
    if (!isIndexed || !likeness.prepare(liked, PREPARED)) return { papers: 0, hits: 0, isDone: false };
    const model = likeness.model();
    const rows = queue.all({ model: model?.id ?? 0, limit: PAPERS });
    const awaited = model && liked.size > 0 ? rows.findIndex((row) => isAwaited(row, now)) : -1;
    const ready = awaited < 0 ? rows : rows.slice(0, awaited);
    let hits = 0;
    for (const row of ready) hits += hitsOf(row, documentOf(row), now, model?.dimensions ?? 0);
    const last = ready.at(-1);
    if (last) drop.run(last.number);
    return { papers: ready.length, hits, isDone: ready.length < PAPERS };
  });

  return { step: async (now) => step.immediate(now) };
}

function documentOf({ title, abstract, authors, categories }: QueueRow): PaperDocument {
  const listed = { authors: JSON.parse(authors) as string[], categories: JSON.parse(categories) as string[] };
  return toDocument({ title, abstract, ...listed });
}

/** True for a paper that gets its vector within a minute or two. */
function isAwaited({ vector, addedAt }: QueueRow, now: Date): boolean {
  return vector === null && now.getTime() - Date.parse(addedAt) < AWAITED_MS;
}
