/** Converts the rows of Hugging Face's daily list to paper records. */
import { z } from 'zod';
import { compact } from '../../base/compact.ts';
import type { Appearance, PaperRecord } from '../../papers/paper.ts';
import { toCredits } from '../../text/authors.ts';
import { cleanAbstract, cleanInstant, cleanList, cleanText, cleanTitle, cleanUrl } from '../../text/clean.ts';
import { parseArxivId } from '../../text/ids.ts';
import type { Day } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';

export interface DailyRows {
  /** In list order, each with its appearance on `day`. */
  readonly records: readonly PaperRecord[];
  /** Rows that could not be used; `row` counts from 1. */
  readonly skipped: ReadonlyArray<{ readonly row: number; readonly reason: string }>;
}

const count = z.int().nonnegative();

/** An optional key; a value of the wrong type is dropped without losing the row. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

const organizationSchema = z.object({ name: z.string(), fullname: maybe(z.string()) });

/** All other fields (people's accounts and pictures, generated summaries) are dropped. */
const paperSchema = z.object({
  id: z.string(),
  authors: z.array(z.object({ name: z.string(), hidden: maybe(z.boolean()) })),
  publishedAt: z.string(),
  title: z.string(),
  summary: z.string(),
  upvotes: count,
  submittedOnDailyAt: maybe(z.string()),
  projectPage: maybe(z.string()),
  githubRepo: maybe(z.string()),
  githubStars: maybe(count),
  ai_keywords: maybe(z.array(z.string())),
  organization: maybe(organizationSchema),
  withdrawnAt: maybe(z.string()),
});

/**
 * `mediaUrl` is the name of `thumbnail` in 2024. The row's own `publishedAt` is neither the date of the paper
 * nor of the list.
 */
const rowSchema = z.object({
  paper: paperSchema,
  numComments: count,
  thumbnail: maybe(z.string()),
  mediaUrl: maybe(z.string()),
  organization: maybe(organizationSchema),
});

type PaperFields = z.output<typeof paperSchema>;
type ListRow = z.output<typeof rowSchema>;

/**
 * @param rows the JSON array from `GET /api/daily_papers`
 * @param day the requested day; the dates in a row are not its list day
 * @param at time of the response and of the vote counts, an ISO 8601 instant
 */
export function fromDailyRows(rows: readonly unknown[], day: Day, at: string, firstRank = 1): DailyRows {
  return fromRows(rows, at, firstRank, (_, position) => ({ day, rank: position }));
}

/**
 * Converts the rows of a week or month. Each row contains its list day; its rank is its position among the
 * rows of that day.
 * @param ranks the last rank of each day on earlier pages; updated in place
 */
export function fromPeriodRows(
  rows: readonly unknown[],
  at: string,
  ranks: Map<Day, number>,
  firstPosition = 1,
): DailyRows {
  return fromRows(rows, at, firstPosition, ({ paper }) => {
    const day = instantOf(paper.submittedOnDailyAt)?.slice(0, 10);
    if (day === undefined) return undefined;
    const rank = (ranks.get(day) ?? 0) + 1;
    ranks.set(day, rank);
    return { day, rank };
  });
}

/**
 * Converts a response of `GET /api/papers/{id}`. It has votes but no comment count, so there is no snapshot.
 * @throws SourceError when it is not a paper
 */
export function fromPaperDetail(detail: unknown): PaperRecord {
  const parsed = paperSchema.safeParse(detail);
  const record = parsed.success ? toRecord(parsed.data) : faultOf(parsed.error);
  if (typeof record !== 'string') return record;
  throw new SourceError('broken-answer', `Hugging Face returned a paper that cannot be used: ${record}.`);
}

function fromRows(
  rows: readonly unknown[],
  at: string,
  firstPosition: number,
  listDay: (row: ListRow, position: number) => Pick<Appearance, 'day' | 'rank'> | undefined,
): DailyRows {
  const records: PaperRecord[] = [];
  const skipped: Array<{ row: number; reason: string }> = [];
  for (const [index, candidate] of rows.entries()) {
    const position = firstPosition + index;
    const parsed = rowSchema.safeParse(candidate);
    const record = parsed.success ? toRecord(parsed.data.paper) : faultOf(parsed.error);
    if (typeof record === 'string' || !parsed.success)
      skipped.push({ row: position, reason: String(record) });
    else records.push({ ...record, ...listFacts(parsed.data, at, listDay(parsed.data, position)) });
  }
  return { records, skipped };
}

/** Returns the record, or the reason why it is unusable. */
function toRecord(paper: PaperFields): PaperRecord | string {
  const reference = parseArxivId(paper.id);
  if (!reference) return `“${cleanText(paper.id, 40)}” is not an arXiv ID`;
  const title = cleanTitle(paper.title);
  if (title === '') return 'the title is empty';
  return {
    ...compact({
      published: cleanInstant(paper.publishedAt),
      projectUrl: urlOf(paper.projectPage),
      codeUrl: urlOf(paper.githubRepo),
      codeStars: paper.githubStars,
      organization: nameOf(paper.organization),
      withdrawnAt: instantOf(paper.withdrawnAt),
      keywords: paper.ai_keywords && cleanList(paper.ai_keywords),
    }),
    id: reference.id,
    title,
    abstract: cleanAbstract(paper.summary),
    ...toCredits(paper.authors.filter(({ hidden }) => hidden !== true).map(({ name }) => name)),
    votes: paper.upvotes,
    onHuggingFace: true,
  };
}

/** Facts from the row outside its paper: counts, image, organisation, list day. */
function listFacts(
  { paper, numComments, thumbnail, mediaUrl, organization }: ListRow,
  at: string,
  listDay: Pick<Appearance, 'day' | 'rank'> | undefined,
) {
  const counted = { votes: paper.upvotes, comments: numComments };
  const stars = paper.githubStars;
  return {
    ...compact({
      thumbnailUrl: urlOf(thumbnail ?? mediaUrl),
      organization: nameOf(paper.organization ?? organization),
    }),
    comments: numComments,
    snapshots: [{ at, ...counted, ...(stars !== undefined && { stars }) }],
    ...(listDay && { appearances: [{ ...listDay, ...counted }] }),
  };
}

function nameOf(organization: z.output<typeof organizationSchema> | undefined): string | undefined {
  return (
    organization && (cleanText(organization.fullname ?? '') || cleanText(organization.name) || undefined)
  );
}

function urlOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanUrl(text);
}

function instantOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanInstant(text);
}

function faultOf(error: z.ZodError): string {
  const path = error.issues[0]?.path.join('.');
  return path ? `${path} is missing or has the wrong type` : 'it is not a record';
}
