/** The one-line summary under each paper of the daily lists: where it points, and where it is cut. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { fitLine, lineOf as summaryLine } from '../src/cards/paper-list.ts';
import { clipWords } from '../src/chat/clip.ts';
import { contentWords, countShared } from '../src/summary/content-words.ts';
import { extractSummary } from '../src/summary/extractive.ts';
import { LINE_LENGTH } from '../src/summary/summary.ts';
import { cleanAbstract, cleanTitle } from '../src/text/clean.ts';
import { readable } from '../src/text/readable.ts';
import { splitSentences } from '../src/text/sentences/sentences.ts';
import type { Benchmark } from './support/figure.ts';
import { percentOf } from './support/statistics.ts';

const MONTH = '2026-05';
const MOST = 600;
/** Characters of a line that a phone shows first. */
const FIRST_LOOK = 60;

const day = z.object({
  date: z.string(),
  items: z.array(z.object({ paper: z.object({ title: z.string(), summary: z.string() }) })),
});

interface Listed {
  readonly title: string;
  readonly abstract: string;
}

/** An opening that only links: wider than what the program removes, and written without looking at it. */
const LINKS =
  /^(?:\W*(?:\d+|[ivx]+)[).:]\s|(?:and|but|or|so|yet|then|thus|hence|also|again|still|instead|rather|besides|otherwise|meanwhile|however|moreover|furthermore|additionally|therefore|consequently|accordingly|nevertheless|nonetheless|similarly|likewise|conversely|alternatively|specifically|particularly|concretely|precisely|namely|finally|lastly|firstly|secondly|thirdly|subsequently|afterwards?|next|further|indeed|overall|together|collectively|ultimately|notably|importantly|crucially|critically|accordingly|correspondingly|simultaneously|concurrently)\b,?|(?:first|second|third|fourth|last|here|now|too),|(?:in|by) (?:addition|contrast|particular|summary|conclusion|response|turn|short|brief|fact|other words|parallel|doing so)\b|as (?:a result|such|a consequence)\b|for (?:example|instance|this)\b|on the (?:other|one) hand\b|at the same time\b|(?:more|most) (?:\w+ly|broadly|precisely)\b,|that is\b|to (?:this|that) end\b|to do (?:so|this)\b)/i;
/** A subject that another sentence names. */
const POINTING_SUBJECT =
  /^(?:it|its|they|their|them|he|she|his|her|these|those|such|another|others|both(?! [^,]+ and )|this(?! (?:\w+[ -]){0,3}(?:paper|work|study|article|survey|report|thesis|tutorial|review|chapter|note)\b)|that|the (?:former|latter|same|second|third|other|above|aforementioned|resulting)|each of (?:these|them)|all of (?:these|them|which))\b/i;
const IMPERSONAL = /^it (?:is|was|has been|remains) (?:\w+ ){1,4}(?:that|to|whether|how|why)\b/i;
/** A demonstrative or a pronoun before the main clause. */
const POINTING_OPENING =
  /^(?!(?:in|with|through|within) (?:this|our) (?:\w+ ){0,2}(?:paper|work|study|article|survey|report|review|thesis)\b)(?:to|in|on|for|with|by|from|under|at|as|through|using|via|based|building|built|given|after|before|during|despite|beyond|across|among|because|since|when|if|while|although|unlike|compared|motivated|inspired|guided|driven|leveraging|following|recogni[sz]ing|addressing|considering|toward|towards|thanks|due|along|instead|rather|without|within)\b[^,]{0,140}?\b(?:this|these|those|such(?! as)|aforementioned|latter|former|them|they|it)\b[^,]{0,100},/i;
const ANNOUNCES_PAPER =
  /^(?:in|within|with|through) (?:this|our|the present) (?:\w+ ){0,2}(?:paper|work|study|article|survey|report|review|thesis)\b/i;

export const summaryLinesBenchmark: Benchmark = {
  prefix: 'summary.lines',
  async run({ data, report, skip }) {
    const file = join(data, 'hf_daily', 'daily_papers.jsonl.gz');
    if (!existsSync(file)) return skip('summary.lines', `no ${file}`);
    const papers = await readListed(file);
    const lines = papers.map(lineOf);
    const leads = papers.map(({ abstract }) => firstSentence(abstract));
    const both = (name: string, holds: (line: string) => boolean) =>
      report(
        `summary.lines.${name}_percent`,
        percentOf(present(lines), holds),
        '%',
        percentOf(present(leads), holds) || undefined,
      );

    report('summary.lines.papers', papers.length, 'papers');
    both('point_away', pointsAway);
    both('in_this_paper', (line) => ANNOUNCES_PAPER.test(line));
    both('cut', (line) => line.endsWith('…'));
    report(
      'summary.lines.shortened_percent',
      percentOf(papers, (paper) => isShortened(paper, lineOf(paper))),
      '%',
    );
    report('summary.lines.length', meanLength(present(lines)), 'chars', meanLength(present(leads)));
    report(
      'summary.lines.title_word_first_percent',
      percentOf(papers, (paper) => namesTopic(paper, lineOf(paper))),
      '%',
      percentOf(papers, (paper) => namesTopic(paper, firstSentence(paper.abstract))),
    );
    report(
      'summary.lines.missing_percent',
      percentOf(lines, (line) => line === undefined),
      '%',
    );
  },
};

/** The first papers of the month, in the order of the lists. */
async function readListed(file: string): Promise<Listed[]> {
  const papers: Listed[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    if (!line.includes(`"date": "${MONTH}`) && !line.includes(`"date":"${MONTH}`)) continue;
    const { date, items } = day.parse(JSON.parse(line));
    if (!date.startsWith(MONTH)) continue;
    papers.push(
      ...items.map(({ paper }) => ({
        title: cleanTitle(paper.title),
        abstract: cleanAbstract(paper.summary),
      })),
    );
  }
  return papers.slice(0, MOST);
}

/** The line that lists show. */
function lineOf(paper: Listed): string | undefined {
  const summary = extractSummary(paper);
  if (!summary) return undefined;
  return fitLine(readable(summaryLine(summary)));
}

function firstSentence(abstract: string): string | undefined {
  const [first] = splitSentences(abstract);
  return first === undefined ? undefined : clipWords(readable(first), LINE_LENGTH);
}

function present(lines: readonly (string | undefined)[]): string[] {
  return lines.filter((line) => line !== undefined);
}

function pointsAway(line: string): boolean {
  if (IMPERSONAL.test(line)) return false;
  return LINKS.test(line) || POINTING_SUBJECT.test(line) || POINTING_OPENING.test(line);
}

/** No sentence of the abstract, whole or clipped. */
function isShortened({ abstract }: Listed, line: string | undefined): boolean {
  return (
    line !== undefined &&
    !splitSentences(abstract).some((sentence) => clipWords(readable(sentence), LINE_LENGTH) === line)
  );
}

function namesTopic({ title }: Listed, line: string | undefined): boolean {
  return line !== undefined && countShared(contentWords(line.slice(0, FIRST_LOOK)), contentWords(title)) > 0;
}

function meanLength(lines: readonly string[]): number {
  return lines.reduce((sum, { length }) => sum + length, 0) / Math.max(1, lines.length);
}
