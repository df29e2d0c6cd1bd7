/**
 * An index over the terms of all watches, so that a new paper is compared only with watches that share a
 * word, an author or a category with it. Pure.
 *
 * Each watch stands under one key that every paper it matches must have. For a watch of several words that
 * is the word under which the fewest others stand, so that common words do not collect watches.
 */

import type { WatchTerms } from '../watch.ts';
import { type Conditions, holds, toConditions, type WantedWords } from './conditions.ts';
import type { PaperDocument } from './document.ts';

export interface IndexedWatch {
  readonly id: number;
  readonly conditions: Conditions;
}

export interface WatchIndex {
  add(id: number, terms: WatchTerms): void;
  remove(id: number): void;
  has(id: number): boolean;
  ids(): Iterable<number>;
  /** Watches that match the paper in all but `like`, which the caller decides. */
  matching(document: PaperDocument): IndexedWatch[];
}

/** Watches with nothing but `like`. */
const ANY = '';

export function openWatchIndex(): WatchIndex {
  const watches = new Map<number, { readonly watch: IndexedWatch; readonly keys: readonly string[] }>();
  const byKey = new Map<string, Map<number, IndexedWatch>>();
  const load = (key: string) => byKey.get(key)?.size ?? 0;

  function keysOf({ wanted, author, category }: Conditions): readonly string[] {
    const choices = wanted.map((each) => keysOfWanted(each, load)).filter((keys) => keys.length > 0);
    const [first, ...others] = choices;
    if (first) return others.reduce((best, keys) => (cost(keys) < cost(best) ? keys : best), first);
    const names = author.filter((word) => word.length > 1).map((word) => `@${word}`);
    const [name, ...more] = names;
    if (name !== undefined) return [more.reduce((best, key) => (load(key) < load(best) ? key : best), name)];
    return [category === undefined ? ANY : `#${category}`];
  }

  function cost(keys: readonly string[]): number {
    return keys.reduce((sum, key) => sum + load(key), 0);
  }

  return {
    add(id, terms) {
      const watch: IndexedWatch = { id, conditions: toConditions(terms) };
      const keys = [...new Set(keysOf(watch.conditions))];
      watches.set(id, { watch, keys });
      for (const key of keys) {
        const under = byKey.get(key) ?? new Map<number, IndexedWatch>();
        under.set(id, watch);
        byKey.set(key, under);
      }
    },
    remove(id) {
      for (const key of watches.get(id)?.keys ?? []) {
        const under = byKey.get(key);
        under?.delete(id);
        if (under?.size === 0) byKey.delete(key);
      }
      watches.delete(id);
    },
    has: (id) => watches.has(id),
    ids: () => watches.keys(),
    matching(document) {
      const found = new Map<number, IndexedWatch>();
      for (const key of keysOfDocument(document)) {
        for (const [id, watch] of byKey.get(key) ?? []) {
          if (!found.has(id) && holds(watch.conditions, document)) found.set(id, watch);
        }
      }
      return [...found.values()];
    },
  };
}

/** One stem for each way: a paper that has the words has one of them. */
function keysOfWanted({ ways }: WantedWords, load: (key: string) => number): string[] {
  return ways.map((phrases) =>
    phrases
      .flatMap(({ stems }) => stems.map((stem) => `=${stem}`))
      .reduce((best, key) => (isBetter(key, best, load) ? key : best)),
  );
}

/** Under which fewer watches stand; among equals the longer word, which tends to be rarer. */
function isBetter(key: string, best: string, load: (key: string) => number): boolean {
  const difference = load(key) - load(best);
  return difference < 0 || (difference === 0 && key.length > best.length);
}

function* keysOfDocument({ stems, names, categories }: PaperDocument): Generator<string> {
  yield ANY;
  for (const stem of stems) yield `=${stem}`;
  for (const category of categories) yield `#${category}`;
  const words = new Set(names.flatMap((name) => [...name]));
  for (const word of words) yield `@${word}`;
}
