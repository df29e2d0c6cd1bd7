/** Opens the word index for searching, and follows it as it changes. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../base/errors.ts';
import { DamagedSegment } from '../postings/format.ts';
import { PageCache } from '../postings/page-cache.ts';
import { openSegment, type Segment } from '../postings/segment.ts';
import { markReplaced, SegmentSet } from '../postings/segment-set.ts';
import { type Manifest, manifestPath, readManifest, reportDamage } from './manifest.ts';

export interface WordIndexReader {
  /**
   * Runs a search on the present state of the index.
   * @returns `undefined` while the index is missing, not complete, too far behind, or damaged
   */
  search<Result>(run: (index: SegmentSet) => Result): Result | undefined;
  close(): void;
}

export interface WordIndexOptions {
  readonly folder: string;
  /** Form of the indexed text. */
  readonly form: number;
  /** Memory for pages that were read. */
  readonly cacheMegabytes: number;
}

export interface WordIndexReaderOptions extends WordIndexOptions {
  /** Number of the last change of the database. Without it, an index that is behind is used, too. */
  readonly lastChange?: () => number;
}

/** Milliseconds that the index may be behind, so that a new paper is found within two seconds. */
const MOST_BEHIND_MS = 1_500;

/** Times that a manifest is read again because a segment of it was removed meanwhile. */
const ATTEMPTS = 5;

export function openWordIndexReader(options: WordIndexReaderOptions): WordIndexReader {
  const { folder, form, cacheMegabytes, lastChange } = options;
  const cache = new PageCache(cacheMegabytes);
  let segments: readonly Segment[] = [];
  let set: SegmentSet | undefined;
  let seen: string | undefined;
  let reached = 0;
  /** A change that the index did not contain when it was looked for, and when that was. */
  let missing = { change: 0, since: Number.NEGATIVE_INFINITY };

  /** Opens the segments of the manifest that are not open yet, and closes those that are not in it. */
  function follow(manifest: Manifest): void {
    const open = new Map(segments.map((segment) => [segment.name, segment]));
    const opened: Segment[] = [];
    try {
      const next = manifest.segments.map((name) => {
        const known = open.get(name);
        if (known) return known;
        const segment = openSegment(join(folder, name), name, form);
        opened.push(segment);
        return segment;
      });
      markReplaced(next, new Set(opened));
      for (const segment of segments) if (!next.includes(segment)) segment.close(cache);
      segments = next;
      reached = manifest.reached.id;
      set = new SegmentSet(next, cache);
    } catch (error) {
      for (const segment of opened) segment.close(cache);
      throw error;
    }
  }

  function closeAll(): void {
    for (const segment of segments) segment.close(cache);
    segments = [];
    set = undefined;
  }

  function refresh(): void {
    for (let attempt = 1; ; attempt++) {
      const now = versionOf(folder);
      if (now === seen) return;
      try {
        const manifest = now === undefined ? undefined : readManifest(folder, form);
        if (manifest && manifest.builtTo === undefined) follow(manifest);
        else closeAll();
        seen = now;
        return;
      } catch (error) {
        if (codeOf(error) === 'ENOENT' && attempt < ATTEMPTS) continue;
        seen = now;
        throw error;
      }
    }
  }

  /** Before it was up to date once in this process, it may be behind by any time. */
  function isCurrent(): boolean {
    const last = lastChange?.() ?? 0;
    const now = performance.now();
    if (reached >= last) missing = { change: 0, since: now };
    else if (missing.change === 0 || reached >= missing.change) {
      const isFirst = missing.since === Number.NEGATIVE_INFINITY;
      missing = { change: last, since: isFirst ? missing.since : now };
    }
    return missing.change === 0 || now - missing.since <= MOST_BEHIND_MS;
  }

  return {
    search(run) {
      try {
        refresh();
        return set && isCurrent() ? run(set) : undefined;
      } catch (error) {
        if (!(error instanceof DamagedSegment) && codeOf(error) !== 'ENOENT') throw error;
        closeAll();
        reportDamage(folder, error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
    close: closeAll,
  };
}

/** Changes whenever the manifest is replaced. */
function versionOf(folder: string): string | undefined {
  const stats = statSync(manifestPath(folder), { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.ino} ${stats.mtimeNs} ${stats.size}`;
}
