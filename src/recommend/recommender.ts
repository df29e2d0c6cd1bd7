/**
 * Recommends papers: those whose words are like the words of papers that a person or team saved, and those
 * that the same people saved. Measured in docs/decisions/recommendations.md.
 */
import type { DatabaseConnection } from '../db/connection.ts';
import { EVERYTHING } from '../search/retrieval/filter-store.ts';
import { openVectorReader } from '../search/retrieval/vector-reader-store.ts';
import type { TermVector } from '../search/text/term-vector.ts';
import { openCandidateFinder } from './candidate-finder.ts';
import { openCoSaveReader } from './co-saves-store.ts';
import { sourcesWith, toProfile } from './ranking/profile.ts';
import { reasonFor } from './ranking/reasons.ts';
import { type ScoringFacts, scorePapers, unlikePapers } from './ranking/scoring.ts';
import { poolOf, varied } from './ranking/selection.ts';
import { isAbbreviation, namedSubjects, spelledOutIn } from './ranking/subjects.ts';
import { weighSignals } from './ranking/weighing.ts';
import { openRarityStore } from './rarity-store.ts';
import {
  FEWEST_SIGNALS,
  MOST_RECOMMENDED,
  type Recommendation,
  type Recommendations,
  type RecommendedId,
  type Recommender,
  type RecommendFor,
  type RecommendQuery,
  type RecommendReason,
} from './recommend.ts';
import { openSignalReader, type Signals } from './signals-store.ts';
import type { TasteView } from './taste/taste.ts';
import { toTasteView } from './taste/taste-view.ts';

/** Weight of papers that the same people saved, next to words, whose best score is 1. */
const CO_SAVES = 10;
const MOST_CO_SAVED = 120;
/** Papers of which people who saved the same are looked at, the latest. */
const MOST_COMPARED = 120;
/** Characters of an instant, with its hour. */
const HOUR_OF = 13;
/** Papers with the most votes among new ones, for the one that is different. */
const DIFFERENT_READ = 40;
const DIFFERENT_TURNS = 5;
/** Papers that a taste is described from, the latest. */
const DESCRIBED = 200;
/** The last place of a usual first page. */
const DIFFERENT_PLACE = 4;

/** For benchmarks. */
export interface RecommenderOptions {
  /** See `varied`. */
  readonly left?: number;
  /** Weight of papers that the same people saved; 0 for words alone. */
  readonly coSaved?: number;
  /** False leaves out the paper that is different. */
  readonly explores?: boolean;
}

/**
 * Runs in the calling thread; the program uses it in `recommend-worker.ts`.
 * @param connection read-only is enough
 */
