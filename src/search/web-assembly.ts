/**
 * Assembles small modules of WebAssembly, so that nothing has to be built or installed.
 * https://webassembly.github.io/spec/core/binary/index.html
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

/** Instructions, in any nesting. */
export type Code = number | readonly Code[];

export const WASM_TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
type ValueType = keyof typeof WASM_TYPES;

const VECTOR = 0xfd;
const BULK = 0xfc;

/** An address in memory, to which the one of the program is added, without an alignment. */
function at(offset: number): number[] {
  return [0, ...leb128(offset)];
}

export const op = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  end: [0x0b],
  branch: (depth: number) => [0x0c, depth],
  branchIf: (depth: number) => [0x0d, depth],
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  tee: (local: number) => [0x22, local],
  load: (offset = 0) => [0x28, ...at(offset)],
  loadByte: [0x2d, ...at(0)],
  loadShort: (offset: number) => [0x2f, ...at(offset)],
  loadDouble: [0x2b, ...at(0)],
  store: (offset = 0) => [0x36, ...at(offset)],
  storeDouble: [0x39, ...at(0)],
  constant: (value: number) => [0x41, ...signedLeb128(value)],
  double: (value: number) => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  isZero: [0x45],
  isEqual: [0x46],
  isLess: [0x48],
  isLessUnsigned: [0x49],
  isAtLeastUnsigned: [0x4f],
  isLessDouble: [0x63],
  trailingZeros: [0x68],
  add: [0x6a],
  subtract: [0x6b],
  multiply: [0x6c],
  and: [0x71],
  or: [0x72],
  shiftLeft: [0x74],
  shiftRight: [0x76],
  addDouble: [0xa0],
  subtractDouble: [0xa1],
  multiplyDouble: [0xa2],
  divideDouble: [0xa3],
  toDouble: [0xb8],
  copyMemory: [BULK, 10, 0, 0],
  fillMemory: [BULK, 11, 0],
  load16: (offset: number) => [VECTOR, 0x00, ...at(offset)],
  zeros: [VECTOR, 0x0c, ...Array<number>(16).fill(0)],
  lane: (lane: number) => [VECTOR, 0x1b, lane],
  widenLow: [VECTOR, 0x87, 0x01],
  widenHigh: [VECTOR, 0x88, 0x01],
  addLanes: [VECTOR, 0xae, 0x01],
  dot: [VECTOR, 0xba, 0x01],
};

export interface WasmFunction {
  readonly parameters: readonly ValueType[];
  /** The function returns a whole number. */
  readonly hasResult?: boolean;
  /** Further variables, numbered after the parameters. */
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** Returns a module that exports functions, and imports its memory. */
export function compileWasm(functions: Readonly<Record<string, WasmFunction>>): object {
  const all = Object.values(functions);
  const names = Object.keys(functions);
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, listed(all.map(typeOf))),
    ...section(2, [1, ...name('m'), ...name('m'), 0x02, 0x00, 1]),
    ...section(3, listed(all.map((_, at) => [at]))),
    ...section(7, listed(names.map((each, at) => [...name(each), 0x00, at]))),
    ...section(10, listed(all.map(({ locals, body }) => sized([...localsOf(locals), ...flat(body), 0x0b])))),
  ]);
  return new WebAssembly.Module(bytes);
}

const PAGE = 65_536;

/** @returns the exports of a new instance of the module, and its memory */
export function startWasm<Exports>(module: object, bytes: number): { exports: Exports; memory: ArrayBuffer } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
  return { exports: exports as Exports, memory: memory.buffer };
}

function typeOf({ parameters, hasResult = false }: WasmFunction): number[] {
  const inputs = parameters.map((type) => WASM_TYPES[type]);
  return [0x60, inputs.length, ...inputs, ...(hasResult ? [1, WASM_TYPES.i32] : [0])];
}

function localsOf(locals: readonly ValueType[]): number[] {
  return listed(locals.map((type) => [1, WASM_TYPES[type]]));
}

function flat(code: Code): number[] {
  return typeof code === 'number' ? [code] : code.flatMap(flat);
}

function listed(entries: ReadonlyArray<readonly number[]>): number[] {
  return [...leb128(entries.length), ...entries.flat()];
}

function sized(bytes: readonly number[]): number[] {
  return [...leb128(bytes.length), ...bytes];
}

function section(id: number, bytes: readonly number[]): number[] {
  return [id, ...sized(bytes)];
}

function name(text: string): number[] {
  return sized([...Buffer.from(text)]);
}

function leb128(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb128(value >> 7)];
}

function signedLeb128(value: number): number[] {
  const isLast = value >= -64 && value < 64;
  return isLast ? [value & 127] : [(value & 127) | 128, ...signedLeb128(value >> 7)];
}
