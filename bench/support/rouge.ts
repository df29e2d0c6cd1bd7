/**
 * ROUGE-1, ROUGE-2 and ROUGE-L as F1 (Lin 2004, https://aclanthology.org/W04-1013/), so that the figures can
 * be compared with published ones. Words are runs of the letters a-z and digits, in lower case. Words of more
 * than three characters are stemmed with Porter's algorithm, as in the official script with `-m`.
 */
import { stemmer } from 'stemmer';

/** Fractions from 0 to 1. */
export interface Rouge {
  readonly rouge1: number;
  readonly rouge2: number;
  readonly rougeL: number;
}

export function rouge(candidate: string, reference: string): Rouge {
  const said = rougeWords(candidate);
  const wanted = rougeWords(reference);
  return {
    rouge1: overlapF1(said, wanted),
    rouge2: overlapF1(pairs(said), pairs(wanted)),
    rougeL: f1(longestCommonSubsequence(said, wanted), said.length, wanted.length),
  };
}

/**
 * All three figures against the reference with the best ROUGE-1, as in SciTLDR's own evaluation
 * (https://github.com/allenai/scitldr, cal-rouge.py).
 */
export function bestRouge(candidate: string, references: readonly string[]): Rouge {
  return references
    .map((reference) => rouge(candidate, reference))
    .reduce((best, next) => (next.rouge1 > best.rouge1 ? next : best), { rouge1: 0, rouge2: 0, rougeL: 0 });
}

function rougeWords(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) =>
    word.length > 3 ? stemmer(word) : word,
  );
}

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

/**
 * Counts each shared occurrence once: a word that occurs twice in one and three times in the other is shared
 * twice.
 */
function overlapF1(said: readonly string[], wanted: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of wanted) left.set(item, (left.get(item) ?? 0) + 1);
  let shared = 0;
  for (const item of said) {
    const count = left.get(item) ?? 0;
    if (count > 0) shared += 1;
    left.set(item, count - 1);
  }
  return f1(shared, said.length, wanted.length);
}

function f1(shared: number, said: number, wanted: number): number {
  return shared === 0 ? 0 : (2 * shared) / (said + wanted);
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let previous: number[] = Array(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    for (const [index, other] of b.entries()) {
      const length =
        word === other ? (previous[index] ?? 0) + 1 : Math.max(previous[index + 1] ?? 0, row[index] ?? 0);
      row.push(length);
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