export function openRecommender(
  connection: DatabaseConnection,
  { left, coSaved = CO_SAVES, explores = true }: RecommenderOptions = {},
): Recommender {
  const reader = openSignalReader(connection);
  const vectors = openVectorReader(connection);
  const rarities = openRarityStore(connection);
  const finder = openCandidateFinder(connection);
  const coSaves = openCoSaveReader(connection);
  let voted: { readonly key: string; readonly papers: readonly number[] } | undefined;

  /** The same for an hour, as votes change slowly. */
  function mostVoted(now: string): readonly number[] {
    const key = `${reader.newestKey()} ${now.slice(0, HOUR_OF)}`;
    if (voted?.key !== key) {
      const after = Math.max(0, reader.newestKey() - finder.NEW_KEYS);
      voted = { key, papers: reader.mostVoted(after, DIFFERENT_READ) };
    }
    return voted.papers;
  }

  async function recommend(query: RecommendQuery): Promise<Recommendations> {
    const found = await recommendKeys(query);
    const papers = finder.papersOf(found.entries.map(({ key }) => key));
    const entries = papers.flatMap((paper, at): Recommendation[] => {
      const reason = found.entries[at]?.reason;
      return reason ? [{ paper, reason }] : [];
    });
    return { ...found, entries };
  }

  async function recommendIds(query: RecommendQuery): Promise<Recommendations<RecommendedId>> {
    const found = await recommendKeys(query);
    const entries = found.entries.flatMap(({ key, reason }): RecommendedId[] => {
      const id = reader.nameOf(key)?.id;
      return id === undefined ? [] : [{ id, reason }];
    });
    return { ...found, entries };
  }

  async function recommendKeys(
    query: RecommendQuery,
  ): Promise<Recommendations<{ readonly key: number; readonly reason: RecommendReason }>> {
    const signals = reader.signalsOf(query.audience);
    const { liked } = namedSubjects(signals);
    const count = signals.papers.filter(({ kind }) => kind !== 'less').length + liked.length;
    const none = { signals: count, total: 0, entries: [] };
    if (signals.isOff) return { state: 'off', ...none };
    if (count < FEWEST_SIGNALS) return { state: 'too-few', ...none };
    const ranked = await rank(query, signals);
    const entries = ranked
      .slice(query.offset, query.offset + query.limit)
      .map(({ paper, reason }) => ({ key: paper, reason: reason() }));
    return { state: 'ready', signals: count, total: ranked.length, entries };
  }

  interface Ranked {
    readonly paper: number;
    readonly reason: () => RecommendReason;
  }

  async function rank(query: RecommendQuery, signals: Signals): Promise<Ranked[]> {
    const [rarity, shared] = await Promise.all([rarities.current(), coSaves.current()]);
    const profile = toProfile(signals, vectorsOf(signals.papers.map(({ paper }) => paper)), rarity);
    const { sources, wanted, liked } = profile;
    const readers = shared.scores(wanted.slice(0, MOST_COMPARED));
    const condition = finder.toCondition(query.filter);
    const watched = finder.writtenBy(signals.authors, query.filter);
    const keys = await candidateKeys();
    const withdrawn = reader.withdrawnAmong(keys);
    const candidates = vectors.candidates(keys, undefined).filter(({ pk }) => !withdrawn.has(pk));
    const facts: ScoringFacts = { profile, rarity, readers, coSaved, watched, now: query.now };
    const { papers, bestByWords } = scorePapers(candidates, facts);

    const isOpen = (query.text ?? '') === '' && condition === EVERYTHING;
    const context = { sources, wanted, liked, coSaves: shared, isOpen, nameOf: reader.nameOf };
    const list = varied(left === 1 ? papers : poolOf(papers), MOST_RECOMMENDED, left).map(
      (each): Ranked => ({ paper: each.paper, reason: () => reasonFor(each, context) }),
    );
    const other = isOpen && explores ? different(new Set(list.map(({ paper }) => paper))) : undefined;
    return other === undefined
      ? list
      : [
          ...list.slice(0, DIFFERENT_PLACE),
          { paper: other, reason: (): RecommendReason => ({ kind: 'different' }) },
          ...list.slice(DIFFERENT_PLACE),
        ].slice(0, MOST_RECOMMENDED);

    async function candidateKeys(): Promise<number[]> {
      const unknown = (all: readonly number[]) => all.filter((paper) => !signals.known.has(paper));
      if (query.text) return unknown(await finder.aboutSubject(query.text, condition));
      const { interest, main } = profile;
      const found = await finder.byWords(interest, main, textsWith, condition, signals.known);
      const saved = unknown([...readers.keys()])
        .sort((a, b) => (readers.get(b) ?? 0) - (readers.get(a) ?? 0))
        .slice(0, MOST_CO_SAVED);
      return [
        ...new Set([...unknown([...watched.keys(), ...found]), ...(await reader.passing(saved, condition))]),
      ];
    }

    /** Texts of one paper for each term. */
    function textsWith(terms: readonly number[]) {
      const named = liked.map(({ name }) => ({ title: name, abstract: '' }));
      return [...reader.factsOf(sourcesWith(profile, terms)), ...named];
    }

    /** One of the most voted new papers that is about something else, another one each day. */
    function different(listed: ReadonlySet<number>): number | undefined {
      const popular = vectors
        .candidates(mostVoted(query.now), undefined)
        .filter(({ pk }) => !listed.has(pk) && !signals.known.has(pk));
      const unlike = unlikePapers(popular, facts, bestByWords).slice(0, DIFFERENT_TURNS);
      const day = Math.floor(Date.parse(query.now) / 86_400_000);
      return unlike[day % Math.max(1, unlike.length)]?.pk;
    }
  }

  function vectorsOf(papers: readonly number[]): Map<number, TermVector> {
    return new Map(vectors.candidates(papers, undefined).map(({ pk, termVector }) => [pk, termVector]));
  }

  async function tasteOf(audience: RecommendFor): Promise<TasteView> {
    const signals = reader.signalsOf(audience);
    const counting = signals.papers.filter(({ kind }) => kind !== 'less').slice(0, DESCRIBED);
    const termVectors = vectorsOf(counting.map(({ paper }) => paper));
    const { avoided } = namedSubjects(signals);
    const known = counting.flatMap((signal) => {
      const termVector = termVectors.get(signal.paper);
      return termVector ? [{ ...signal, termVector }] : [];
    });
    const weights = weighSignals(
      known,
      known.map(({ termVector }) => termVector),
      avoided,
    );
    const weightOf = new Map(known.map(({ paper }, at) => [paper, weights[at] ?? 0]));
    const facts = reader
      .factsOf(known.map(({ paper }) => paper))
      .map((each) => ({ ...each, weight: weightOf.get(each.pk) ?? 0 }))
      .filter(({ weight }) => weight > 0);
    return toTasteView(signals, facts, await rarities.current());
  }

  return {
    recommend,
    recommendIds,
    tasteOf,
    async spelledOut(abbreviation) {
      if (!isAbbreviation(abbreviation)) return undefined;
      return spelledOutIn(reader.factsOf(await finder.aboutSubject(abbreviation, EVERYTHING)), abbreviation);
    },
  };
}
