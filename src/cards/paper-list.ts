/** Lists of papers: numbered entries and paging. */
import type { Action, Card, Entry, RichText } from '../chat/card.ts';
import { clipWords } from '../chat/clip.ts';
import type { Paper } from '../papers/paper.ts';
import { LINE_LENGTH, type Summary } from '../summary/summary.ts';
import { readable } from '../text/readable.ts';
import { fitSentence } from '../text/shortening/clauses.ts';
import { formatCount } from './counts.ts';
import { type PaperCommand, paperAction } from './paper-card.ts';
import { commandLine, joined, paperUrl, shortLine, withdrawalLine } from './paper-lines.ts';

interface BriefEntry {
  readonly number?: number;
  readonly meta?: readonly RichText[];
  /** One sentence. */
  readonly line?: string;
  /** Why it is in the list. */
  readonly why?: string;
  /** The beginning of the person's note. */
  readonly note?: string;
  readonly commands?: readonly PaperCommand[];
}

/** A paper's entry in a list. */
export function briefEntry(
  paper: Paper,
  { number, meta, line, why, note, commands = [] }: BriefEntry = {},
): Entry {
  const url = paperUrl(paper);
  const isInMenu = number !== undefined && !commands.includes('show');
  return {
    kind: 'entry',
    paper: paper.id,
    ...(number !== undefined && { number }),
    title: readable(paper.title),
    ...(url !== undefined && { url }),
    meta: [...withdrawalLine(paper), ...(meta ?? shortLine(paper))],
    body: [
      ...(line === undefined ? [] : [[fitLine(readable(line))]]),
      ...(note === undefined ? [] : [[{ kind: 'italic', text: note } as const]]),
      ...(why === undefined ? [] : [[{ kind: 'dim', text: why } as const]]),
    ],
    actions: commands.map((name) => paperAction(name, paper)),
    ...(isInMenu && { opens: commandLine('show', paper) }),
  };
}

/** The sentence for a list. */
export function lineOf({ tldr, line = tldr }: Summary): string {
  return line;
}

/** Ends with a whole clause if the sentence is too long for its line, or else with “…”. */
export function fitLine(line: string): string {
  return fitSentence(line, LINE_LENGTH) ?? clipWords(line, LINE_LENGTH);
}

export interface PageRange {
  /** From 1. */
  readonly page: number;
  /** Papers on a page. */
  readonly limit: number;
  readonly total: number;
  /** True if there are more than `total`; paging stops at `total` all the same. */
  readonly totalIsFloor?: boolean;
}

interface ListPage {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly pages: PageRange;
  /** The line for a page of this list. */
  readonly lineOf: (page: number) => string;
  /** Text for the footer, after the position. */
  readonly note?: string;
}

export function listCard({ title, entries, pages, lineOf, note }: ListPage): Card {
  const footer = joined([positionOf(pages), note]);
  const actions = pageActions(pages, lineOf);
  return {
    tone: 'plain',
    title,
    blocks: entries,
    ...(footer !== '' && { footer: [footer] }),
    ...(actions.length > 0 && { actions }),
  };
}

/** Number of papers before this page. */
export function offsetOf({ page, limit }: Pick<PageRange, 'page' | 'limit'>): number {
  return (page - 1) * limit;
}

/** `Page 2/3`; `undefined` when one page holds everything. */
export function positionOf(pages: PageRange): string | undefined {
  if (pages.page === 1 && !hasNext(pages)) return undefined;
  return `Page ${formatCount(pages.page)}/${formatCount(lastPage(pages))}${pages.totalIsFloor ? '+' : ''}`;
}

/** Buttons to the pages before and after. */
export function pageActions(pages: PageRange, lineOf: ListPage['lineOf']): Action[] {
  return [
    ...(pages.page > 1 ? [pageButton('‹ Previous', lineOf(pages.page - 1))] : []),
    ...(hasNext(pages) ? [pageButton('Next ›', lineOf(pages.page + 1))] : []),
  ];
}

/** A button that replaces the card with the answer. */
export function pageButton(label: string, line: string): Action {
  return { kind: 'run', label, line, effect: 'replace' };
}

/** A button that takes a change back. */
export function undoButton(line: string): Action {
  return { kind: 'run', label: 'Undo', line, effect: 'answer' };
}

export function lastPage({ limit, total }: PageRange): number {
  return Math.max(1, Math.ceil(total / limit));
}

function hasNext({ page, limit, total }: PageRange): boolean {
  return page * limit < total;
}
