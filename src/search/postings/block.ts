/**
 * Blocks of postings: the distances between paper numbers in one to four bytes each, as the largest of them
 * needs, then a byte for each frequency.
 */

/** @returns bytes of each distance */
export function widthOf(papers: Uint32Array, from: number, to: number, before: number): number {
  let all = 0;
  let last = before;
  for (let at = from; at < to; at++) {
    const paper = papers[at] as number;
    all |= paper - last;
    last = paper;
  }
  if (all >>> 8 === 0) return 1;
  if (all >>> 16 === 0) return 2;
  return all >>> 24 === 0 ? 3 : 4;
}

/**
 * @param before the last paper of the block before, or -1
 * @returns the end of what was written
 */
export function encodeBlock(
  { papers, frequencies }: { readonly papers: Uint32Array; readonly frequencies: Uint8Array },
  { from, to, before, width }: Readonly<Record<'from' | 'to' | 'before' | 'width', number>>,
  bytes: Uint8Array,
  start: number,
): number {
  let at = start;
  let last = before;
  for (let n = from; n < to; n++) {
    const paper = papers[n] as number;
    let distance = paper - last;
    last = paper;
    for (let byte = 0; byte < width; byte++) {
      bytes[at++] = distance & 255;
      distance >>>= 8;
    }
  }
  for (let n = from; n < to; n++) bytes[at++] = frequencies[n] as number;
  return at;
}

/** Writes `count` papers and frequencies to the beginnings of the arrays. */
export function decodeBlock(
  bytes: Uint8Array,
  start: number,
  count: number,
  width: number,
  before: number,
  papers: Int32Array,
  frequencies: Uint8Array,
): void {
  let paper = before;
  let at = start;
  if (width === 1) {
    for (let n = 0; n < count; n++) {
      paper += bytes[at++] as number;
      papers[n] = paper;
    }
  } else if (width === 2) {
    for (let n = 0; n < count; n++, at += 2) {
      paper += (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      papers[n] = paper;
    }
  } else {
    for (let n = 0; n < count; n++, at += width) {
      const high = width === 4 ? (bytes[at + 3] as number) : 0;
      paper +=
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        (high << 24);
      papers[n] = paper;
    }
  }
  for (let n = 0; n < count; n++) frequencies[n] = bytes[at + n] as number;
}
