/** Stores what people in a channel do with papers. Runs in the store thread. */
import type { PersonRef } from '../chat/caller.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { ChannelPaper } from './channel-interest.ts';
import type { ActKind, ChannelAct } from './learned-lists.ts';

export const OF_CHANNEL_ACTS = 'platform = @platform AND workspace = @workspace AND channel = @channel';

/** Papers of a channel that count, the latest. Older ones have no weight left. */
const MOST_PAPERS = 150;

/** The person of a link in a past message: the bot does not read who wrote it. */
const NOBODY = '';
/** Of a paper's acts: the day of the latest one by a person, else of the link. */
const DAY = `substr(coalesce(max(iif(person <> '${NOBODY}', acted_at, NULL)), max(acted_at)), 1, 10)`;
const LATEST_FIRST = `max(iif(person <> '${NOBODY}', 1, 0)) DESC, ${DAY} DESC, paper`;

/** Papers of a channel with acts that are kept: more than count, as lists of the last days are made again. */
const KEPT_PAPERS = 2 * MOST_PAPERS;
/** Channels that are looked through in one call, which takes some milliseconds. */
const CHANNELS_A_CALL = 20;

interface OnMessage {
  readonly platform: string;
  readonly message: string;
}

interface ReactionKey extends OnMessage {
  readonly person: string;
  readonly emoji: string;
}

