/**
 * Dot products of one vector with many, by the processor's vector instructions: 20 times as fast as in
 * JavaScript. The module is assembled here, so that nothing has to be built or installed.
 */

/** What is used of it; the types of Node leave it out. */
declare const WebAssembly: {
  readonly Memory: new (limits: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
};

/** Vectors are padded with zeros to a multiple of this. */
export const LANES = 16;

/** Instructions of https://webassembly.github.io/spec/core/binary/instructions.html. */
const op = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  end: [0x0b],
  branch: (depth: number) => [0x0c, depth],
  branchIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  constant: (value: number) => [0x41, value],
  isZero: [0x45],
  isLess: [0x48],
  add: [0x6a],
  subtract: [0x6b],
  store: [0x36, 0, 0],
  load16: (offset: number) => [0xfd, 0x00, 0, offset],
  zeros: [0xfd, 0x0c, ...Array<number>(16).fill(0)],
  lane: (lane: number) => [0xfd, 0x1b, lane],
  widenLow: [0xfd, 0x87, 0x01],
  widenHigh: [0xfd, 0x88, 0x01],
  addLanes: [0xfd, 0xae, 0x01],
  dot: [0xfd, 0xba, 0x01],
};

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
  op.store,
  [op.get(ROWS), op.get(STRIDE), op.add, op.set(ROWS)],
  [op.get(OUT), op.constant(4), op.add, op.set(OUT)],
  [op.get(COUNT), op.constant(1), op.subtract, op.set(COUNT), op.branch(0)],
  op.end,
  op.end,
  op.end,
].flat(3);

const I32 = 0x7f;
const V128 = 0x7b;
const name = (text: string) => [text.length, ...Buffer.from(text)];
const sized = (bytes: readonly number[]) => [...leb128(bytes.length), ...bytes];
const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];

function leb128(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >> 7)];
}

const MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 6, I32, I32, I32, I32, I32, I32, 0]),
  ...section(2, [1, ...name('m'), ...name('m'), 0x02, 0x00, 1]),
  ...section(3, [1, 0]),
  ...section(7, [1, ...name('scan'), 0x00, 0]),
  ...section(10, [1, ...sized([2, 2, I32, 2, V128, ...BODY])]),
]);

const PAGE = 65_536;
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
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE), { m: { m: memory } });
    const scan = exports['scan'] as Scan;
    this.#query = new Int16Array(memory.buffer, queryAt, dimensions);
    this.#products = new Int32Array(memory.buffer, productsAt, this.most);
    this.rows = new Uint8Array(memory.buffer, rowsAt, this.most * rowBytes);
    this.#scan = (count) => scan(queryAt, rowsAt, count, rowBytes, dimensions, productsAt);
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
