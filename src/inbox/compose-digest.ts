/** Composes the digest of one person from the stores. */
import { compact } from '../base/compact.ts';
import type { ChangesStore, SeenChange } from '../changes/changes.ts';
import type { Team } from '../chat/caller.ts';
import { DIRECT } from '../chat/refs.ts';
import type { Library } from '../library/library.ts';
import { teamNameOf } from '../library/teams.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { Recommendation, Recommender } from '../recommend/recommend.ts';
import type { Summary, SummaryService } from '../summary/summary.ts';
import { type Day, dayOf } from '../time/clock.ts';
import type { Period, TrendingEntry, TrendingList, TrendingService } from '../trending/trending.ts';
import { type ChangedPaper, digestMessage } from './digest-message.ts';
import type { DigestPace, DueInbox, InboxDigest, InboxOutbox } from './inbox.ts';

export interface ComposeOptions {
  readonly trending: TrendingService;
  readonly changes: Pick<ChangesStore, 'forPerson'>;
  readonly library: Pick<Library, 'mostSaved'>;
  readonly papers: Pick<PaperStore, 'findMany'>;
  readonly recommender: Pick<Recommender, 'recommendIds'>;
  readonly summary: Pick<SummaryService, 'summarise'>;
  readonly inboxes: Pick<InboxOutbox, 'newTo'>;
  /** The people who share the list of a team, by its recorded name. */
  readonly teamNamed: (platform: string, team: string) => Team;
}

/** Papers in a message, as in other lists. */
const MOST_PAPERS = 10;
const MOST_CHANGED = 5;
const TRENDING_OF_A_DAY = 5;
/** Recommended papers, by the pace of the digest. */
const RECOMMENDED: Readonly<Record<DigestPace, number>> = { weekdays: 2, weekly: 4, monthly: 4 };
/** Entries of a list that are read, so that enough are left when known papers are taken out. */
const LOOKED_THROUGH = 60;
/** Changes that are read. A person with more between two digests finds the others in `/papers changes`. */
const MOST_CHANGES = 200;
const HOUR_MS = 3_600_000;
/** An older list is no news, even if no later one could be loaded. */
const OLDEST_LIST_MS = 168 * HOUR_MS;

const PERIOD_OF: Readonly<Record<DigestPace, Period>> = { weekdays: 'day', weekly: 'week', monthly: 'month' };
/** The middle of a week and of a month before the digest. */
const MIDDLE_MS = { week: 84 * HOUR_MS, month: 360 * HOUR_MS };

/** Returns `undefined` when there is nothing to tell. */
export async function composeDigest(
  options: ComposeOptions,
  inbox: DueInbox,
  now: Date,
): Promise<InboxDigest | undefined> {
  const has = (part: DueInbox['leftOut'][number]) => !inbox.leftOut.includes(part);
  const news = has('changes') ? await newsFor(options, inbox) : { changed: [], seen: inbox.changesSeen };
  const changed = news.changed.slice(0, MOST_CHANGED);
  const period = PERIOD_OF[inbox.pace];
  const room = period === 'day' ? TRENDING_OF_A_DAY : MOST_PAPERS - changed.length;
  const { from, entries } = has('trending')
    ? await trendingFor(options, inbox, period, now, room)
    : { from: undefined, entries: [] };
  const trending: Array<{ readonly entry: TrendingEntry; readonly summary?: Summary }> = [];
  // One after another: together, the first ones would block the event loop.
  for (const entry of entries)
    trending.push({ entry, ...compact({ summary: await options.summary.summarise(entry.paper) }) });
  const listed = [...changed.map(({ paper }) => paper.id), ...entries.map(({ paper }) => paper.id)];
  const forThem = has('recommended') ? await recommendedFor(options, inbox, now, new Set(listed)) : [];
  const recommended: Array<Recommendation & { readonly summary?: Summary }> = [];
  for (const each of forThem)
    recommended.push({ ...each, ...compact({ summary: await options.summary.summarise(each.paper) }) });
  const teamSaves = has('team') ? await savesOfTeam(options, inbox) : 0;
  if (changed.length + trending.length + recommended.length + teamSaves === 0) return undefined;
  const content = {
    changed,
    moreChanged: news.changed.length - changed.length,
    period,
    ...compact({ from }),
    trending,
    recommended,
    teamSaves,
  };
  return {
    message: digestMessage(content, inbox, now),
    papers: [...listed, ...recommended.map(({ paper }) => paper.id)],
    changesSeen: news.seen,
  };
}

