/** Writes a segment file: postings of one term after the other, then the directory. */
import { closeSync, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { encodeBlock, widthOf } from '../block.ts';
import {
  BLOCK_POSTINGS,
  directoryBytes,
  PAGE_BYTES,
  type SegmentCounts,
  toFooterBytes,
  viewDirectory,
} from '../format.ts';
import { PROFILES, type Saturation, saturationOf, toImpactByte } from '../impact.ts';
import { GrowingBytes, GrowingNumbers } from './growing.ts';

/** The papers of a segment, in order of their keys. */
export interface SegmentPapers {
  readonly keys: Uint32Array;
  readonly lengths: Uint16Array;
  /** Sorted keys of papers that no longer exist. */
  readonly removed: Uint32Array;
}

/** One term's papers, numbered from 0 and in order, with their frequencies. */
export interface TermPostings {
  readonly papers: Uint32Array;
  readonly frequencies: Uint8Array;
  readonly count: number;
}

export interface SegmentWriter {
  /** Terms must come in order of their hashes. */
  add(term: number, postings: TermPostings): void;
  /** Writes the file to the disk. @returns its size in bytes */
  finish(): number;
  /** Removes the file. */
  abandon(): void;
}

/** Pages that are written at once. */
const PAGES_AT_ONCE = 32;
/** Bytes of the largest block: four bytes a distance, one a frequency, and one for the width. */
const LARGEST_BLOCK = BLOCK_POSTINGS * 5 + 1;
const LARGEST_PAGES = 2 ** 32 - PAGE_BYTES;

/** @param form of the indexed text */
export function openSegmentWriter(path: string, form: number, of: SegmentPapers): SegmentWriter {
  const file = openSync(path, 'wx', 0o600);
  const buffer = new Uint8Array(PAGES_AT_ONCE * PAGE_BYTES);
  const characters = of.lengths.reduce((sum, length) => sum + length, 0);
  const average = characters / Math.max(1, of.keys.length);
  const saturations = PROFILES.map((profile) => saturationOf(profile, average));
  const pageCrcs = new GrowingNumbers();
  const terms = new GrowingNumbers();
  const counts = new GrowingNumbers();
  const places = new GrowingNumbers();
  const blockLasts = new GrowingNumbers();
  const blockPlaces = new GrowingNumbers();
  const blockImpacts = new GrowingBytes();
  const blockWidths = new GrowingBytes();
  /** Bytes before the buffer, and bytes in it. */
  let written = 0;
  let at = 0;

  function writePages(): void {
    const full = Math.ceil(at / PAGE_BYTES) * PAGE_BYTES;
    buffer.fill(0, at, full);
    for (let page = 0; page < full; page += PAGE_BYTES)
      pageCrcs.push(crc32(buffer.subarray(page, page + PAGE_BYTES)));
    writeAll(file, buffer.subarray(0, full));
    written += full;
    at = 0;
  }

  /** Begins a new page if a block might not fit into this one. */
  function makeRoom(): void {
    const left = PAGE_BYTES - (at % PAGE_BYTES);
    if (left < LARGEST_BLOCK) {
      buffer.fill(0, at, at + left);
      at += left;
    }
    if (at === buffer.length) writePages();
    if (written + at > LARGEST_PAGES) throw new Error('a segment of postings is larger than 4 GB');
  }

  function addOnlyBlock(postings: TermPostings): void {
    makeRoom();
    places.push(written + at);
    const { papers, count } = postings;
    const width = widthOf(papers, 0, count, -1);
    buffer[at] = width;
    at = encodeBlock(postings, { from: 0, to: count, before: -1, width }, buffer, at + 1);
  }

  function addBlocks(postings: TermPostings): void {
    places.push(blockLasts.length);
    const { papers, count } = postings;
    let before = -1;
    for (let from = 0; from < count; from += BLOCK_POSTINGS) {
      makeRoom();
      const to = Math.min(count, from + BLOCK_POSTINGS);
      const width = widthOf(papers, from, to, before);
      blockPlaces.push(written + at);
      blockWidths.push(width);
      for (const saturation of saturations)
        blockImpacts.push(toImpactByte(mostSaturated(postings, from, to, of.lengths, saturation)));
      at = encodeBlock(postings, { from, to, before, width }, buffer, at);
      before = papers[to - 1] as number;
      blockLasts.push(before);
    }
  }

  function directory(): { readonly bytes: Uint8Array; readonly counts: SegmentCounts } {
    const sizes: SegmentCounts = {
      pages: pageCrcs.length,
      terms: terms.length,
      blocks: blockLasts.length,
      papers: of.keys.length,
      removed: of.removed.length,
    };
    const memory = new ArrayBuffer(directoryBytes(sizes));
    const views = viewDirectory(memory, sizes);
    views.pageCrcs.set(pageCrcs.values());
    views.terms.set(terms.values());
    views.counts.set(counts.values());
    views.places.set(places.values());
    views.blockLasts.set(blockLasts.values());
    views.blockPlaces.set(blockPlaces.values());
    views.keys.set(of.keys);
    views.removed.set(of.removed);
    views.lengths.set(of.lengths);
    views.blockImpacts.set(blockImpacts.values());
    views.blockWidths.set(blockWidths.values());
    return { bytes: new Uint8Array(memory), counts: sizes };
  }

  return {
    add(term, postings) {
      terms.push(term);
      counts.push(postings.count);
      if (postings.count <= BLOCK_POSTINGS) addOnlyBlock(postings);
      else addBlocks(postings);
    },

    finish() {
      writePages();
      const { bytes, counts: sizes } = directory();
      const footer = toFooterBytes({ ...sizes, form, characters, directoryCrc: crc32(bytes) });
      writeAll(file, bytes);
      writeAll(file, footer);
      fsyncSync(file);
      closeSync(file);
      return written + bytes.length + footer.length;
    },

    abandon() {
      closeSync(file);
      unlinkSync(path);
    },
  };
}

function mostSaturated(
  { papers, frequencies }: TermPostings,
  from: number,
  to: number,
  lengths: Uint16Array,
  { base, slope }: Saturation,
): number {
  let most = 0;
  for (let at = from; at < to; at++) {
    const frequency = frequencies[at] as number;
    const impact = frequency / (frequency + base + slope * (lengths[papers[at] as number] as number));
    if (impact > most) most = impact;
  }
  return most;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
}