export function openChannelActs(connection: DatabaseConnection) {
  const channelOf = connection
    .prepare<[ChannelRef], string>(
      `SELECT channel FROM deliveries WHERE thread = @channel AND platform = @platform AND workspace = @workspace
       LIMIT 1`,
    )
    .pluck();
  const hasFeed = connection.prepare<[ChannelRef]>(`SELECT 1 FROM feeds WHERE ${OF_CHANNEL_ACTS} LIMIT 1`);
  const add = connection.prepare<
    [ChannelRef & { paper: number; person: string; kind: string; message: string; emoji: string; at: string }]
  >(
    `INSERT INTO channel_acts
       (platform, workspace, channel, paper, person, kind, message, emoji, acted_at)
     VALUES (@platform, @workspace, @channel, @paper, @person, @kind, @message, @emoji, @at)
     ON CONFLICT DO NOTHING`,
  );
  const takeBack = connection.prepare<[ReactionKey]>(
    `DELETE FROM channel_acts
     WHERE message = @message AND message <> '' AND platform = @platform AND person = @person AND emoji = @emoji`,
  );
  const clear = connection.prepare<[OnMessage & { emoji: string | null }]>(
    `DELETE FROM channel_acts WHERE message = @message AND message <> '' AND platform = @platform
       AND kind <> 'saved' AND (@emoji IS NULL OR emoji IN (@emoji, @emoji || ' super'))`,
  );
  const standing = connection.prepare<[OnMessage], { person: string; emoji: string }>(
    `SELECT person, emoji FROM channel_acts
     WHERE message = @message AND message <> '' AND platform = @platform AND kind <> 'saved'`,
  );
  const withdraw = connection.prepare<[PersonRef & { paper: number; kind: ActKind }]>(
    `DELETE FROM channel_acts WHERE paper = @paper AND person = @person AND kind = @kind
       AND platform = @platform AND (workspace = @workspace OR @workspace = @platform)`,
  );
  const papersActedOn = connection.prepare<
    [ChannelRef & { since: string; until: string; limit: number }],
    ChannelPaper
  >(
    `SELECT paper,
       ${DAY} AS day,
       count(DISTINCT iif(kind = 'saved', person, NULL)) AS saved,
       count(DISTINCT iif(kind = 'discussed' AND person <> '${NOBODY}', person, NULL)) AS discussed,
       count(DISTINCT iif(kind = 'dismissed', person, NULL)) AS dismissed,
       max(iif(person = '${NOBODY}', 1, 0)) AS linked
     FROM channel_acts WHERE ${OF_CHANNEL_ACTS} AND acted_at >= @since AND acted_at < @until
     GROUP BY paper ORDER BY ${LATEST_FIRST} LIMIT +@limit`,
  );
  const posted = connection.prepare<
    [ChannelRef & { from: string; until: string; limit: number }],
    { paper: number; day: string }
  >(
    `SELECT paper, max(day) AS day FROM posted_papers
     WHERE ${OF_CHANNEL_ACTS} AND day >= @from AND day < @until
     GROUP BY paper ORDER BY day DESC, paper LIMIT +@limit`,
  );

  const channelsAfter = connection.prepare<[ChannelRef], ChannelRef>(
    `SELECT platform, workspace, channel FROM channel_acts
     WHERE (platform, workspace, channel) > (@platform, @workspace, @channel)
     ORDER BY platform, workspace, channel LIMIT 1`,
  );
  const forgetSpent = connection.prepare<[ChannelRef & { kept: number }]>(
    `DELETE FROM channel_acts WHERE ${OF_CHANNEL_ACTS} AND paper IN (
       SELECT paper FROM channel_acts WHERE ${OF_CHANNEL_ACTS} GROUP BY paper
       ORDER BY ${LATEST_FIRST} LIMIT 9223372036854775807 OFFSET +@kept)`,
  );
  const forgetBefore = connection.prepare<[ChannelRef & { before: string }]>(
    `DELETE FROM channel_acts WHERE ${OF_CHANNEL_ACTS} AND acted_at < @before`,
  );

  function homeOf({ platform, workspace, channel }: ChannelRef): ChannelRef | undefined {
    const here = { platform, workspace, channel };
    if (hasFeed.get(here) !== undefined) return here;
    const parent = channelOf.get(here);
    if (parent === undefined) return undefined;
    const home = { platform, workspace, channel: parent };
    return hasFeed.get(home) === undefined ? undefined : home;
  }

  function addAct({ channel, ...act }: ChannelAct, paper: number, at: string): boolean {
    const home = homeOf(channel);
    const { person, kind, message = '', emoji = '' } = act;
    return home !== undefined && add.run({ ...home, paper, person, kind, message, emoji, at }).changes > 0;
  }

  return {
    /** Returns false without a feed in the channel, or if it was recorded before. */
    add: addAct,
    /** Records a paper that was linked before the channel learned; returns as `add`. */
    link: (channel: ChannelRef, paper: number, at: string) =>
      addAct({ channel, person: NOBODY, kind: 'discussed' }, paper, at),
    /** Takes a reaction back. */
    takeBack: ({ platform, message, person, emoji }: ReactionKey) =>
      takeBack.run({ platform, message, person, emoji }).changes > 0,
    /** Deletes opinions by reaction on a message, or those of one emoji. Saves stay. */
    clear: ({ platform, message }: OnMessage, emoji: string | undefined) =>
      void clear.run({ platform, message, emoji: emoji ?? null }),
    /** Opinions by reaction on a message. */
    standingOn: ({ platform, message }: OnMessage) => standing.all({ platform, message }),
    /** Deletes what a person did with a paper, in all channels. */
    withdraw: ({ platform, workspace, person }: PersonRef, paper: number, kind: ActKind) =>
      withdraw.run({ platform, workspace, person, paper, kind }).changes > 0,

    /** See `LearnedLists.forgetSpent`. */
    forgetSpent(after: ChannelRef | undefined, before: string): ChannelRef | undefined {
      let last = after ?? { platform: '', workspace: '', channel: '' };
      for (let looked = 0; looked < CHANNELS_A_CALL; looked++) {
        const next = channelsAfter.get(last);
        if (next === undefined) return undefined;
        forgetSpent.run({ ...next, kept: KEPT_PAPERS });
        if (hasFeed.get(next) === undefined) forgetBefore.run({ ...next, before });
        last = next;
      }
      return last;
    },

    /**
     * Papers that people acted on, and posts since the first act that nobody touched.
     * @param since start of what counts; @param until acts and posts from this instant on do not count
     */
    papersOf(channel: ChannelRef, since: string, until: string): ChannelPaper[] {
      const papers = papersActedOn.all({ ...pick(channel), since, until, limit: MOST_PAPERS });
      const acted = papers.filter(({ saved, discussed, dismissed }) => saved + discussed + dismissed > 0);
      const [first] = acted.map(({ day }) => day).sort();
      if (first === undefined) return papers;
      const known = new Set(papers.map(({ paper }) => paper));
      const days = { from: first, until: until.slice(0, 10), limit: MOST_PAPERS };
      const untouched = posted
        .all({ ...pick(channel), ...days })
        .filter(({ paper }) => !known.has(paper))
        .map((post) => ({ ...post, saved: 0, discussed: 0, dismissed: 0, linked: 0 }));
      return [...papers, ...untouched];
    },
  };
}

function pick({ platform, workspace, channel }: ChannelRef): ChannelRef {
  return { platform, workspace, channel };
}