async function newsFor(
  { changes, papers }: ComposeOptions,
  { person, changesSeen }: DueInbox,
): Promise<{ readonly changed: readonly ChangedPaper[]; readonly seen: number }> {
  const page = await changes.forPerson(person, MOST_CHANGES, 0);
  const fresh = page.changes.filter(({ id }) => id > changesSeen);
  const byPaper = new Map<string, SeenChange[]>();
  for (const change of fresh) byPaper.set(change.paper, [...(byPaper.get(change.paper) ?? []), change]);
  const found = await papers.findMany([...byPaper.keys()]);
  return {
    changed: found.map((paper) => ({
      paper,
      sentences: (byPaper.get(paper.id) ?? []).map(({ sentence }) => sentence),
    })),
    seen: Math.max(changesSeen, ...fresh.map(({ id }) => id)),
  };
}

/** Papers that are new to the person, best first. */
async function trendingFor(
  options: ComposeOptions,
  inbox: DueInbox,
  period: Period,
  now: Date,
  room: number,
): Promise<{ readonly from: Day | undefined; readonly entries: readonly TrendingEntry[] }> {
  const lists = await listsOf(options, inbox, period, now);
  // A stable sort: entries of one list keep their order.
  const entries = lists.flatMap((list) => list.entries).toSorted((a, b) => b.score - a.score);
  const byId = new Map(entries.toReversed().map((entry) => [entry.paper.id, entry]));
  const ranked = [...new Set(entries.map(({ paper }) => paper.id))];
  const fresh = await options.inboxes.newTo(inbox, ranked);
  return { from: lists[0]?.from, entries: fresh.slice(0, room).flatMap((id) => byId.get(id) ?? []) };
}

/** Papers that are new to the person, of those that they would get by `/papers recommend`. */
async function recommendedFor(
  { recommender, inboxes, papers }: ComposeOptions,
  inbox: DueInbox,
  now: Date,
  listed: ReadonlySet<string>,
): Promise<Recommendation[]> {
  const { entries } = await recommender.recommendIds({
    audience: { kind: 'person', person: inbox.person },
    filter: {},
    limit: LOOKED_THROUGH,
    offset: 0,
    now: now.toISOString(),
  });
  const open = entries.filter(({ id, reason }) => reason.kind !== 'different' && !listed.has(id));
  if (open.length === 0) return [];
  const fresh = await inboxes.newTo(
    inbox,
    open.map(({ id }) => id),
  );
  const shown = await papers.findMany(fresh.slice(0, RECOMMENDED[inbox.pace]));
  const reasons = new Map(open.map(({ id, reason }) => [id, reason]));
  return shown.flatMap((paper): Recommendation[] => {
    const reason = reasons.get(paper.id);
    return reason ? [{ paper, reason }] : [];
  });
}

/** The list of the period. A day's list grows after the digest was sent, so the day before counts too. */
async function listsOf(
  { trending, teamNamed }: ComposeOptions,
  { person, team }: DueInbox,
  period: Period,
  now: Date,
): Promise<TrendingList[]> {
  const query = { period, of: teamNamed(person.platform, team), limit: LOOKED_THROUGH, offset: 0 };
  if (period !== 'day') {
    return [await trending.list({ ...query, date: dayOf(new Date(now.getTime() - MIDDLE_MS[period])) })];
  }
  const latest = await trending.list(query);
  const before = latest.previous;
  const lists = before === undefined ? [latest] : [latest, await trending.list({ ...query, date: before })];
  const oldest = dayOf(new Date(now.getTime() - OLDEST_LIST_MS));
  return lists.filter(({ to }) => to >= oldest);
}

async function savesOfTeam(
  { library, teamNamed }: ComposeOptions,
  { person, team, since }: DueInbox,
): Promise<number> {
  const people = teamNamed(person.platform, team);
  const alone = teamNameOf({ platform: person.platform, workspace: DIRECT }, person.person);
  if (team === alone && people.everybodyBut === undefined) return 0;
  return (await library.mostSaved(people, since.toISOString(), 1, 0)).total;
}
