/** Removes absent values from objects. */

type Known<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out keys with the value `null` or `undefined`. */
export function compact<T extends object>(facts: T): Known<T> {
  const pairs = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(pairs) as Known<T>;
}
