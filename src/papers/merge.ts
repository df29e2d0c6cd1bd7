/** Merges the records of several sources about one paper. */
import { compact } from '../base/compact.ts';
import type { Paper, PaperRecord } from './paper.ts';
import { SOURCES, type SourceName } from './source-names.ts';
import { withdrawalTold } from './withdrawal.ts';

/** The trust in a source's text; the higher rank wins. */
export function rankOf(source: SourceName): number {
  return SOURCES[source].trust;
}

export interface SourceRecord {
  readonly record: PaperRecord;
  /** {@link rankOf} for the source. */
  readonly rank: number;
  /** False when the store already holds a later count of votes. */
  readonly votesAreNews: boolean;
}

/**
 * Merges a record into a stored paper. A missing value never replaces a known one. Text (title, abstract,
 * authors, dates) is only replaced by a source of at least the same rank, and not by an older version.
 * `textRank` is the rank of the source of the resulting text.
 */
export function mergePaper(
  stored: Paper,
  storedRank: number,
  { record, rank, votesAreNews }: SourceRecord,
): { readonly merged: Paper; readonly textRank: number } {
  const {
    appearances: _,
    snapshots: __,
    id: ___,
    withdrawn: ____,
    withdrawnAt: _____,
    replacedOn: ______,
    ...parsedRecords
  } = record;
  const older =
    record.version !== undefined && stored.version !== undefined && record.version < stored.version;
  const toldFacts = compact({ ...parsedRecords, ...lists(record), abstract: record.abstract || undefined });
  const trusted = rank >= storedRank && !older;
  const { families: _families, ...merged } = trusted
    ? { ...stored, ...toldFacts }
    : { ...toldFacts, ...stored, ...filledLists(stored, toldFacts) };
  const [first, last] = trusted ? [stored, toldFacts] : [toldFacts, stored];
  const families = familiesAmong(merged.authors, { ...first.families, ...last.families });
  return {
    merged: {
      ...withoutWithdrawal(merged),
      ...compact({ families }),
      id: stored.id,
      ...counted(stored, record, votesAreNews),
      ...(older ? withdrawal(stored) : withdrawalAfter(stored, record)),
    },
    textRank: trusted ? rank : storedRank,
  };
}

/** Creates a paper from its first record. */
export function newPaper(id: string, record: PaperRecord): Paper {
  const {
    appearances: _,
    snapshots: __,
    withdrawn: ___,
    withdrawnAt: ____,
    replacedOn: _____,
    ...facts
  } = record;
  const isGone = withdrawalTold(record) === true;
  return {
    ...facts,
    ...withdrawal({
      withdrawn: isGone,
      withdrawnAt: isGone ? withdrawnAtOf(record) : record.withdrawnAt,
    }),
    id,
    authors: record.authors ?? [],
    categories: record.categories ?? [],
    keywords: record.keywords ?? [],
  };
}

type Withdrawal = Pick<Paper, 'withdrawn' | 'withdrawnAt'>;

function withdrawal({
  withdrawn,
  withdrawnAt,
}: { [K in keyof Withdrawal]: Withdrawal[K] | undefined }): Withdrawal {
  if (withdrawn !== true && withdrawnAt === undefined) return {};
  return { withdrawn: true, ...(withdrawnAt !== undefined && { withdrawnAt }) };
}

function withoutWithdrawal({ withdrawn: _, withdrawnAt: __, ...paper }: Paper): Paper {
  return paper;
}

/**
 * Any source can report a withdrawal: omitting a paper does less harm than posting a withdrawn one. Only a
 * later version reverses it.
 */
function withdrawalAfter(stored: Paper, record: PaperRecord): Withdrawal {
  const told = withdrawalTold(record);
  if (told === true) {
    return withdrawal({ withdrawn: true, withdrawnAt: stored.withdrawnAt ?? withdrawnAtOf(record) });
  }
  return told === false && isLater(record, stored) ? {} : withdrawal(stored);
}

/** arXiv stores a withdrawal as a last version, so its date is when a withdrawn paper was withdrawn. */
function withdrawnAtOf(record: PaperRecord): string | undefined {
  return record.withdrawnAt ?? record.updated;
}

function isLater(record: PaperRecord, stored: Paper): boolean {
  if (record.version !== undefined && stored.version !== undefined && record.version > stored.version)
    return true;
  return (
    record.updated !== undefined && stored.withdrawnAt !== undefined && record.updated > stored.withdrawnAt
  );
}

/** Treats an empty list as missing. */
function lists(record: PaperRecord) {
  return {
    authors: nonEmpty(record.authors),
    categories: nonEmpty(record.categories),
    keywords: nonEmpty(record.keywords),
  };
}

function nonEmpty(list: readonly string[] | undefined): readonly string[] | undefined {
  return list && list.length > 0 ? list : undefined;
}

function filledLists(stored: Paper, parsedRecords: Partial<Paper>) {
  return {
    abstract: stored.abstract || (parsedRecords.abstract ?? ''),
    authors: nonEmpty(stored.authors) ?? parsedRecords.authors ?? [],
    categories: nonEmpty(stored.categories) ?? parsedRecords.categories ?? [],
    keywords: nonEmpty(stored.keywords) ?? parsedRecords.keywords ?? [],
  };
}

/** Keeps the known family names of all listed authors, also when the other source has none. */
function familiesAmong(
  authors: readonly string[],
  families: Readonly<Record<string, string>>,
): Paper['families'] {
  const kept = Object.entries(families).filter(([author]) => authors.includes(author));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Votes, comments, stars and citations follow time, not rank. */
function counted(stored: Paper, record: PaperRecord, votesAreNews: boolean) {
  const [later, earlier] = votesAreNews ? [record, stored] : [stored, record];
  return compact({
    votes: later.votes ?? earlier.votes,
    comments: later.comments ?? earlier.comments,
    codeStars: later.codeStars ?? earlier.codeStars,
    citations: record.citations ?? stored.citations,
  });
}
