/**
 * Trains vectors of terms by contrast: the title of a paper shall be closer to its own abstract than to the
 * other abstracts of a batch, and an abstract to its own title (InfoNCE: van den Oord et al., Representation
 * Learning with Contrastive Predictive Coding, 2018), by Adam (Kingma & Ba 2015).
 */
import type { Bags } from '../../src/search/lsa/bag.ts';
import { findTerm } from '../../src/search/text/term-vector.ts';

interface ContrastOptions {
  /** Sorted hashes of the terms that have vectors. */
  readonly terms: Uint32Array;
  /** terms × dimensions, row-major; trained in place. A text is the sum of its terms, by 1 + ln count. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly epochs: number;
  readonly onEpoch: (loss: number) => void;
}

const BATCH = 512;
const TEMPERATURE = 0.05;
const RATE = 0.002;
const MOMENTUM = 0.9;
const DECAY = 0.999;
const TINY = 1e-8;
/** Papers with fewer known terms say too little. */
const FEWEST_IN_TITLE = 2;
const FEWEST_IN_ABSTRACT = 20;

/** A text as rows of the vectors with their weights. */
interface Text {
  readonly rows: Uint32Array;
  readonly weights: Float32Array;
}

/** The same input gives the same numbers. */
export function trainByContrast(titles: Bags, abstracts: Bags, options: ContrastOptions): void {
  const { terms, vectors, dimensions, epochs, onEpoch } = options;
  const pairs = Array.from({ length: titles.starts.length - 1 }, (_, paper) => ({
    title: textOf(titles, paper, terms),
    abstract: textOf(abstracts, paper, terms),
  })).filter(
    ({ title, abstract }) =>
      title.rows.length >= FEWEST_IN_TITLE && abstract.rows.length >= FEWEST_IN_ABSTRACT,
  );
  const gradient = new Float32Array(vectors.length);
  const step = openAdam(vectors, gradient);
  const random = openRandom();
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(pairs, random);
    let loss = 0;
    let batches = 0;
    for (let from = 0; from + BATCH <= pairs.length; from += BATCH) {
      const batch = pairs.slice(from, from + BATCH);
      const left = batch.map(({ title }) => embed(title, vectors, dimensions));
      const right = batch.map(({ abstract }) => embed(abstract, vectors, dimensions));
      const { weights, mean } = contrast(left, right);
      gradient.fill(0);
      for (const [at, { title, abstract }] of batch.entries()) {
        const ofTitle = weights.subarray(at * BATCH, (at + 1) * BATCH);
        addGradient(gradient, title, left[at] as Embedded, mixed(ofTitle, right, dimensions));
        const ofAbstract = Float32Array.from(
          { length: BATCH },
          (_, row) => weights[row * BATCH + at] as number,
        );
        addGradient(gradient, abstract, right[at] as Embedded, mixed(ofAbstract, left, dimensions));
      }
      step();
      loss += mean;
      batches += 1;
    }
    onEpoch(loss / batches);
  }
}

function textOf({ starts, terms, counts }: Bags, paper: number, known: Uint32Array): Text {
  const rows: number[] = [];
  const weights: number[] = [];
  for (let at = starts[paper] as number; at < (starts[paper + 1] as number); at++) {
    const row = findTerm(known, terms[at] as number);
    if (row < 0) continue;
    rows.push(row);
    weights.push(1 + Math.log(counts[at] as number));
  }
  return { rows: Uint32Array.from(rows), weights: Float32Array.from(weights) };
}

interface Embedded {
  /** Of unit length. */
  readonly unit: Float32Array;
  readonly length: number;
}

function embed({ rows, weights }: Text, vectors: Float32Array, dimensions: number): Embedded {
  const sum = new Float32Array(dimensions);
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] as number) * dimensions;
    const weight = weights[at] as number;
    for (let n = 0; n < dimensions; n++) sum[n] = (sum[n] as number) + weight * (vectors[from + n] as number);
  }
  const length = Math.sqrt(dot(sum, sum)) + TINY;
  return { unit: sum.map((value) => value / length), length };
}

/** @returns the gradient of the loss by each cosine, left × right, and the mean loss */
function contrast(left: readonly Embedded[], right: readonly Embedded[]) {
  const powers = new Float64Array(BATCH * BATCH);
  const rows = new Float64Array(BATCH);
  const columns = new Float64Array(BATCH);
  for (const [row, { unit }] of left.entries()) {
    for (const [column, other] of right.entries()) {
      // A cosine is at most 1, so no power is larger than 1.
      const power = Math.exp((dot(unit, other.unit) - 1) / TEMPERATURE);
      powers[row * BATCH + column] = power;
      rows[row] = (rows[row] as number) + power;
      columns[column] = (columns[column] as number) + power;
    }
  }
  let loss = 0;
  const weights = new Float32Array(BATCH * BATCH);
  for (let row = 0; row < BATCH; row++) {
    for (let column = 0; column < BATCH; column++) {
      const power = powers[row * BATCH + column] as number;
      const share = (power / (rows[row] as number) + power / (columns[column] as number)) / 2;
      weights[row * BATCH + column] = (share - Number(row === column)) / (TEMPERATURE * BATCH);
      if (row === column) loss -= Math.log(power / (rows[row] as number) + TINY);
    }
  }
  return { weights, mean: loss / BATCH };
}

function mixed(weights: Float32Array, others: readonly Embedded[], dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const [at, { unit }] of others.entries()) {
    const weight = weights[at] as number;
    for (let n = 0; n < dimensions; n++) sum[n] = (sum[n] as number) + weight * (unit[n] as number);
  }
  return sum;
}

/** Adds the gradient by the terms of a text, from the gradient by its unit vector. */
function addGradient(
  gradient: Float32Array,
  { rows, weights }: Text,
  text: Embedded,
  by: Float32Array,
): void {
  const along = dot(text.unit, by);
  const bySum = by.map((value, n) => (value - along * (text.unit[n] as number)) / text.length);
  for (let at = 0; at < rows.length; at++) {
    const from = (rows[at] as number) * bySum.length;
    const weight = weights[at] as number;
    for (let n = 0; n < bySum.length; n++)
      gradient[from + n] = (gradient[from + n] as number) + weight * (bySum[n] as number);
  }
}

function openAdam(vectors: Float32Array, gradient: Float32Array): () => void {
  const means = new Float32Array(vectors.length);
  const squares = new Float32Array(vectors.length);
  let steps = 0;
  return () => {
    steps += 1;
    const [first, second] = [1 - MOMENTUM ** steps, 1 - DECAY ** steps];
    for (let at = 0; at < vectors.length; at++) {
      const slope = gradient[at] as number;
      const mean = MOMENTUM * (means[at] as number) + (1 - MOMENTUM) * slope;
      const square = DECAY * (squares[at] as number) + (1 - DECAY) * slope * slope;
      means[at] = mean;
      squares[at] = square;
      const move = (RATE * (mean / first)) / (Math.sqrt(square / second) + TINY);
      vectors[at] = (vectors[at] as number) - move;
    }
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += (a[n] as number) * (b[n] as number);
  return sum;
}

/** Fisher & Yates. */
function shuffle<Item>(items: Item[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other] as Item, items[last] as Item];
  }
}

/** Numbers from 0 to 1 (mulberry32). */
function openRandom(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixedBits = Math.imul(state ^ (state >>> 15), 1 | state);
    mixedBits = (mixedBits + Math.imul(mixedBits ^ (mixedBits >>> 7), 61 | mixedBits)) ^ mixedBits;
    return ((mixedBits ^ (mixedBits >>> 14)) >>> 0) / 2 ** 32;
  };
}
