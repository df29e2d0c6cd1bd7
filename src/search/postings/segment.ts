/** A segment of the index: an immutable file, whose directory is in memory and whose postings are read. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { findTerm as findSorted } from '../text/term-vector.ts';
import {
  DamagedSegment,
  type Directory,
  directoryBytes,
  FOOTER_BYTES,
  PAGE_BYTES,
  readFooter,
  viewDirectory,
} from './format.ts';
import { type PageCache, PagedFile } from './page-cache.ts';

export class Segment {
  readonly name: string;
  readonly directory: Directory;
  readonly pages: PagedFile;
  /** Sum of the lengths of its papers. */
  readonly characters: number;
  readonly average: number;
  /** One bit for each paper that a newer segment replaced or removed; absent while there is none. */
  dead: Int32Array | undefined;
  deadPapers = 0;

  constructor(name: string, directory: Directory, pages: PagedFile, characters: number) {
    this.name = name;
    this.directory = directory;
    this.pages = pages;
    this.characters = characters;
    this.average = characters / Math.max(1, directory.keys.length);
  }

  get papers(): number {
    return this.directory.keys.length;
  }

  /** Position of a term in the directory, or -1. */
  find(term: number): number {
    return findSorted(this.directory.terms, term);
  }

  /** Marks papers that are also in a newer segment. */
  markDead(keys: Uint32Array): void {
    const own = this.directory.keys;
    const newest = own[own.length - 1] ?? -1;
    for (const key of keys) {
      if (key > newest) return;
      const at = findSorted(own, key);
      if (at < 0) continue;
      this.dead ??= new Int32Array(Math.ceil(own.length / 32));
      const bit = 1 << (at & 31);
      const word = this.dead[at >>> 5] as number;
      if ((word & bit) === 0) this.deadPapers += 1;
      this.dead[at >>> 5] = word | bit;
    }
  }

  isDead(paper: number): boolean {
    return this.dead !== undefined && (((this.dead[paper >>> 5] as number) >>> (paper & 31)) & 1) === 1;
  }

  /** @param cache from which pages were read */
  close(cache?: PageCache): void {
    cache?.drop(this.pages);
    closeSync(this.pages.file);
  }
}

/**
 * Reads the directory of a segment and checks it.
 * @param form of the indexed text
 * @throws DamagedSegment, also if it was written in another form
 */
export function openSegment(path: string, name: string, form: number): Segment {
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    if (size < FOOTER_BYTES) throw new DamagedSegment(`${name}: ${size} bytes`);
    const footer = readFooter(readAt(file, size - FOOTER_BYTES, FOOTER_BYTES), form);
    const bytes = directoryBytes(footer);
    if (size !== footer.pages * PAGE_BYTES + bytes + FOOTER_BYTES)
      throw new DamagedSegment(`${name}: ${size} bytes`);
    const memory = readAt(file, footer.pages * PAGE_BYTES, bytes);
    if (crc32(memory) !== footer.directoryCrc) throw new DamagedSegment(`${name}: wrong checksum`);
    const directory = viewDirectory(memory.buffer, footer);
    return new Segment(name, directory, new PagedFile(file, directory.pageCrcs), footer.characters);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function readAt(file: number, from: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const read = readSync(file, bytes, at, length - at, from + at);
    if (read === 0) throw new DamagedSegment('the file ends too early');
    at += read;
  }
  return bytes;
}
