/**
 * Dot products of one vector with many, by the processor's vector instructions: 20 times as fast as in
 * JavaScript. The module is assembled here, so that nothing has to be built or installed.
 */

import { compileWasm, op, startWasm } from '../web-assembly.ts';

/** Vectors are padded with zeros to a multiple of this. */
export const LANES = 16;

const [QUERY, ROWS, COUNT, STRIDE, DIMENSIONS, OUT, AT, QUERY_AT, SUM, PART] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const BODY = [
  op.block,
  op.loop,
  [op.get(COUNT), op.isZero, op.branchIf(1)],
  [op.zeros, op.set(SUM), op.constant(0), op.set(AT), op.get(QUERY), op.set(QUERY_AT)],
  op.loop,
  [op.get(ROWS), op.get(AT), op.add, op.load16(0), op.set(PART), op.get(SUM)],
  [op.get(PART), op.widenLow, op.get(QUERY_AT), op.load16(0), op.dot, op.addLanes],
  [op.get(PART), op.widenHigh, op.get(QUERY_AT), op.load16(16), op.dot, op.addLanes, op.set(SUM)],
  [op.get(QUERY_AT), op.constant(32), op.add, op.set(QUERY_AT)],
  [op.get(AT), op.constant(16), op.add, op.set(AT)],
  [op.get(AT), op.get(DIMENSIONS), op.isLess, op.branchIf(0)],
  op.end,
  op.get(OUT),
  [op.get(SUM), op.lane(0), op.get(SUM), op.lane(1), op.add],
  [op.get(SUM), op.lane(2), op.add, op.get(SUM), op.lane(3), op.add],
  op.store(),
  [op.get(ROWS), op.get(STRIDE), op.add, op.set(ROWS)],
  [op.get(OUT), op.constant(4), op.add, op.set(OUT)],
  [op.get(COUNT), op.constant(1), op.subtract, op.set(COUNT), op.branch(0)],
  op.end,
  op.end,
];

const MODULE = compileWasm({
  scan: {
    parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    locals: ['i32', 'i32', 'v128', 'v128'],
    body: BODY,
  },
});

/** Bytes of rows that are scanned at once. */
const CHUNK = 2 ** 20;

type Scan = (...numbers: [number, number, number, number, number, number]) => void;

export class DotProducts {
  /** Room for rows, to be filled before {@link scan}. */
  readonly rows: Uint8Array;
  /** Rows that fit. */
  readonly most: number;
  readonly #query: Int16Array;
  readonly #products: Int32Array;
  readonly #scan: (count: number) => void;

  /**
   * @param dimensions of padded vectors
   * @param rowBytes from one row to the next; a row begins with its vector
   * @param most rows at once
   */
  constructor(dimensions: number, rowBytes: number, most = Math.max(1, Math.floor(CHUNK / rowBytes))) {
    this.most = most;
    const queryAt = 0;
    const productsAt = 2 * dimensions;
    const rowsAt = productsAt + Math.ceil((4 * this.most) / LANES) * LANES;
    const bytes = rowsAt + this.most * rowBytes + LANES;
    const { exports, memory } = startWasm<{ readonly scan: Scan }>(MODULE, bytes);
    this.#query = new Int16Array(memory, queryAt, dimensions);
    this.#products = new Int32Array(memory, productsAt, this.most);
    this.rows = new Uint8Array(memory, rowsAt, this.most * rowBytes);
    this.#scan = (count) => exports.scan(queryAt, rowsAt, count, rowBytes, dimensions, productsAt);
  }

  /** @param query whole numbers up to 4,096, so that no sum overflows */
  ask(query: ArrayLike<number>): void {
    this.#query.fill(0);
    this.#query.set(query);
  }

  /** Returns the products with the first `count` rows, valid until the next call. */
  scan(count: number): Int32Array {
    this.#scan(count);
    return this.#products;
  }
}
