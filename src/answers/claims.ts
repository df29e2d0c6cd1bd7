/**
 * Answers questions about a claim (“Does exercise reduce the risk of falls?”) with the conclusions of a paper
 * about it. The paper as a whole decides whether there is an answer, since a conclusion need not repeat the
 * words of the question.
 */
import { isPlainSentence } from '../model/plain-sentence.ts';
import type { Paper } from '../papers/paper.ts';
import { contentWords, similarity } from '../summary/content-words.ts';
import { readSentences } from '../text/sentences/sentences.ts';
import { coverage, coveredWords } from './coverage.ts';
import type { Question } from './question.ts';
import { conclusiveness, onlyAnnounces } from './statements.ts';

/** A sentence that states a conclusion. */
interface Conclusion {
  readonly sentence: string;
  readonly words: ReadonlySet<string>;
  readonly score: number;
}

/**
 * Share of a question's words from which a paper is about its claim. PubMedQA's papers contain less for 2% of
 * their own questions and for 99% of the next paper's.
 */
const ABOUT = 0.47;
/** Weight of the question's words against the signs of a conclusion. */
const MATCH = 1.25;
/** Weight of a statement in the words of the question, which may be about a detail. */
const REPEATED = 0.6;
/** Sentences this far behind the best are details or background. */
const BEHIND = 0.8;
/** Words beyond those of the title. PubMedQA's questions have more. */
const OF_A_DETAIL = 4;
/** Share of these words that the conclusions must have. */
const DETAIL_SAID = 0.4;
/** Cosine from which a conclusion only restates a better one, as a result with its figures often does. */
const RESTATED = 0.6;

/** True if the question is about a claim with which the paper deals. */
export function dealsWithClaim({ title, abstract }: Paper, { isClaim, subject }: Question): boolean {
  return isClaim && coverage(subject, contentWords(`${title} ${abstract}`)) >= ABOUT;
}

/** The paper's conclusions on the claim, best first, without those that restate another one. */
export function conclusionsOn(
  { subject, enough, focus }: Question,
  { title, abstract }: Paper,
): Conclusion[] {
  const sentences = readSentences(abstract);
  const ranked = sentences
    .flatMap((sentence, at) => {
      const { text } = sentence;
      if (onlyAnnounces(text) || !isPlainSentence(text)) return [];
      const words = contentWords(text);
      const place = at / Math.max(1, sentences.length - 1);
      const match = coverage(subject, words);
      const repeated = match >= enough ? REPEATED : 0;
      const score = MATCH * match + repeated + conclusiveness(sentence, place);
      return [{ sentence: text, words, score }];
    })
    .toSorted((a, b) => b.score - a.score);
  const best = ranked[0]?.score ?? 0;
  const conclusions: Conclusion[] = [];
  for (const each of ranked) {
    if (each.score < best - BEHIND) break;
    const isNew = conclusions.every(({ words }) => similarity(words, each.words) < RESTATED);
    if (isNew) conclusions.push(each);
  }
  return isAbout(conclusions, focus, title) ? conclusions : [];
}

/**
 * A question that adds only a few words to the title asks for a detail (“can I download the annotations?”),
 * and a conclusion on that detail has one of them at least.
 */
function isAbout(conclusions: readonly Conclusion[], focus: ReadonlySet<string>, title: string): boolean {
  const titled = coveredWords(focus, contentWords(title));
  const detail = new Set([...focus].filter((word) => !titled.has(word)));
  if (detail.size === 0 || detail.size > OF_A_DETAIL) return true;
  const said = new Set(conclusions.flatMap(({ words }) => [...words]));
  return coverage(detail, said) >= DETAIL_SAID;
}
