/**
 * Channels that learn, simulated over the recorded daily lists: how many of the five papers that they get
 * are about their subjects, next to the five with the most votes; and the time that 5,000 lists take beside
 * commands.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { openStores } from '../src/app/stores.ts';
import type { DatabaseConnection } from '../src/db/connection.ts';
import { openPostedStore } from '../src/delivery/ledger/posted-store.ts';
import { openFeedStore } from '../src/feeds/feed-store.ts';
import { defaultSettings } from '../src/feeds/options/feed-options.ts';
import type { ActKind, LearnedLists } from '../src/learning/learned-lists.ts';
import { openLearnedLists } from '../src/learning/learned-lists-store.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { openPaperStore } from '../src/papers/paper-store.ts';
import { fromDailyRows } from '../src/sources/hugging-face/hugging-face-rows.ts';
import { openRandom } from './recommend/citeulike.ts';
import { openImported } from './support/bare-fts.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import { quantile } from './support/statistics.ts';

/** Papers of a list. */
const SHOWN = defaultSettings('UTC').count;
/** Settings were chosen on channels with an even number. These figures are for the others. */
const CHANNELS = 80;
const FIRST_CHANNEL = 1;
const LISTS = 60;
/** From this list on, the channel has other subjects. */
const DRIFT = 30;
const READERS = 6;
/** Chances that a reader acts on a paper about their subjects, and on another. */
const CHANCES: Readonly<Record<'own' | 'other', Readonly<Record<ActKind, number>>>> = {
  own: { saved: 0.3, discussed: 0.05, dismissed: 0.005 },
  other: { saved: 0.02, discussed: 0.01, dismissed: 0.03 },
};
/**
 * Subjects by the keywords that Hugging Face gives to papers. Ranking does not see these: it reads titles and
 * abstracts.
 */
const SUBJECTS: Readonly<Record<string, RegExp>> = {
  video: /\bvideos?\b/,
  robots: /robot|manipulation|embodied|vision-language-action|\bvla/,
  '3d': /\b3d\b|gaussian splat|nerf|point cloud|mesh/,
  speech: /speech|audio|music|\btts\b|\basr\b|voice/,
  agents: /\bagents?\b|tool use|tool-use|agentic/,
  code: /\bcode\b|coding|software|program/,
  math: /\bmath|theorem|proof|geometry problem/,
  retrieval: /retriev|\brag\b|search engine|rerank/,
  safety: /safety|jailbreak|adversarial|red.team|toxic|alignment/,
  editing: /editing|inpaint|style transfer|personaliz/,
  compression: /quantiz|prun|distill|sparse|low-rank|kv cache|compress/,
  language: /multilingual|translation|cross-lingual|low-resource|tokeniz/,
  documents: /\bocr\b|document|chart|table|layout/,
};
const NAMES = Object.keys(SUBJECTS);
/** Share of papers with keywords from which a day is used; in the first year, there are none. */
const WITH_KEYWORDS = 0.8;

const FEEDS = 5_000;
const SAVES_OF_FEED = 40;
const POSTS_OF_FEED = 100;
const DAYS_OF_FEED = 60;
/** Commands beside the lists: one every so many milliseconds. */
const COMMAND_MS = 20;

interface ListedDay {
  readonly date: string;
  readonly records: readonly PaperRecord[];
  /** Most votes first. */
  readonly papers: ReadonlyArray<{ readonly id: string; readonly subjects: ReadonlySet<string> }>;
  readonly hasKeywords: boolean;
}

export const learnedFeedsBenchmark: Benchmark = {
  prefix: 'feeds',
  async run(context) {
    const days = readDays(context.data);
    if (!days) return context.skip('feeds.learned', 'no hf_daily/daily_papers.jsonl.gz in the data');
    const path = join(context.scratch, 'feeds.db');
    const connection = await openImported(path, []);
    const papers = openPaperStore(connection);
    for (const { date, records } of days) {
      await papers.importBatch(records, { source: 'hugging-face', at: `${date}T20:00:00.000Z` });
    }
    await learnMeanings(connection);
    await measurePrecision(
      context,
      connection,
      days.filter(({ hasKeywords }) => hasKeywords),
    );
    await addFeeds(connection, days);
    connection.close();
    await measureSpeed(context, path, days);
  },
};

