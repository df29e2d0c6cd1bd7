/** One answer of Hugging Face's daily list, row by row, as paper records. */
import { z } from 'zod';
import { compact } from '../../base/compact.ts';
import type { Appearance, PaperRecord } from '../../papers/paper.ts';
import { toCredits } from '../../text/authors.ts';
import { cleanAbstract, cleanInstant, cleanList, cleanText, cleanTitle, cleanUrl } from '../../text/clean.ts';
import { parseArxivId } from '../../text/ids.ts';
import type { Day } from '../../time/clock.ts';
import { SourceError } from '../http/source-error.ts';

export interface DailyRows {
  /** In the list's order, each with its appearance on `day`. */
  readonly records: readonly PaperRecord[];
  /** Rows that could not be used; `row` counts from 1. */
  readonly skipped: ReadonlyArray<{ readonly row: number; readonly reason: string }>;
}

const count = z.int().nonnegative();

/** Optional keys are missing, not null; one of the wrong shape is no reason to lose the row. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

const organizationSchema = z.object({ name: z.string(), fullname: maybe(z.string()) });

/** What is not named here (people's accounts and pictures, machine-made summaries) never gets further. */
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

/** `mediaUrl` is what `thumbnail` was called in 2024. The row's own `publishedAt` is neither the paper's date nor the list's. */
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
 * @param rows the JSON array that `GET /api/daily_papers` answered
 * @param day the day that was asked for; a row's own dates are not its list day
 * @param at when it was answered, an ISO 8601 instant: the moment of the vote snapshot
 */
export function fromDailyRows(rows: readonly unknown[], day: Day, at: string, firstRank = 1): DailyRows {
  return fromRows(rows, at, firstRank, (_, position) => ({ day, rank: position }));
}

/**
 * Rows of a week or a month: each names its list day itself, and its rank is its place among the rows of that day.
 * @param ranks the last rank of each day on earlier pages; changed in place
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
 * The answer of `GET /api/papers/{id}`. It has votes but no count of comments, so it makes no snapshot.
 * @throws SourceError when it is no paper
 */
export function fromPaperDetail(detail: unknown): PaperRecord {
  const parsed = paperSchema.safeParse(detail);
  const record = parsed.success ? toRecord(parsed.data) : faultOf(parsed.error);
  if (typeof record !== 'string') return record;
  throw new SourceError(
    'broken-answer',
    `Hugging Face answered with a paper that cannot be used: ${record}.`,
  );
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

/** The record, or what makes it unusable. */
function toRecord(paper: PaperFields): PaperRecord | string {
  const reference = parseArxivId(paper.id);
  if (!reference) return `“${cleanText(paper.id, 40)}” is not an arXiv id`;
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

/** What the row says beside the paper itself. */
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
  return path ? `${path} is missing or of the wrong kind` : 'it is no record';
}
