/** Lines under a paper's title: authors, date, venue, votes. Missing facts are left out. */

import type { RichText } from '../chat/card.ts';
import { formatLine } from '../command/line.ts';
import type { Paper } from '../papers/paper.ts';
import { isWithdrawn } from '../papers/withdrawal.ts';
import { absUrl } from '../text/ids.ts';
import { readable } from '../text/readable.ts';
import type { Day } from '../time/clock.ts';
import type { TrendingEntry } from '../trending/trending.ts';
import { counted, formatCount } from './counts.ts';
import { periodLabel, publishedInWords, yearOf } from './dates.ts';

/** For more authors, the first two and the last are named, with the count. */
const AUTHORS_IN_FULL = 3;
const CATEGORIES_SHOWN = 3;

/** `First Author, Second Author … Last Author (12)`; `''` without authors. */
export function authorsLine(authors: readonly string[]): string {
  if (authors.length <= AUTHORS_IN_FULL) return authors.join(', ');
  return `${authors.slice(0, AUTHORS_IN_FULL - 1).join(', ')} … ${authors.at(-1)} (${authors.length})`;
}

/** The lines of a card of one paper: authors · organization, then date · venue · categories · figures. */
export function paperLines(paper: Paper): RichText[] {
  const who = joined([authorsLine(paper.authors), readable(paper.organization ?? '')]);
  const facts = joined([
    paper.published && publishedInWords(paper.published),
    readable(paper.venue ?? paper.journalRef ?? ''),
    paper.categories.slice(0, CATEGORIES_SHOWN).join(', '),
    figure('▲', paper.votes),
    figure('💬', paper.comments),
    figure('★', paper.codeStars, ' code'),
    paper.citations && `cited ${formatCount(paper.citations)}×`,
  ]);
  const lines: RichText[] = [[who], [facts], ...withdrawalLine(paper)];
  return lines.filter(([first]) => first !== undefined && first !== '');
}

/** The one line of a list: `2024 · cs.LG · ▲ 57`. */
export function shortLine(paper: Paper, more: ReadonlyArray<string | undefined> = []): RichText[] {
  const line = joined([
    paper.published && yearOf(paper.published),
    paper.categories[0],
    votesWithGrowth(paper.votes),
    ...more,
  ]);
  return line === '' ? [] : [[line]];
}

/** `▲ 128 (+41)`. Leaves out a gain that equals the count, and a count of 0. */
export function votesWithGrowth(votes: number | undefined, growth = 0): string | undefined {
  if (!votes) return undefined;
  const gain = growth > 0 && growth < votes ? ` (+${formatCount(growth)})` : '';
  return `▲ ${formatCount(votes)}${gain}`;
}

/** `new today`, `rising`: why a trending paper ranks above one with more votes. */
export function rankReasonWords({ reason, day, paper }: TrendingEntry, today: Day): string | undefined {
  switch (reason) {
    case 'newer':
      return day === today ? 'new today' : `newer, listed ${periodLabel('day', day)}`;
    case 'rising':
      return 'rising';
    case 'discussed':
      return paper.comments ? counted(paper.comments, 'comment') : 'discussed';
    case 'code':
      return paper.codeStars ? counted(paper.codeStars, 'code star') : undefined;
    case 'saved':
      return 'saved by your team';
    default:
      return undefined;
  }
}

/** The facts that are present, separated by dots. */
export function joined(facts: ReadonlyArray<string | number | undefined>): string {
  return facts.filter((fact) => fact !== undefined && fact !== '' && fact !== 0).join(' · ');
}

/** The page to read the paper on: arXiv, else its DOI, else its project page. */
export function paperUrl(paper: Paper): string | undefined {
  return absUrl(paper.id) ?? (paper.doi ? `https://doi.org/${encodeURI(paper.doi)}` : paper.projectUrl);
}

function figure(sign: string, count: number | undefined, suffix = ''): string | undefined {
  return count ? `${sign} ${formatCount(count)}${suffix}` : undefined;
}

/** `Withdrawn 3 Jun 2026`; nothing for any other paper. */
export function withdrawalLine(paper: Paper): RichText[] {
  if (!isWithdrawn(paper)) return [];
  const when = paper.withdrawnAt && publishedInWords(paper.withdrawnAt);
  return [[{ kind: 'bold', text: when ? `Withdrawn ${when}` : 'Withdrawn' }]];
}

/** The line of `/papers NAME` for this paper. */
export function commandLine(
  name: string,
  paper: Pick<Paper, 'id'>,
  args: Readonly<Record<string, string | undefined>> = {},
): string {
  return formatLine({ root: 'papers', name, args: { paper: paper.id, ...args } });
}
