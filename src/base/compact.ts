/** Facts without the ones that nobody knows. */

type Known<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** Leaves out the keys whose value is `null` or `undefined`: an absent fact is an absent key. */
export function compact<T extends object>(facts: T): Known<T> {
  const pairs = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(pairs) as Known<T>;
}
