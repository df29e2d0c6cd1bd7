/** Recorded daily lists, feeds and pairs of versions, in the order in which a bot would have read them. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compact } from '../../src/base/compact.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import type { SourceName } from '../../src/papers/source-names.ts';
import { fromDailyFeed } from '../../src/sources/arxiv/parsing/daily-feed.ts';
import { fromDailyRows } from '../../src/sources/hugging-face/hugging-face-rows.ts';
import { type PaperVersion, readVersionPairs, toState } from './version-pairs.ts';

/** One response of a source. */
export interface ReplayEvent {
  /** ISO 8601 instant; no two events have the same. */
  readonly at: string;
  readonly source: SourceName;
  readonly records: readonly PaperRecord[];
  /** Only updates papers that are stored. */
  readonly isReplacement?: boolean;
}

export function readReplay(data: string): ReplayEvent[] | undefined {
  const pairs = readVersionPairs(data);
  if (!pairs || !existsSync(listsFile(data))) return undefined;
  const versions = pairs.flatMap(({ id, v_old, v_new }) => [
    toEvent(id, v_old, false),
    toEvent(id, v_new, true),
  ]);
  return [...readLists(data), ...readFeeds(data), ...versions]
    .toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
    .map((event, index) => ({ ...event, at: new Date(Date.parse(event.at) + index).toISOString() }));
}

function listsFile(data: string): string {
  return join(data, 'hf_daily/daily_papers.jsonl.gz');
}

function readLists(data: string): ReplayEvent[] {
  const lines = gunzipSync(readFileSync(listsFile(data)))
    .toString('utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { date, items } = JSON.parse(line) as { date: string; items: unknown[] };
    const at = `${date}T20:00:00.000Z`;
    return { at, source: 'hugging-face', records: fromDailyRows(items, date, at).records };
  });
}

/** Feeds of one category in RSS. The older RDF form is read by no version of the bot. */
function readFeeds(data: string): ReplayEvent[] {
  const files = globSync(join(data, 'fixtures/arxiv_feeds/**/*_cs-*.xml*'));
  return files.flatMap((file): ReplayEvent[] => {
    const bytes = readFileSync(file);
    const rss = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const day = /\d{4}-\d\d-\d\d/.exec(basename(file))?.[0];
    if (day === undefined || !rss.includes('<rss')) return [];
    const { records, replacements = [] } = fromDailyFeed(toAtom(rss));
    const common = { at: `${day}T06:00:00.000Z`, source: 'arxiv' } as const;
    return [
      { ...common, records },
      { ...common, records: replacements, isReplacement: true },
    ];
  });
}

/** The items of an RSS feed as entries of the Atom feed that the bot reads. */
function toAtom(rss: string): string {
  const entries = [...rss.matchAll(/<item>(.*?)<\/item>/gs)].map(([, item = '']) => {
    const inside = (tag: string) => new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 's').exec(item)?.[1] ?? '';
    const element = (tag: string, text: string) => (text === '' ? '' : `<${tag}>${text}</${tag}>`);
    const published = new Date(inside('pubDate')).toISOString();
    const same = ['title', 'arxiv:announce_type', 'arxiv:DOI', 'arxiv:journal_reference', 'dc:creator'];
    const categories = [...item.matchAll(/<category>(.*?)<\/category>/g)];
    return `<entry>${element('id', inside('guid'))}${element('published', published)}${element(
      'summary',
      inside('description'),
    )}${same.map((tag) => element(tag, inside(tag))).join('')}${categories
      .map(([, term]) => `<category term="${term}"/>`)
      .join('')}</entry>`;
  });
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/">${entries.join('')}</feed>`;
}

/** A version that a query returned if it has a comment, or else one of a feed. */
function toEvent(id: string, version: PaperVersion, isLater: boolean): ReplayEvent {
  const { licence: _, withdrawn, ...state } = toState(version);
  const isQueried = version.comment !== null && version.comment !== undefined;
  const day = version.date.slice(0, 10);
  const record: PaperRecord = {
    ...state,
    id,
    ...compact({
      withdrawn: withdrawn === true ? true : undefined,
      updated: isQueried ? `${day}T00:00:00.000Z` : undefined,
      replacedOn: isLater && !isQueried ? day : undefined,
    }),
  };
  return {
    at: `${day}T12:00:00.000Z`,
    source: 'arxiv',
    records: [record],
    ...(isLater && !isQueried && { isReplacement: true }),
  };
}
