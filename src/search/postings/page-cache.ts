/** The pages that were read last, of all segments together, in memory that is reserved once. */
import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { DamagedSegment, PAGE_BYTES } from './format.ts';
import { ScoreMemory } from './score-memory.ts';

/** A file whose pages are cached. */
export class PagedFile {
  readonly file: number;
  readonly crcs: Uint32Array;
  /** The slot of the cache that has a page, or -1. */
  readonly slots: Int32Array;
  /** 1 for a page whose checksum was right once. Checking takes longer than reading. */
  readonly checked: Uint8Array;

  constructor(file: number, crcs: Uint32Array) {
    this.file = file;
    this.crcs = crcs;
    this.slots = new Int32Array(crcs.length).fill(-1);
    this.checked = new Uint8Array(crcs.length);
  }
}

export class PageCache {
  /** Has the pages, and what a search computes from them. */
  readonly memory: ScoreMemory;
  readonly #owners: Array<PagedFile | undefined> = [];
  readonly #numbers: Int32Array;
  readonly #wasUsed: Uint8Array;
  readonly #size: number;
  #hand = 0;

  constructor(megabytes: number) {
    this.#size = Math.max(2, Math.floor((megabytes * 2 ** 20) / PAGE_BYTES));
    this.#numbers = new Int32Array(this.#size);
    this.#wasUsed = new Uint8Array(this.#size);
    this.memory = new ScoreMemory(this.#size * PAGE_BYTES);
  }

  /**
   * Returns the address of a page in memory, valid until the next one is read.
   * @throws DamagedSegment if it does not have its checksum
   */
  page(of: PagedFile, number: number): number {
    const slot = of.slots[number];
    if (slot === undefined) throw new DamagedSegment(`no page ${number}`);
    if (slot >= 0) {
      this.#wasUsed[slot] = 1;
      return this.#addressOf(slot);
    }
    return this.#read(of, number);
  }

  /** Forgets the pages of a file. */
  drop(of: PagedFile): void {
    for (const [slot, owner] of this.#owners.entries()) if (owner === of) this.#owners[slot] = undefined;
    of.slots.fill(-1);
  }

  #read(of: PagedFile, number: number): number {
    const slot = this.#freeSlot();
    const address = this.#addressOf(slot);
    readPage(of, number, this.memory.bytes.subarray(address, address + PAGE_BYTES));
    this.#owners[slot] = of;
    this.#numbers[slot] = number;
    of.slots[number] = slot;
    return address;
  }

  #addressOf(slot: number): number {
    return this.memory.pages + slot * PAGE_BYTES;
  }

  /** The clock algorithm: the first slot that was not used since the hand passed it. */
  #freeSlot(): number {
    if (this.#owners.length < this.#size) return this.#owners.length;
    for (;;) {
      this.#hand = (this.#hand + 1) % this.#size;
      if (this.#wasUsed[this.#hand] === 0) break;
      this.#wasUsed[this.#hand] = 0;
    }
    const owner = this.#owners[this.#hand];
    if (owner) owner.slots[this.#numbers[this.#hand] as number] = -1;
    this.#owners[this.#hand] = undefined;
    return this.#hand;
  }
}

/** @throws DamagedSegment if the page does not have its checksum */
export function readPage(of: PagedFile, number: number, page: Uint8Array): void {
  const read = readSync(of.file, page, 0, PAGE_BYTES, number * PAGE_BYTES);
  if (read !== PAGE_BYTES) throw new DamagedSegment(`page ${number}: ${read} bytes`);
  if (of.checked[number] !== 1 && crc32(page) !== of.crcs[number])
    throw new DamagedSegment(`page ${number}: wrong checksum`);
  of.checked[number] = 1;
}