function readDays(data: string): ListedDay[] | undefined {
  const file = join(data, 'hf_daily/daily_papers.jsonl.gz');
  if (!existsSync(file)) return undefined;
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const { date, items } = JSON.parse(line) as { date: string; items: unknown[] };
    const { records } = fromDailyRows(items, date, `${date}T20:00:00.000Z`);
    const papers = records
      .toSorted((a, b) => (b.votes ?? 0) - (a.votes ?? 0))
      .map(({ id = '', keywords = [] }) => {
        const words = keywords.join(' | ').toLowerCase();
        return { id, subjects: new Set(NAMES.filter((name) => SUBJECTS[name]?.test(words))) };
      });
    const marked = records.filter(({ keywords = [] }) => keywords.length > 0).length;
    return { date, records, papers, hasKeywords: marked >= WITH_KEYWORDS * records.length };
  });
}

interface Precision {
  learned: number;
  votes: number;
}

async function measurePrecision(
  { report }: BenchContext,
  connection: DatabaseConnection,
  days: readonly ListedDay[],
): Promise<void> {
  const learned = openLearnedLists(connection);
  const byList = Array.from({ length: LISTS }, (): Precision => ({ learned: 0, votes: 0 }));
  for (let channel = 0; channel < CHANNELS; channel++) {
    await simulate({ connection, learned }, days, FIRST_CHANNEL + 2 * channel, byList);
  }
  const mean = (from: number, to: number, of: keyof Precision) =>
    byList.slice(from, to).reduce((sum, list) => sum + list[of], 0) / (to - from) / CHANNELS;
  const show = (name: string, from: number, to: number) =>
    report(`feeds.learned.${name}_p5`, mean(from, to, 'learned'), '', mean(from, to, 'votes'));
  show('first_10_lists', 0, 10);
  show('lists_11_30', 10, DRIFT);
  show('drift_1_5', DRIFT, DRIFT + 5);
  show('drift_6_10', DRIFT + 5, DRIFT + 10);
  show('drift_9_13', DRIFT + 8, DRIFT + 13);
  show('drift_11_30', DRIFT + 10, LISTS);
}

/** One channel: its readers act on what it gets, and so decide what it gets next. */
async function simulate(
  { connection, learned }: { readonly connection: DatabaseConnection; readonly learned: LearnedLists },
  days: readonly ListedDay[],
  seed: number,
  byList: readonly Precision[],
): Promise<void> {
  const random = openRandom(1_000 + seed);
  const feeds = openFeedStore(connection);
  const posted = openPostedStore(connection);
  const channel = { platform: 'bench', workspace: 'sim', channel: `C${seed}` };
  const settings = defaultSettings('UTC');
  const feed = await feeds.follow({ channel, settings, manager: 'M', at: '2024-01-01T00:00:00.000Z' });
  const any = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const drawSubjects = (but: readonly string[]) => {
    const first = any(NAMES.filter((name) => !but.includes(name)));
    return [first, any(NAMES.filter((name) => !but.includes(name) && name !== first))];
  };
  const drawReaders = (subjects: readonly string[]) =>
    Array.from({ length: READERS }, () => new Set([any(subjects), any(subjects)]));
  let subjects = drawSubjects([]);
  let readers = drawReaders(subjects);
  const start = Math.floor(random() * (days.length - LISTS));
  for (let list = 0; list < LISTS; list++) {
    const day = days[start + list];
    const into = byList[list];
    if (!day || !into) return;
    if (list === DRIFT) {
      subjects = drawSubjects(subjects);
      readers = drawReaders(subjects);
    }
    const ids = day.papers.map(({ id }) => id);
    const asOf = `${day.date}T09:00:00.000Z`;
    const ordered = await learned.order({
      channel,
      papers: ids,
      start: [],
      asOf,
      rank: 'mixed',
      voted: ids.length,
    });
    const subjectsOf = new Map(day.papers.map((paper) => [paper.id, paper.subjects]));
    const isRight = (id: string) => subjects.some((name) => subjectsOf.get(id)?.has(name));
    const shown = ordered.slice(0, SHOWN).map(({ paper }) => paper);
    into.learned += shown.filter(isRight).length / SHOWN;
    into.votes += ids.slice(0, SHOWN).filter(isRight).length / SHOWN;
    await posted.record(feed, { day: day.date, due: new Date(asOf) }, shown);
    for (const id of shown) {
      for (const [number, own] of readers.entries()) {
        const kind = actOf(
          [...own].some((name) => subjectsOf.get(id)?.has(name)),
          random(),
        );
        const act = { channel, person: `P${number}` };
        if (kind) await learned.record({ ...act, kind }, id, `${day.date}T12:00:00.000Z`);
      }
    }
  }
}

