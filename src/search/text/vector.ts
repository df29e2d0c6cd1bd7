/** Unit vectors, and their packed form with one byte per number, which does not affect rankings. */

/** Scales a vector to unit length; `undefined` for a zero vector. */
export function toUnit(vector: Float32Array): Float32Array | undefined {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (!(squares > 0) || !Number.isFinite(squares)) return undefined;
  const length = Math.sqrt(squares);
  return vector.map((value) => value / length);
}

/** Scales a vector so that its largest number is 127. Cosine similarity ignores length. */
export function pack(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  return Int8Array.from(vector, (value) => (largest > 0 ? Math.round((value / largest) * 127) : 0));
}

/** @param vector of unit length */
export function cosine(vector: Float32Array, packed: Int8Array): number {
  let product = 0;
  let squares = 0;
  for (let at = 0; at < packed.length; at++) {
    const value = packed[at] as number;
    product += (vector[at] as number) * value;
    squares += value * value;
  }
  return squares > 0 ? product / Math.sqrt(squares) : 0;
}

/** Concatenates arrays. */
export function joinBytes(parts: readonly ArrayBufferView[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}
