/** The words and short phrases of a sentence, for what a cue list has no entry for. */

/** Words, pairs of neighbours, and the opening of up to three words behind `^`; each once. */
export function phrasesOf(sentence: string): string[] {
  const words = sentence.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
  const openings = [1, 2, 3].flatMap((length) =>
    words.length < length ? [] : [`^${words.slice(0, length).join(' ')}`],
  );
  return [...new Set([...words, ...pairs, ...openings])];
}
