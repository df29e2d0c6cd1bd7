import { describe, expect, it } from 'vitest';
import { openTrainer } from '../../../src/search/indexing/trainer.ts';
import { openBags } from '../../../src/search/lsa/bag.ts';
import { embedTerms, knownShare } from '../../../src/search/lsa/model.ts';
import { fromModelBytes } from '../../../src/search/lsa/model-bytes.ts';
import { toTermVector } from '../../../src/search/text/term-vector.ts';
import { openTestDatabase } from '../../support/database.ts';

async function openShipped() {
  const model = fromModelBytes(await openTrainer(await openTestDatabase()).shipped());
  if (!model) throw new Error('The shipped vectors are in another format');
  return model;
}

describe('the shipped vectors', () => {
  it.each([
    ['automatic speech recognition', 'transcription of spoken audio', 'folding of proteins'],
    ['robots that grasp objects', 'dexterous manipulation', 'theorem proving'],
    ['hallucinations of language models', 'factuality of LLM answers', 'point cloud segmentation'],
  ])(
    'place “%s” closer to “%s” than to “%s”, which shares no word with it either',
    async (text, near, far) => {
      const model = await openShipped();
      const vectorOf = (words: string) =>
        embedTerms(model, toTermVector({ title: '', abstract: words })) ?? new Float32Array();
      const to = (other: string) => {
        const vector = vectorOf(other);
        return vectorOf(text).reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0);
      };
      expect(to(near)).toBeGreaterThan(to(far) + 0.1);
    },
  );

  it('know all, some or none of the words of a store, and a word in fewer papers counts more', () => {
    const { add, bags } = openBags();
    for (const abstract of ['common rare', 'common', 'common', 'common'])
      add(toTermVector({ title: '', abstract }));
    const share = (...words: string[]) =>
      knownShare({ terms: toTermVector({ title: '', abstract: words.join(' ') }).terms }, bags());
    expect(share('common', 'rare')).toBe(1);
    expect(share('other')).toBe(0);
    // Held by a quarter as many papers, it has more than a quarter of the weight.
    expect(share('rare') / share('common')).toBeGreaterThan(0.25);
    expect(share('rare') + share('common')).toBeCloseTo(1, 9);
  });
});
