/** Ranks lists by what channels learned. In the store thread, where other calls get their turn in between. */
import { setImmediate } from 'node:timers/promises';
import type { ChannelRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { openSaves } from '../library/library-store.ts';
import { type TermRarity, toTermWeights } from '../recommend/ranking/interests.ts';
import { mentionsOf, type Subject, toSubject } from '../recommend/ranking/subjects.ts';
import { openRarityStore } from '../recommend/rarity-store.ts';
import { sharedSubjects } from '../recommend/taste/phrases.ts';
import { openVectorReader } from '../search/retrieval/vector-reader-store.ts';
import { OF_CHANNEL_ACTS, openChannelActs } from './acts-store.ts';
import { subjectsOf } from './beginnings.ts';
import {
  type ChannelInterest,
  type PaperWords,
  toChannelInterest,
  type WantedPaper,
} from './channel-interest.ts';
import { openChannelSubjects } from './channel-subjects-store.ts';
import type {
  ActKind,
  LearnedLists,
  LearnedQuery,
  LearnedReason,
  LearnedSubject,
  StartSubject,
} from './learned-lists.ts';
import { nearestTo, rankFor } from './ranking.ts';

/** Papers in memory, a few megabytes. Channels share most of them. */
const MOST_REMEMBERED = 4_000;
const SUBJECTS_SHOWN = 8;
/** Papers that subjects are read from. */
const DESCRIBED = 40;
/** The same for the reasons of a list, which are wanted at once. */
const REASONED = 8;

interface Row {
  readonly pk: number;
  readonly id: string;
}

export function openLearnedLists(connection: DatabaseConnection): LearnedLists {
  const acts = openChannelActs(connection);
  const named = openChannelSubjects(connection);
  const vectors = openVectorReader(connection);
  const rarities = openRarityStore(connection);
  const { find } = openSaves(connection);
  const rowsOf = connection.prepare<[string], Row>(
    `SELECT papers.pk, papers.id FROM json_each(?) wanted JOIN papers ON papers.id = wanted.value ORDER BY wanted.key`,
  );
  const changedAt = connection.prepare<[string], { pk: number; version: string }>(
    'SELECT pk, changed_at AS version FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );
  const titleOf = connection.prepare<[number], string>('SELECT title FROM papers WHERE pk = ?').pluck();
  const texts = connection.prepare<[string], { pk: number; title: string; abstract: string }>(
    'SELECT pk, title, abstract FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );
  const since = connection
    .prepare<[ChannelRef], string>(`SELECT reset_at FROM channel_resets WHERE ${OF_CHANNEL_ACTS}`)
    .pluck();
  const forget = ['channel_acts', 'channel_subjects'].map((table) =>
    connection.prepare<[ChannelRef]>(`DELETE FROM ${table} WHERE ${OF_CHANNEL_ACTS}`),
  );
  const begin = connection.prepare<[ChannelRef & { at: string }]>(
    `INSERT INTO channel_resets (platform, workspace, channel, reset_at)
     VALUES (@platform, @workspace, @channel, @at) ON CONFLICT (platform, workspace, channel) DO UPDATE SET reset_at = @at`,
  );
  const remembered = new Map<number, PaperWords & { readonly version: string }>();
  let learnedFrom: { readonly rarity: TermRarity; readonly model: number | undefined } | undefined;

  /** Words and meanings of papers; those that did not change are read once for all channels. */
  function wordsOf(papers: readonly number[], rarity: TermRarity): (paper: number) => PaperWords | undefined {
    const model = vectors.serving();
    const isOther = learnedFrom?.rarity !== rarity || learnedFrom.model !== model?.id;
    if (isOther || remembered.size + papers.length > MOST_REMEMBERED) remembered.clear();
    learnedFrom = { rarity, model: model?.id };
    const versions = new Map(changedAt.all(JSON.stringify(papers)).map(({ pk, version }) => [pk, version]));
    const unread = [...versions].filter(([pk, version]) => {
      const known = remembered.get(pk);
      return known?.version !== version || (model !== undefined && known.meaning === undefined);
    });
    for (const { pk, termVector, vector } of vectors.candidates(
      unread.map(([pk]) => pk),
      model,
    )) {
      remembered.set(pk, {
        version: versions.get(pk) ?? '',
        termVector,
        weights: toTermWeights(termVector, rarity),
        ...(vector && { meaning: toUnit(vector) }),
      });
    }
    return (paper) => remembered.get(paper);
  }

  interface Learned {
    readonly interest: ChannelInterest;
    readonly pinned: readonly Subject[];
    readonly banned: readonly Subject[];
    readonly start: ReadonlyArray<Subject & StartSubject>;
  }

  /** The latest one, as reasons are asked for right after an order. */
  let latest: { readonly key: string; readonly rarity: TermRarity; readonly learned: Learned } | undefined;

  function learned({ channel, start, asOf }: Omit<LearnedQuery, 'papers'>, rarity: TermRarity): Learned {
    const here = pick(channel);
    const key = JSON.stringify([here, start, asOf]);
    if (latest?.key === key && latest.rarity === rarity) return latest.learned;
    const papers = acts.papersOf(here, since.get(here) ?? '', asOf);
    const of = wordsOf(
      papers.map(({ paper }) => paper),
      rarity,
    );
    const { pinned, banned, start: begun } = named.of(here);
    const subjects = [...start.map((name): StartSubject => ({ name, from: 'include' })), ...begun];
    const all = {
      pinned: pinned.map(toSubject),
      banned: banned.map(toSubject),
      start: subjects.map((subject) => ({ ...subject, ...toSubject(subject.name) })),
    };
    latest = {
      key,
      rarity,
      learned: { interest: toChannelInterest({ papers, wordsOf: of, ...all }), ...all },
    };
    return latest.learned;
  }

  /** The papers that are stored, with their words. */
  function candidatesOf(ids: readonly string[], rarity: TermRarity) {
    const rows = rowsOf.all(JSON.stringify(ids));
    const of = wordsOf(
      rows.map(({ pk }) => pk),
      rarity,
    );
    return rows.flatMap(({ pk, id }) => {
      const words = of(pk);
      return words ? [{ id, ...words }] : [];
    });
  }

  /** @param from how many papers are read, the heaviest */
  function subjectsFrom({ wanted }: ChannelInterest, rarity: TermRarity, from = DESCRIBED): LearnedSubject[] {
    const sources = wanted.toSorted((a, b) => b.weight - a.weight || a.paper - b.paper).slice(0, from);
    const weightOf = new Map(sources.map(({ paper, weight }) => [paper, weight]));
    const read = texts
      .all(JSON.stringify([...weightOf.keys()]))
      .map((text) => ({ ...text, weight: weightOf.get(text.pk) ?? 0 }));
    const all = sources.reduce((sum, { weight }) => sum + weight, 0);
    return sharedSubjects(read, rarity, SUBJECTS_SHOWN)
      .map(({ name }) => {
        const subject = toSubject(name);
        const own = sources.filter(({ termVector }) => mentionsOf(subject, termVector) > 0);
        return { name, weight: own.reduce((sum, { weight }) => sum + weight, 0) / all };
      })
      .toSorted((a, b) => b.weight - a.weight);
  }

  function reasonFor(
    words: PaperWords,
    { interest, pinned, start }: Learned,
    subjects: () => readonly Subject[],
  ): LearnedReason {
    const { termVector } = words;
    const pin = pinned.find((subject) => mentionsOf(subject, termVector) > 0);
    if (pin) return { kind: 'pinned', name: pin.name };
    const found = nearestTo(words, interest);
    const title = found && titleOf.get(found.nearest.paper);
    if (found && title !== undefined && found.likeness >= WELL_ALIKE)
      return { kind: actOn(found.nearest), title };
    const subject = subjects().find((each) => mentionsOf(each, termVector) > 0);
    if (subject) return { kind: 'subject', name: subject.name };
    if (found && title !== undefined) return { kind: actOn(found.nearest), title };
    const begun = start.find((each) => mentionsOf(each, termVector) > 0);
    if (begun) return { kind: 'start', name: begun.name, from: begun.from };
    return { kind: interest.wanted.length === 0 ? 'votes' : 'different' };
  }

  const forgetSpent = connection.transaction(acts.forgetSpent);
  const reset = connection.transaction((channel: ChannelRef, at: string) => {
    latest = undefined;
    for (const step of forget) step.run(pick(channel));
    begin.run({ ...pick(channel), at });
  });

  return {
    async order(query) {
      const rarity = await rarities.current();
      const { interest, pinned, banned } = learned(query, rarity);
      await setImmediate();
      const candidates = candidatesOf(query.papers, rarity);
      const { rank, voted } = query;
      return rankFor(interest, candidates, { rank, voted, pinned, banned }).flatMap(
        ({ index, ...ranked }) => {
          const paper = candidates[index]?.id;
          return paper === undefined ? [] : [{ paper, ...ranked }];
        },
      );
    },
    async reasons(query) {
      const rarity = await rarities.current();
      const known = learned(query, rarity);
      let subjects: readonly Subject[] | undefined;
      const lazily = () => {
        subjects ??= subjectsFrom(known.interest, rarity, REASONED).map(({ name }) => toSubject(name));
        return subjects;
      };
      return candidatesOf(query.papers, rarity).map(({ id, ...words }) => ({
        paper: id,
        reason: reasonFor(words, known, lazily),
      }));
    },
    async view(query) {
      const rarity = await rarities.current();
      const { interest, pinned, banned, start } = learned(query, rarity);
      const reset = since.get(pick(query.channel));
      const papers = acts.papersOf(query.channel, reset ?? '', query.asOf);
      await setImmediate();
      const countOf = (kind: ActKind | 'linked') => papers.filter((paper) => paper[kind] > 0).length;
      return {
        papers: {
          saved: countOf('saved'),
          discussed: countOf('discussed'),
          dismissed: countOf('dismissed'),
          linked: countOf('linked'),
        },
        subjects: subjectsFrom(interest, rarity),
        pinned: pinned.map(({ name }) => name),
        banned: banned.map(({ name }) => name),
        start: start.map(({ name, from }) => ({ name, from })),
        ...(reset !== undefined && { since: reset }),
      };
    },
    async record(act, id, at) {
      latest = undefined;
      const paper = find(id);
      return paper !== undefined && acts.add(act, paper, at);
    },
    async link(channel, id, at) {
      latest = undefined;
      const paper = find(id);
      return paper !== undefined && acts.link(channel, paper, at);
    },
    async withdraw(person, kind, id) {
      latest = undefined;
      const paper = find(id);
      return paper !== undefined && acts.withdraw(person, paper, kind);
    },
    async rule(channel, ...said) {
      latest = undefined;
      return named.rule(pick(channel), ...said);
    },
    async begin(channel, about, at) {
      latest = undefined;
      return named.begin(pick(channel), subjectsOf(about), at);
    },
    forgetSpent: async (after, before) => forgetSpent.immediate(after, before),
    reset: async (channel, at) => reset.immediate(channel, at),
  };
}

/** From here on, a paper is a better reason than a subject. */
const WELL_ALIKE = 0.2;

function actOn({ saved, discussed }: WantedPaper): 'saved' | 'discussed' | 'linked' {
  if (saved > 0) return 'saved';
  return discussed > 0 ? 'discussed' : 'linked';
}

function toUnit(vector: Int8Array): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (part) => (length > 0 ? part / length : 0));
}

/** Selects the columns, as SQLite refuses others. */
function pick({ platform, workspace, channel }: ChannelRef): ChannelRef {
  return { platform, workspace, channel };
}
