/** The sentence of an abstract that answers a query, for the line under a title. */
import { splitSentences } from '../../summary/sentences.ts';
import { type Profile, toProfile } from '../text/term-vector.ts';
import { scoreProfiles, type WeightedTerm } from './bm25.ts';

export interface Sentence {
  readonly text: string;
  readonly profile: Profile;
}

export function profileSentences(abstract: string): Sentence[] {
  return splitSentences(abstract).map((text) => ({
    text,
    profile: toProfile({ title: '', abstract: text }),
  }));
}

/** The sentences compete as papers do; the earlier wins a tie. `undefined` when none holds a term of the query. */
export function chooseSnippet(
  sentences: readonly Sentence[],
  terms: readonly WeightedTerm[],
): string | undefined {
  const scores = scoreProfiles(
    sentences.map(({ profile }) => profile),
    terms,
  );
  const best = scores.reduce((top, score, at) => (score > (scores[top] ?? 0) ? at : top), 0);
  return (scores[best] ?? 0) > 0 ? sentences[best]?.text : undefined;
}
