/** Stores the papers that each channel has had, so that it does not get them again. */

import type { ChannelRef } from '../../chat/refs.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import type { PostedTable } from '../../db/tables/channels.ts';
import type { Feed, FeedKey, Slot } from '../../feeds/feed.ts';
import type { Day } from '../../time/clock.ts';
import type { Period } from '../../trending/trending.ts';

export interface PostedPaper {
  readonly paper: string;
  /** Period of its list. */
  readonly period: Period;
  /** The digest: its feed, the feed's local day, and true for an extra digest. */
  readonly feed: string;
  readonly day: Day;
  readonly extra: boolean;
}

export interface PostedElsewhere {
  readonly paper: string;
  readonly channel: string;
}

export interface PostedStore {
  /**
   * Records papers as posted in the feed's channel. Repeating it changes nothing.
   * @returns the papers that were not recorded before
   */
  record(feed: Feed, slot: Slot, papers: readonly string[]): Promise<string[]>;
  /** Removes papers that were certainly not posted. @param papers as returned by `record` */
  takeBack(feed: Feed, slot: Slot, papers: readonly string[]): Promise<void>;
  /** Returns earlier posts of these papers in the channel. */
  before(channelRef: ChannelRef, papers: readonly string[]): Promise<PostedPaper[]>;
  /** Returns other channels of the workspace that had these papers, the latest first. */
  elsewhere(channelRef: ChannelRef, papers: readonly string[]): Promise<PostedElsewhere[]>;
  /** Returns the papers of a feed's latest digest. */
  lastDigest(feed: FeedKey): Promise<PostedPaper[]>;
}

/** Statement parameters for the papers of a digest. */
type DigestRow = ChannelRef & { papers: string } & Omit<Row, 'id'>;

interface Row extends Pick<PostedTable, 'period' | 'feed' | 'day' | 'extra'> {
  readonly id: string;
}

const IN_CHANNEL = 'platform = @platform AND workspace = @workspace AND channel = @channel';
/** Selects papers by current or former ids from a JSON array. */
const AMONG = `paper IN (
  SELECT pk FROM papers WHERE id IN (SELECT value FROM json_each(@papers))
  UNION ALL SELECT paper FROM paper_aliases WHERE alias IN (SELECT value FROM json_each(@papers)))`;

/** Identifies a daily digest by channel, feed and day. */
export type DailyDigest = ChannelRef & Pick<PostedTable, 'feed' | 'day'>;

export interface PostedRecords {
  /** Like `record` of the store. */
  record(feed: Feed, slot: Pick<Slot, 'day' | 'extra'>, papers: readonly string[]): string[];
  /** Removes a whole digest that was certainly not posted. */
  forget(digest: DailyDigest): void;
}

/** Can be used inside a transaction of the caller. */
export function openPostedRecords(connection: DatabaseConnection): PostedRecords {
  const add = connection
    .prepare<[DigestRow], string>(
      `INSERT INTO posted_papers (platform, workspace, channel, paper, period, day, feed, extra)
       SELECT @platform, @workspace, @channel, paper, @period, @day, @feed, @extra
       FROM (SELECT pk AS paper FROM papers) AS known WHERE ${AMONG} ON CONFLICT DO NOTHING
       RETURNING (SELECT id FROM papers WHERE pk = paper)`,
    )
    .pluck();
  const forget = connection.prepare<[DailyDigest]>(
    `DELETE FROM posted_papers WHERE ${IN_CHANNEL} AND feed = @feed AND day = @day AND extra = 0`,
  );
  return {
    record: (feed, slot, papers) => add.all(toDigest(feed, slot, papers)),
    forget({ platform, workspace, channel, feed, day }) {
      forget.run({ platform, workspace, channel, feed, day });
    },
  };
}

/** Runs in the database thread. */
export function openPostedStore(connection: DatabaseConnection): PostedStore {
  const { record } = openPostedRecords(connection);
  const remove = connection.prepare<[DigestRow]>(`
    DELETE FROM posted_papers
    WHERE ${IN_CHANNEL} AND feed = @feed AND day = @day AND extra = @extra AND period = @period AND ${AMONG}`);
  const before = connection.prepare<[ChannelRef & { papers: string }], Row>(`
    SELECT papers.id, period, feed, day, extra FROM posted_papers JOIN papers ON pk = paper
    WHERE ${IN_CHANNEL} AND ${AMONG} ORDER BY day, pk`);
  const elsewhere = connection.prepare<[ChannelRef & { papers: string }], { id: string; channel: string }>(`
    SELECT papers.id, channel, max(day) AS latest FROM posted_papers JOIN papers ON pk = paper
    WHERE platform = @platform AND workspace = @workspace AND channel <> @channel AND ${AMONG}
    GROUP BY pk, channel ORDER BY latest DESC, channel`);
  const lastDigest = connection.prepare<[ChannelRef & { feed: string }], Row>(`
    WITH digests AS (SELECT * FROM posted_papers WHERE ${IN_CHANNEL} AND feed = @feed)
    SELECT papers.id, period, feed, day, extra FROM digests JOIN papers ON pk = paper
    WHERE (day, extra) = (SELECT day, extra FROM digests ORDER BY day DESC, extra DESC LIMIT 1)`);

  return {
    record: async (feed, slot, papers) => record(feed, slot, papers),
    takeBack: async (feed, slot, papers) => void remove.run(toDigest(feed, slot, papers)),
    async before(channelRef, papers) {
      return before.all({ ...channelRef, papers: JSON.stringify(papers) }).map(toPosted);
    },
    async elsewhere(channelRef, papers) {
      const rows = elsewhere.all({ ...channelRef, papers: JSON.stringify(papers) });
      return rows.map(({ id, channel }) => ({ paper: id, channel }));
    },
    async lastDigest({ channel: channelRef, id }) {
      return lastDigest.all({ ...channelRef, feed: id }).map(toPosted);
    },
  };
}

function toDigest(
  { id, channel: channelRef, settings: { period } }: Feed,
  { day, extra }: Pick<Slot, 'day' | 'extra'>,
  papers: readonly string[],
): DigestRow {
  return {
    ...channelRef,
    papers: JSON.stringify(papers),
    period,
    day,
    feed: id,
    extra: Number(extra === true),
  };
}

function toPosted({ id, period, feed, day, extra }: Row): PostedPaper {
  return { paper: id, period: period as Period, feed, day, extra: extra !== 0 };
}
