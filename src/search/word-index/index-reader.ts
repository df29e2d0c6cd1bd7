/** Opens the word index for searching, and follows it as it changes. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../base/errors.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { INDEX_FORM } from '../../text/index-text.ts';
import { DamagedSegment } from '../postings/format.ts';
import { PageCache } from '../postings/page-cache.ts';
import { openSegment, type Segment } from '../postings/segment.ts';
import { markReplaced, SegmentSet } from '../postings/segment-set.ts';
import {
  indexFolder,
  type Manifest,
  manifestPath,
  readManifest,
  reportDamage,
  type WordChange,
} from './manifest.ts';
import { openWordChangeStore } from './word-change-store.ts';

export interface WordIndexReader {
  /**
   * Runs a search on the present state of the index.
   * @returns `undefined` while the index is missing, not complete, damaged, or of another database
   */
  search<Result>(run: (index: SegmentSet) => Result): Result | undefined;
  /** The same also while it is not complete: for the papers that it has so far, the oldest. */
  searchPart<Result>(run: (index: SegmentSet) => Result): Result | undefined;
  close(): void;
}

export interface WordIndexOptions {
  readonly folder: string;
  /** Form of the indexed text. */
  readonly form: number;
}

export interface WordIndexReaderOptions extends WordIndexOptions {
  /** Memory for pages that were read. */
  readonly cacheMegabytes: number;
  /** Whether the database has the last change of the index. */
  readonly hasChange?: (change: WordChange) => boolean;
}

/** Megabytes of pages of the index; twice as much makes no search faster (docs/decisions/index.md). */
const CACHE_MEGABYTES = 8;

/**
 * Opens the index of this process with the first search.
 * @returns `undefined` for a connection without files
 */
export function openWordIndexOf(connection: DatabaseConnection): WordIndexReader | undefined {
  if (connection.files === undefined) return undefined;
  const changes = openWordChangeStore(connection);
  return openWordIndexReader({
    folder: indexFolder(connection.files),
    form: INDEX_FORM,
    cacheMegabytes: CACHE_MEGABYTES,
    hasChange: changes.has,
  });
}

/** Times that a manifest is read again because a segment of it was removed meanwhile. */
const ATTEMPTS = 5;

export function openWordIndexReader(options: WordIndexReaderOptions): WordIndexReader {
  const { folder, form, cacheMegabytes, hasChange = () => true } = options;
  const cache = new PageCache(cacheMegabytes);
  let segments: readonly Segment[] = [];
  let set: SegmentSet | undefined;
  let seen: string | undefined;
  let isComplete = false;

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
      isComplete = manifest.builtTo === undefined;
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
        if (manifest && hasChange(manifest.reached)) follow(manifest);
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

  function searchPart<Result>(run: (index: SegmentSet) => Result): Result | undefined {
    try {
      refresh();
      return set && run(set);
    } catch (error) {
      if (!(error instanceof DamagedSegment) && codeOf(error) !== 'ENOENT') throw error;
      closeAll();
      reportDamage(folder, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  return {
    search: (run) => searchPart((index) => (isComplete ? run(index) : undefined)),
    searchPart,
    close: closeAll,
  };
}

/** Changes whenever the manifest is replaced. */
function versionOf(folder: string): string | undefined {
  const stats = statSync(manifestPath(folder), { throwIfNoEntry: false, bigint: true });
  return stats && `${stats.ino} ${stats.mtimeNs} ${stats.size}`;
}
