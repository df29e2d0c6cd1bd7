/**
 * Keeps the word index equal to the database, in steps. A step writes a segment, and then a manifest that
 * names it, so that a process that ends at any moment leaves an index that is true up to a recorded change.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../base/errors.ts';
import { DamagedSegment } from '../postings/format.ts';
import { openSegment, type Segment } from '../postings/segment.ts';
import { markReplaced } from '../postings/segment-set.ts';
import { mergeSegments } from '../postings/writing/merge-segments.ts';
import { PaperTermCounter } from '../postings/writing/paper-terms.ts';
import { SegmentBuilder } from '../postings/writing/segment-builder.ts';
import type { WordIndexOptions } from './index-reader.ts';
import {
  createFolder,
  isIntact,
  type Manifest,
  readManifest,
  removeManifest,
  removeOthers,
  reportDamage,
  writeManifest,
} from './manifest.ts';
import { type MergePlan, planMerge } from './merge-plan.ts';
import type { IndexedPaper, WordChangeStore } from './word-change-store.ts';

export interface WordIndexState {
  /** False while all papers are indexed for the first time. */
  readonly isComplete: boolean;
  /** The last change that the index contains. */
  readonly reached: number;
  /** True if there may be more to do at once. */
  readonly isBehind: boolean;
  readonly isMerging: boolean;
}

export interface WordIndexWriter {
  /** Takes the next step. Merges run in between. Must not be called again before it is done. */
  sync(): Promise<WordIndexState>;
  /** Resolves when no merge is running. */
  merged(): Promise<void>;
  close(): Promise<void>;
}

export interface WordIndexWriterOptions extends WordIndexOptions {
  readonly changes: WordChangeStore;
  /** Waits while others need the processor. */
  readonly pause: () => Promise<void>;
  /** Papers of a segment when all are indexed for the first time; 8,192 need 25 MB of memory. */
  readonly builtAtOnce?: number;
}

/** Changes that are written together, in 200 ms. */
const CHANGES_AT_ONCE = 2_000;
const BUILT_AT_ONCE = 8_192;
const READ_AT_ONCE = 256;

