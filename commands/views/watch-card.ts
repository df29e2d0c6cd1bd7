/** Cards about watches. */

import { counted } from '../../src/cards/counts.ts';
import { briefEntry, listCard, offsetOf, type PageRange, undoButton } from '../../src/cards/paper-list.ts';
import { paceInWords, termsInWords } from '../../src/cards/watch-words.ts';
import type { Action, Block, Card, RichText } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import type { FoundPapers, ListedWatch, Watch, Watched } from '../../src/watches/watch.ts';
import { beyondLastPage } from './empty-results.ts';
import { textBlock } from './feed-card.ts';

const LIST = { kind: 'code', text: '/papers watches' } as const;

/** `You will be told about new papers with “diffusion”, by private message, at once.` */
export function watchedCard({ watch, outcome }: Watched, remarks: readonly string[]): Card {
  const isChannel = watch.target.kind === 'channel';
  const what = `new papers ${termsInWords(watch.terms)}`;
  const how = isChannel ? paceInWords(watch) : `by private message, ${paceInWords(watch)}`;
  const again = outcome === 'same' ? 'already ' : outcome === 'changed' ? 'now ' : '';
  const sentence = isChannel
    ? `This channel ${again === '' ? 'will get' : `${again}gets`} ${what}, ${how}.`
    : `You ${again === '' ? 'will be' : `are ${again}`} told about ${what}, ${how}.`.replace('  ', ' ');
  const other = watch.pace === 'daily' ? 'at-once' : 'daily';
  return {
    tone: outcome === 'same' ? 'plain' : 'done',
    blocks: [sentence, ...remarks].map((text) => textBlock([text])),
    actions: [
      ...(outcome === 'added' ? [undoButton(unwatchLine(watch))] : []),
      {
        kind: 'run',
        label: other === 'daily' ? 'Once a day instead' : 'At once instead',
        line: watchLine(watch, { when: other }),
        effect: 'replace',
      },
    ],
    footer: [`Number ${watch.id} · All watches: `, LIST],
  };
}

/** The line that adds a watch again, or changes it. */
export function watchLine(
  { terms, target, pace, zone }: Watch,
  changes: { readonly when?: string } = {},
): string {
  const { text, author, category, like } = terms;
  return formatLine({
    root: 'papers',
    name: 'watch',
    args: {
      query: text,
      author,
      category,
      like: like?.id,
      to: target.kind === 'channel' ? 'channel' : undefined,
      when: pace,
      zone: (changes.when ?? pace) === 'daily' ? zone : undefined,
      ...changes,
      sure: 'yes',
    },
  });
}

export function unwatchLine({ id }: Pick<Watch, 'id'>): string {
  return formatLine({ root: 'papers', name: 'unwatch', args: { watch: id } });
}

function pauseLine({ id, isPaused }: Watch): string {
  return formatLine({
    root: 'papers',
    name: 'watches',
    args: { watch: id, do: isPaused ? 'resume' : 'pause' },
  });
}

export interface WatchPages {
  readonly page: number;
  readonly of: number;
  /** The line for another page. */
  readonly lineOf: (page: number) => string;
}

/**
 * @param shown the watches of this page, those of the person first
 * @param total of all pages
 */
export function watchList(
  shown: readonly ListedWatch[],
  total: number,
  { page, of, lineOf }: WatchPages,
): Card {
  const own = shown.filter(({ target }) => target.kind === 'person');
  const channel = shown.filter(({ target }) => target.kind === 'channel');
  const turn = (label: string, to: number): Action => ({
    kind: 'run',
    label,
    line: lineOf(to),
    effect: 'replace',
  });
  return {
    tone: 'plain',
    title: counted(total, 'watch'),
    blocks: [
      ...sectionOf('Told to you by private message', own),
      ...(own.length > 0 && channel.length > 0 ? [{ kind: 'divider' } as const] : []),
      ...sectionOf('Posted in this channel', channel),
    ],
    actions: [
      // Platforms show five buttons in a row.
      ...shown.map((watch) => runAction(`End ${watch.id}`, unwatchLine(watch))),
      ...shown.map((watch) =>
        runAction(`${watch.isPaused ? 'Resume' : 'Pause'} ${watch.id}`, pauseLine(watch)),
      ),
      ...(page > 1 ? [turn('Previous', page - 1)] : []),
      ...(page < of ? [turn('Next', page + 1)] : []),
    ],
    footer:
      of > 1
        ? [`Page ${page} of ${of} · Change one by watching it again`]
        : ['Change one by watching it again'],
  };
}

function runAction(label: string, line: string): Action {
  return { kind: 'run', label, line, effect: 'answer' };
}

function sectionOf(heading: string, watches: readonly ListedWatch[]): Block[] {
  if (watches.length === 0) return [];
  return [textBlock([{ kind: 'bold', text: heading }]), ...watches.map((watch) => textBlock(lineOf(watch)))];
}

function lineOf(watch: ListedWatch): RichText {
  const { id, terms, recentHits, isPaused } = watch;
  const hits = recentHits === 0 ? 'nothing found in 30 days' : `${counted(recentHits, 'paper')} in 30 days`;
  const facts = [isPaused ? 'paused' : paceInWords(watch), hits].join(' · ');
  return [
    { kind: 'bold', text: String(id) },
    ` · Papers ${termsInWords(terms)} · `,
    { kind: 'dim', text: facts },
  ];
}

/** A page of the papers that a watch found, the newest first, each with the reason. */
export function foundPapers(
  watch: Watch,
  { papers, total }: FoundPapers,
  pages: Omit<PageRange, 'total'>,
  lineOf: (page: number) => string,
): Card {
  const terms = termsInWords(watch.terms);
  if (total === 0) {
    const paused = watch.isPaused ? ' It is paused.' : '';
    return {
      tone: 'plain',
      blocks: [textBlock([`The watch for papers ${terms} has found nothing in the last months.${paused}`])],
      footer: ['All watches: ', LIST],
    };
  }
  if (papers.length === 0) return beyondLastPage({ ...pages, total }, lineOf, 'paper');
  const first = offsetOf(pages) + 1;
  return listCard({
    title: `${counted(total, 'paper')} ${terms}`,
    entries: papers.map(({ paper, why }, at) =>
      briefEntry(paper, { number: first + at, why, commands: ['save'] }),
    ),
    pages: { ...pages, total },
    lineOf,
  });
}

/** Nothing is stored until the person has seen how many papers that would be. */
export function tooWideCard(
  terms: string,
  count: string,
  aDay: number,
  lines: { daily: string; anyway: string },
): Card {
  return {
    tone: 'plain',
    blocks: [
      textBlock([
        `${count} ${terms} appeared in the last 30 days, about ${aDay} a day. Nothing is watched yet: add a word, an author or a category, or watch all of them.`,
      ]),
    ],
    actions: [
      { kind: 'run', label: 'Watch, once a day', line: lines.daily, effect: 'replace' },
      { kind: 'run', label: 'Watch, at once', line: lines.anyway, effect: 'replace' },
    ],
  };
}
