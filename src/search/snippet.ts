/** The sentence of an abstract that answers a query, for the line under a title. */
import { splitSentences } from '../summary/sentences.ts';
import { scoreProfiles, type WeightedTerm } from './bm25.ts';
import { toProfile } from './profile.ts';

/** The sentences compete as papers do; the earlier wins a tie. `undefined` when none holds a term of the query. */
export function chooseSnippet(abstract: string, terms: readonly WeightedTerm[]): string | undefined {
  if (terms.length === 0) return undefined;
  const sentences = splitSentences(abstract);
  const scores = scoreProfiles(
    sentences.map((sentence) => toProfile({ title: '', abstract: sentence })),
    terms,
  );
  const best = scores.reduce((top, score, at) => (score > (scores[top] ?? 0) ? at : top), 0);
  return (scores[best] ?? 0) > 0 ? sentences[best] : undefined;
}