export function openWordIndexWriter(options: WordIndexWriterOptions): WordIndexWriter {
  const { folder, form, changes, pause, builtAtOnce = BUILT_AT_ONCE } = options;
  const builder = new SegmentBuilder();
  const counter = new PaperTermCounter();
  let manifest: Manifest | undefined;
  let segments: readonly Segment[] = [];
  let merging: Promise<void> | undefined;
  /** Of a merge; the next step reports it. */
  let failure: unknown;
  let isClosed = false;

  function closeSegments(): void {
    for (const segment of segments) segment.close();
    segments = [];
  }

  /** Starts over with an empty index. */
  function begin(): Manifest {
    closeSegments();
    // First the manifest, so that no reader looks for a segment that is gone.
    removeManifest(folder);
    removeOthers(folder, []);
    return commit({ form, reached: changes.last(), builtTo: 0, segments: [] });
  }

  function commit(next: Manifest): Manifest {
    writeManifest(folder, next);
    manifest = next;
    return next;
  }

  /** Opens the index as the last process left it, or begins anew if it cannot be used. */
  function load(): Manifest {
    createFolder(folder);
    closeSegments();
    const found = isIntact(folder) ? readManifest(folder, form) : undefined;
    if (!found || !changes.has(found.reached)) return begin();
    try {
      const opened: Segment[] = [];
      segments = opened;
      for (const name of found.segments) opened.push(openSegment(join(folder, name), name, form));
    } catch (error) {
      if (!isDamage(error)) throw error;
      return begin();
    }
    markReplaced(segments);
    removeOthers(folder, found.segments);
    manifest = found;
    return found;
  }

  /** Writes what the builder has, and a manifest that names it, beside what merges wrote meanwhile. */
  function addSegment(progress: Omit<Manifest, 'form' | 'segments'>): void {
    const name = newName();
    builder.write(join(folder, name), form);
    const segment = openSegment(join(folder, name), name, form);
    segments = [...segments, segment];
    commit({ form, ...progress, segments: segments.map((each) => each.name) });
    markReplaced(segments, new Set([segment]));
  }

  function count(papers: readonly IndexedPaper[]): void {
    for (const paper of papers) builder.add(paper.pk, counter.count(paper));
  }

  /** @returns true if there may be more changes; `undefined` if some may be missing */
  function takeChanges(now: Manifest): boolean | undefined {
    const next = changes.after(now.reached, CHANGES_AT_ONCE);
    if (!next) return undefined;
    const reached = next.changes.at(-1);
    if (!reached) return false;
    // Papers that the first indexing has yet to read are read then.
    const isDue = (key: number) => key > 0 && (now.builtTo === undefined || key <= now.builtTo);
    const papers = next.papers.filter(({ pk }) => isDue(pk));
    const existing = new Set(papers.map(({ pk }) => pk));
    const removed = [...new Set(next.changes.map(({ paper }) => paper))].filter(
      (key) => isDue(key) && !existing.has(key),
    );
    if (papers.length + removed.length === 0) commit({ ...now, reached });
    else {
      count(papers);
      for (const key of removed.toSorted((a, b) => a - b)) builder.remove(key);
      addSegment({ reached, ...(now.builtTo !== undefined && { builtTo: now.builtTo }) });
    }
    return next.changes.length === CHANGES_AT_ONCE;
  }

  /** Indexes the next papers for the first time. */
  async function buildSome(now: Manifest, from: number): Promise<void> {
    let builtTo = from;
    let isEnd = false;
    while (!isEnd && builder.papers < builtAtOnce) {
      const papers = changes.papersAbove(builtTo, READ_AT_ONCE);
      count(papers);
      builtTo = papers.at(-1)?.pk ?? builtTo;
      isEnd = papers.length < READ_AT_ONCE;
      await pause();
    }
    const { reached } = now;
    if (builder.papers > 0) addSegment({ reached, ...(!isEnd && { builtTo }) });
    else commit({ form, reached, segments: segments.map((each) => each.name) });
  }

  async function merge({ from, to }: MergePlan): Promise<void> {
    const merged = segments.slice(from, to);
    const name = newName();
    const path = join(folder, name);
    const isOldest = from === 0;
    const wait = async () => {
      await pause();
      // Closed meanwhile, or begun anew.
      if (isClosed || !merged.every((each) => segments.includes(each))) throw new MergeEnded();
    };
    await mergeSegments({ path, form, segments: merged, isOldest, pause: wait });
    const at = segments.findIndex(({ name: each }) => each === merged[0]?.name);
    if (!manifest) return;
    const segment = openSegment(path, name, form);
    segments = segments.toSpliced(at, merged.length, segment);
    markReplaced(segments, new Set([segment]));
    commit({ ...manifest, segments: segments.map((each) => each.name) });
    for (const former of merged) {
      former.close();
      rmSync(join(folder, former.name), { force: true });
    }
  }

  /** Segments of the first indexing are merged all at once when it is complete. */
  function startMerge(): void {
    if (merging || isClosed || manifest?.builtTo !== undefined) return;
    const plan = planMerge(segments);
    if (!plan) return;
    merging = merge(plan)
      .catch((error: unknown) => {
        if (isDamage(error)) reportDamage(folder, String(error));
        else if (!(error instanceof MergeEnded)) failure = error;
      })
      .finally(() => {
        merging = undefined;
      });
  }

  return {
    async sync() {
      if (failure !== undefined) {
        const error = failure;
        failure = undefined;
        throw error;
      }
      builder.clear();
      const now = manifest && isIntact(folder) ? manifest : load();
      let isBehind = takeChanges(now);
      if (isBehind === undefined) {
        begin();
        isBehind = true;
      }
      const { builtTo } = manifest ?? now;
      if (builtTo !== undefined) {
        await buildSome(manifest ?? now, builtTo);
        isBehind = true;
      }
      startMerge();
      const { reached, builtTo: left } = manifest ?? now;
      const isMerging = merging !== undefined;
      return { isComplete: left === undefined, reached: reached.id, isBehind, isMerging };
    },

    async merged() {
      for (;;) {
        const running = merging;
        if (running === undefined) return;
        await running;
        startMerge();
      }
    },

    async close() {
      isClosed = true;
      await merging;
      closeSegments();
    },
  };
}

/** Never the name of a former segment, which a reader may have open. */
function newName(): string {
  return `${randomBytes(8).toString('hex')}.postings`;
}

class MergeEnded extends Error {}

function isDamage(error: unknown): boolean {
  return error instanceof DamagedSegment || codeOf(error) === 'ENOENT';
}
