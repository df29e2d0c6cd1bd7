/**
 * The layout of a segment file, all numbers little-endian:
 *
 * 1. Pages of postings with a checksum each. A block never crosses the end of a page.
 * 2. The directory, which stays in memory: checksums of the pages, terms, headers of blocks, papers.
 * 3. A footer of fixed size.
 */
import { crc32 } from 'node:zlib';

/** Version of the layout. Segments of another one are made anew. */
export const SEGMENT_FORMAT = 1;
/** Bytes. Larger pages cost more for a rare word, smaller ones more for a common word. */
export const PAGE_BYTES = 32_768;
/** Postings in a block, which is decoded as a whole or skipped. */
export const BLOCK_POSTINGS = 128;

const MAGIC = 0x49_50_42_50;
const FOOTER_NUMBERS = 13;
export const FOOTER_BYTES = FOOTER_NUMBERS * 4;

export interface SegmentCounts {
  readonly pages: number;
  readonly terms: number;
  /** Headers of blocks: only of terms with more than one. */
  readonly blocks: number;
  readonly papers: number;
  /** Papers that no longer exist, but may be in older segments. */
  readonly removed: number;
}

export interface Footer extends SegmentCounts {
  /** Form of the indexed text; `INDEX_FORM` of the program that wrote it. */
  readonly form: number;
  /** Sum of the lengths of all papers. */
  readonly characters: number;
  /** CRC-32 of the directory. */
  readonly directoryCrc: number;
}

/** The file is not as it was written, or was written by another version. */
export class DamagedSegment extends Error {}

export interface Directory {
  readonly pageCrcs: Uint32Array;
  /** Sorted hashes. */
  readonly terms: Uint32Array;
  /** Papers with the term. */
  readonly counts: Uint32Array;
  /** Where the only block of a term is in the pages, or the number of its first block header. */
  readonly places: Uint32Array;
  readonly blockLasts: Uint32Array;
  readonly blockPlaces: Uint32Array;
  /** Sorted keys; the position of a key is the number of the paper within the segment. */
  readonly keys: Uint32Array;
  /** Sorted keys of removed papers. */
  readonly removed: Uint32Array;
  readonly lengths: Uint16Array;
  /** Two for each block header: for questions and for texts. */
  readonly blockImpacts: Uint8Array;
  /** Bytes of a number in the block. */
  readonly blockWidths: Uint8Array;
}

export function directoryBytes({ pages, terms, blocks, papers, removed }: SegmentCounts): number {
  return 4 * (pages + 3 * terms + 2 * blocks + papers + removed) + 2 * papers + 3 * blocks;
}

/** Views of the parts of a directory, wide numbers first, so that all are aligned. */
export function viewDirectory(buffer: ArrayBuffer, counts: SegmentCounts): Directory {
  let at = 0;
  const words = (length: number) => {
    const view = new Uint32Array(buffer, at, length);
    at += length * 4;
    return view;
  };
  const bytes = (length: number) => {
    const view = new Uint8Array(buffer, at, length);
    at += length;
    return view;
  };
  const { pages, terms, blocks, papers, removed } = counts;
  const wide = {
    pageCrcs: words(pages),
    terms: words(terms),
    counts: words(terms),
    places: words(terms),
    blockLasts: words(blocks),
    blockPlaces: words(blocks),
    keys: words(papers),
    removed: words(removed),
  };
  const lengths = new Uint16Array(buffer, at, papers);
  at += papers * 2;
  return { ...wide, lengths, blockImpacts: bytes(2 * blocks), blockWidths: bytes(blocks) };
}

export function toFooterBytes(footer: Footer): Uint8Array {
  const numbers = Uint32Array.of(
    MAGIC,
    SEGMENT_FORMAT,
    footer.form,
    footer.pages,
    footer.terms,
    footer.blocks,
    footer.papers,
    footer.removed,
    footer.characters % 2 ** 32,
    Math.floor(footer.characters / 2 ** 32),
    footer.directoryCrc,
    PAGE_BYTES,
    0,
  );
  const bytes = new Uint8Array(numbers.buffer);
  numbers[FOOTER_NUMBERS - 1] = crc32(bytes.subarray(0, FOOTER_BYTES - 4));
  return bytes;
}

/** @throws DamagedSegment */
export function readFooter(bytes: Uint8Array, form: number): Footer {
  const numbers = new Uint32Array(Uint8Array.from(bytes).buffer);
  const crc = numbers[FOOTER_NUMBERS - 1];
  if (crc !== crc32(bytes.subarray(0, FOOTER_BYTES - 4))) throw new DamagedSegment('footer: wrong checksum');
  const [magic, version, indexed = 0, pages = 0, terms = 0, blocks = 0, papers = 0, removed = 0] = numbers;
  const [low = 0, high = 0, directoryCrc = 0, pageBytes] = numbers.subarray(8);
  if (magic !== MAGIC || version !== SEGMENT_FORMAT || indexed !== form || pageBytes !== PAGE_BYTES)
    throw new DamagedSegment(`footer: format ${version}, form ${indexed}`);
  const characters = high * 2 ** 32 + low;
  return { form: indexed, pages, terms, blocks, papers, removed, characters, directoryCrc };
}
