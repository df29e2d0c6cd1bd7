/** Clusters of vectors by the k-means of their directions, on a sample. */
import { DotProducts } from './dot-products.ts';
import { type RowForm, Rows } from './rows.ts';

const ROUNDS = 6;

/** Centroids, and the search for those that are nearest to a vector. */
export class Clusters {
  /** The key of each row is the cluster's number. */
  readonly centroids: Rows;
  readonly count: number;
  readonly #products: DotProducts;
  readonly #scales: Float32Array;

  constructor(centroids: Rows, count: number) {
    this.centroids = centroids;
    this.count = count;
    const { padded, bytes } = centroids.form;
    this.#products = new DotProducts(padded, bytes, count);
    this.#products.rows.set(centroids.bytes.subarray(0, count * bytes));
    this.#scales = Float32Array.from({ length: count }, (_, each) => centroids.scale(each));
  }

  /** Returns the cluster whose centroid is nearest. */
  nearest(vector: ArrayLike<number>): number {
    const products = this.#ask(vector);
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let cluster = 0; cluster < this.count; cluster++) {
      const product = (products[cluster] as number) * (this.#scales[cluster] as number);
      if (product > most) {
        most = product;
        best = cluster;
      }
    }
    return best;
  }

  /** Returns all clusters, the nearest first. */
  ranked(vector: ArrayLike<number>): number[] {
    const products = this.#ask(vector);
    const score = Float64Array.from(
      { length: this.count },
      (_, cluster) => (products[cluster] as number) * (this.#scales[cluster] as number),
    );
    return [...score.keys()].sort((a, b) => (score[b] as number) - (score[a] as number));
  }

  #ask(vector: ArrayLike<number>): Int32Array {
    this.#products.ask(vector);
    return this.#products.scan(this.count);
  }
}

/** @param sample rows, in an order that has nothing to do with their directions */
export async function cluster(
  form: RowForm,
  sample: Rows,
  sampled: number,
  count: number,
  pause: () => Promise<void>,
): Promise<Clusters> {
  const first = new Rows(form, new Uint8Array(count * form.bytes));
  for (let each = 0; each < count; each++) {
    const from = Math.floor((each * sampled) / count);
    first.write(each, each, bytesOf(sample.vector(from)));
  }
  let clusters = new Clusters(first, count);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float32Array(count * form.padded);
    for (let row = 0; row < sampled; row++) {
      const vector = sample.vector(row);
      const at = clusters.nearest(vector) * form.padded;
      const scale = sample.scale(row);
      for (let n = 0; n < vector.length; n++) {
        sums[at + n] = (sums[at + n] as number) + (vector[n] as number) * scale;
      }
      await pause();
    }
    const next = new Rows(form, new Uint8Array(count * form.bytes));
    for (let each = 0; each < count; each++) {
      const sum = sums.subarray(each * form.padded, (each + 1) * form.padded);
      const most = sum.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      // A cluster without rows keeps its place.
      const packed = most > 0 ? Int8Array.from(sum, (value) => Math.round((value / most) * 127)) : undefined;
      next.write(each, each, bytesOf(packed ?? clusters.centroids.vector(each)));
    }
    clusters = new Clusters(next, count);
  }
  return clusters;
}

function bytesOf({ buffer, byteOffset, byteLength }: Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
