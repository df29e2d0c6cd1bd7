/**
 * Converts arXiv's daily announcements to paper records. arXiv serves them as Atom and as RSS 2.0; until
 * January 2024 they were RSS 1.0. Pure.
 */
import { compact } from '../../../base/compact.ts';
import type { PaperRecord } from '../../../papers/paper.ts';
import { labelOf } from '../../../papers/source-names.ts';
import { toCredits } from '../../../text/authors.ts';
import { cleanAbstract, cleanInstant, cleanText } from '../../../text/clean.ts';
import type { ArxivId } from '../../../text/ids.ts';
import type { Day } from '../../../time/clock.ts';
import { SourceError } from '../../http/source-error.ts';
import { type ArxivFeed, type FeedEntry, readFeedEntries, toRecords, toWords } from './arxiv-feed.ts';
import { splitAuthors } from './author-text.ts';
import { childrenOf, childText, isNode, parseXml } from './feed-xml.ts';

export interface DailyFeed extends ArxivFeed {
  /** Later versions of papers. They are older papers, mostly not stored. */
  readonly replacements: readonly PaperRecord[];
  /** The day of the announcement. */
  readonly day?: Day;
  /** Entries of all types, also unusable ones. */
  readonly entries: number;
}

const ARXIV = labelOf('arxiv');

interface DailyEntries {
  readonly title: string;
  /** The text below the title, which has arXiv's message in an error feed. */
  readonly subtitle: string;
  readonly date: string;
  readonly entries: readonly unknown[];
}

/**
 * Parses the announcements of one day.
 * @throws SourceError when it is not a feed, or is a feed with arXiv's error message
 */
export function fromDailyFeed(xml: string): DailyFeed {
  const { title, subtitle, date, entries } = entriesOf(xml);
  if (title.startsWith('Feed error')) {
    const why = cleanText(subtitle, 300).replace(/\.$/, '');
    throw new SourceError('refused', `${ARXIV} rejected the feed: ${why}.`);
  }
  const { records, skipped } = toRecords(readFeedEntries(entries), toDailyRecord);
  const announced = entries.map((entry) => dayIn(childText(entry, 'published')));
  const day =
    announced
      .filter((each) => each !== undefined)
      .toSorted()
      .at(-1) ?? dayIn(date);
  return {
    records: records.filter(({ replacedOn }) => replacedOn === undefined),
    replacements: records.filter(({ replacedOn }) => replacedOn !== undefined),
    skipped,
    entries: entries.length,
    ...(day !== undefined && { day }),
  };
}

function entriesOf(xml: string): DailyEntries {
  const { feed, rss, RDF: rdf } = parseXml(xml, ARXIV, 'feed');
  if (feed !== undefined) {
    return {
      title: childText(feed, 'title'),
      subtitle: childText(feed, 'subtitle'),
      date: childText(feed, 'updated'),
      entries: childrenOf(feed, 'entry'),
    };
  }
  const channel = childrenOf(rss ?? rdf, 'channel')[0];
  if (!isNode(channel)) throw new SourceError('broken-answer', `${ARXIV} returned XML that is not a feed.`);
  const [title, subtitle] = [childText(channel, 'title'), childText(channel, 'description')];
  if (rss !== undefined) {
    const entries = childrenOf(channel, 'item').map(fromRssItem);
    return { title, subtitle, date: childText(channel, 'pubDate'), entries };
  }
  const date = childText(channel, 'date');
  return { title, subtitle, date, entries: childrenOf(rdf, 'item').map((item) => fromOldItem(item, date)) };
}

/** Returns an item of RSS 2.0 as an entry of Atom. */
function fromRssItem(item: unknown): unknown {
  if (!isNode(item)) return item;
  return {
    ...item,
    id: childText(item, 'guid') || childText(item, 'link'),
    summary: childText(item, 'description'),
    published: childText(item, 'pubDate'),
    category: childrenOf(item, 'category').map((term) => ({ '@term': term })),
  };
}

/** `(arXiv:2401.13697v1 [cs.CV] UPDATED)`, at the end of a title. */
const NOTE = /^\(arXiv:(\S+) \[([^\]]*)\] ?(UPDATED|CROSS LISTED)?\)$/;

/** Returns an item of RSS 1.0, whose title has its ID and category, as an entry of Atom. */
function fromOldItem(item: unknown, published: string): unknown {
  const whole = childText(item, 'title').trim();
  const at = Math.max(whole.lastIndexOf('(arXiv:'), 0);
  const [, id = '', category = '', type] = NOTE.exec(whole.slice(at)) ?? [];
  const title = whole.slice(0, at).trim().replace(/\.$/, '');
  return {
    id: `oai:arXiv.org:${id}`,
    title: withoutTags(title),
    summary: withoutTags(childText(item, 'description')),
    creator: withoutTags(childText(item, 'creator')),
    published,
    category: [{ '@term': category }],
    announce_type: type === 'UPDATED' ? 'replace' : type === undefined ? 'new' : 'cross',
  };
}

function withoutTags(html: string): string {
  return html.replace(/<\/?[a-z][^<>]{0,500}>/gi, ' ').trim();
}

/**
 * Daily entries contain the announcement date. For a new paper it is right to the day; for a cross-listed one
 * it is meaningless.
 */
function toDailyRecord(entry: FeedEntry, reference: ArxivId): PaperRecord | undefined {
  const type = entry.announce_type?.trim();
  const day = dayIn(entry.published ?? '');
  const isReplacement = type === 'replace' || type === 'replace-cross';
  if (type !== 'new' && type !== 'cross' && !(isReplacement && day !== undefined)) return undefined;
  return {
    ...toWords(entry, reference),
    abstract: cleanAbstract(entry.summary.replace(/^\s*arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:/i, '')),
    ...toCredits(
      entry.author.length > 0 ? entry.author.map(({ name }) => name) : splitAuthors(entry.creator ?? ''),
    ),
    ...compact({
      published: type === 'new' ? day : undefined,
      replacedOn: isReplacement ? day : undefined,
      doi: cleanText(entry.DOI ?? '') || undefined,
      journalRef: cleanText(entry.journal_reference ?? '') || undefined,
    }),
  };
}

function dayIn(date: string): Day | undefined {
  return cleanInstant(date)?.slice(0, 10);
}