function actOf(isOwn: boolean, drawn: number): ActKind | undefined {
  let left = drawn;
  for (const [kind, chance] of Object.entries(CHANCES[isOwn ? 'own' : 'other']) as Array<[ActKind, number]>) {
    if (left < chance) return kind;
    left -= chance;
  }
  return undefined;
}

/** Each with a history of its own, from the same lists. */
async function addFeeds(connection: DatabaseConnection, days: readonly ListedDay[]): Promise<void> {
  const random = openRandom(1);
  const before = days
    .slice(-1 - DAYS_OF_FEED, -1)
    .flatMap(({ date, papers }) => papers.map(({ id }) => ({ id, date })));
  const settings = JSON.stringify(defaultSettings('UTC'));
  const addFeed = connection.prepare(
    `INSERT INTO feeds (platform, workspace, channel, id, settings, manager, origin, created_at)
     VALUES ('bench', 'many', ?, 'a', ?, 'M', 'command', '2024-01-01')`,
  );
  const addAct = connection.prepare(
    `INSERT OR IGNORE INTO channel_acts
       (platform, workspace, channel, paper, person, kind, message, emoji, acted_at)
     SELECT 'bench', 'many', ?, pk, 'P1', 'saved', '', '', ? FROM papers WHERE id = ?`,
  );
  const addPost = connection.prepare(
    `INSERT OR IGNORE INTO posted_papers (platform, workspace, channel, paper, period, day, feed, extra)
     SELECT 'bench', 'many', ?, pk, 'day', ?, 'a', 0 FROM papers WHERE id = ?`,
  );
  connection.transaction(() => {
    for (let feed = 0; feed < FEEDS; feed++) {
      const channel = `C${feed}`;
      addFeed.run(channel, settings);
      for (let at = 0; at < POSTS_OF_FEED; at++) {
        const { id = '', date = '' } = before[Math.floor(random() * before.length)] ?? {};
        addPost.run(channel, date, id);
        if (at < SAVES_OF_FEED) addAct.run(channel, `${date}T12:00:00.000Z`, id);
      }
    }
  })();
}

async function measureSpeed(
  { report }: BenchContext,
  path: string,
  days: readonly ListedDay[],
): Promise<void> {
  const { stores, close } = await openStores({ path }, (error) => {
    throw error;
  });
  const last = days.at(-1);
  const ids = last?.papers.map(({ id }) => id) ?? [];
  const asOf = `${last?.date ?? ''}T09:00:00.000Z`;
  const times: number[] = [];
  let running = true;
  const commands = (async () => {
    while (running) {
      const from = performance.now();
      await stores.papers.findMany(ids.slice(0, SHOWN));
      times.push(performance.now() - from);
      await sleep(COMMAND_MS);
    }
  })();
  const cpu = process.cpuUsage();
  const from = performance.now();
  const lists: number[] = [];
  for (let feed = 0; feed < FEEDS; feed++) {
    const channel = { platform: 'bench', workspace: 'many', channel: `C${feed}` };
    const began = performance.now();
    const query = { channel, papers: ids, start: [], asOf };
    const ordered = await stores.learning.order({ ...query, rank: 'mixed', voted: ids.length });
    const papers = ordered.slice(0, SHOWN).map(({ paper }) => paper);
    await stores.learning.reasons({ ...query, papers });
    lists.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(cpu);
  running = false;
  await commands;
  report('feeds.learned.5000_cpu_seconds', (user + system) / 1e6, 's');
  report('feeds.learned.5000_seconds', (performance.now() - from) / 1000, 's');
  report('feeds.learned.list_p50_ms', quantile(lists, 0.5), 'ms');
  report('feeds.learned.list_p99_ms', quantile(lists, 0.99), 'ms');
  report('feeds.learned.command_p99_ms', quantile(times, 0.99), 'ms');
  report('feeds.learned.command_most_ms', Math.max(...times), 'ms');
  await close();
}
