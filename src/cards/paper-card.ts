/** Card for one paper: facts, summary and buttons. */
import type { Action, Card, Entry, RichText } from '../chat/card.ts';
import { clipWords } from '../chat/clip.ts';
import type { Paper } from '../papers/paper.ts';
import type { PointKind, Summary, SummaryPoint } from '../summary/summary.ts';
import { huggingFaceUrl, pdfUrl } from '../text/ids.ts';
import { readable } from '../text/readable.ts';
import { attributionLine, lineMadeByWords } from './attribution.ts';
import { tasteLine } from './like-actions.ts';
import { commandLine, paperLines, paperUrl } from './paper-lines.ts';

/** Commands that a paper's card offers, in the order of their buttons. */
const OFFERED = {
  summary: 'Summary',
  similar: 'Similar',
  save: 'Save',
  unsave: 'Unsave',
  show: 'Show',
  note: 'Note',
  tag: 'Tag',
  read: 'Read',
  later: 'Later',
} as const;

export type PaperCommand = keyof typeof OFFERED;

/** Teaches recommendations. On answers to one person; a post in a channel has no room for it. */
const TEACHING = { more: 'More like this', less: 'Less like this' } as const;

/** Characters of a sentence quoted as evidence. */
const BASIS = 200;

const POINT_LABELS: Record<PointKind, string> = {
  problem: 'Problem',
  approach: 'Approach',
  result: 'Result',
};

/** A button that runs `/papers NAME` on this paper. */
export function paperAction(
  name: PaperCommand,
  paper: Pick<Paper, 'id'>,
  args: Readonly<Record<string, string | undefined>> = {},
): Action {
  return { kind: 'run', label: OFFERED[name], line: commandLine(name, paper, args), effect: 'answer' };
}

/** `More like this`, `Less like this`. */
function teachingActions(paper: string): Action[] {
  return (['more', 'less'] as const).map((change) => ({
    kind: 'run',
    label: TEACHING[change],
    line: tasteLine(change, paper),
    effect: 'answer',
  }));
}

/** A paper's entry with buttons that teach recommendations, for an answer. */
export function teachingEntry(...of: Parameters<typeof paperEntry>): Entry {
  const entry = paperEntry(...of);
  const isLink = ({ kind }: Action) => kind === 'link';
  return {
    ...entry,
    actions: [
      ...entry.actions.filter((action) => !isLink(action)),
      ...teachingActions(entry.paper),
      ...entry.actions.filter(isLink),
    ],
  };
}

/** @param commands buttons to show before the links */
export function paperEntry(
  paper: Paper,
  body: readonly RichText[],
  commands: readonly PaperCommand[] = ['summary', 'similar', 'save'],
): Entry {
  const url = paperUrl(paper);
  return {
    kind: 'entry',
    paper: paper.id,
    title: readable(paper.title),
    ...(url !== undefined && { url }),
    meta: paperLines(paper),
    body,
    actions: [...commands.map((name) => paperAction(name, paper)), ...links(paper)],
  };
}

/** A paper's facts and one sentence, as in the daily thread. */
export function paperCard(paper: Paper, summary: Summary | undefined): Card {
  return { tone: 'plain', blocks: [paperEntry(paper, summary ? [tldr(summary)] : [])] };
}

/** The same as an answer, in `random` and a search for one paper. */
export function answerCard(paper: Paper, summary: Summary | undefined): Card {
  return { tone: 'plain', blocks: [teachingEntry(paper, summary ? [tldr(summary)] : [])] };
}

/** The body of `show`: the whole abstract with its summarising sentence in bold, and the authors' comment. */
export function fullBody(paper: Paper, summary: Summary | undefined): RichText[] {
  const abstract = readable(paper.abstract.trim());
  const comment = paper.comment?.trim() ?? '';
  const sentence = summary === undefined ? '' : readable(summary.sentence ?? summary.tldr);
  const at = sentence === '' || sentence === abstract ? -1 : abstract.indexOf(sentence);
  const marked: RichText = [
    abstract.slice(0, at),
    { kind: 'bold' as const, text: sentence },
    abstract.slice(at + sentence.length),
  ].filter((part) => part !== '');
  return [
    ...(abstract === '' ? [] : [at < 0 ? [abstract] : marked]),
    ...(comment === '' ? [] : [[{ kind: 'dim' as const, text: readable(comment) }]]),
  ];
}

/** The body of `summary`: the sentence and the points, each with its evidence, then how they were made. */
export function summaryBody(summary: Summary): RichText[] {
  return [
    [readable(summary.tldr)],
    ...basisLine(summary),
    ...summary.points.flatMap((point): RichText[] => [pointLine(point), ...basisLine(point)]),
    [{ kind: 'dim', text: attributionLine(summary) }],
  ];
}

function pointLine({ kind, text }: SummaryPoint): RichText {
  if (kind === undefined) return [`• ${readable(text)}`];
  return [{ kind: 'bold', text: `${POINT_LABELS[kind]}:` }, ` ${readable(text)}`];
}

/** A model's statement is shown with the sentence of the abstract that supports it. */
function basisLine({ basis }: { readonly basis?: string }): RichText[] {
  return basis === undefined ? [] : [[{ kind: 'dim', text: `“${clipWords(readable(basis), BASIS)}”` }]];
}

/** The sentence, followed by how it was made. */
function tldr(summary: Summary): RichText {
  return [`${readable(summary.tldr)} `, { kind: 'dim', text: `(${lineMadeByWords(summary)})` }];
}

function links(paper: Paper): Action[] {
  const named = {
    PDF: pdfUrl(paper.id),
    Code: paper.codeUrl,
    Project: paper.projectUrl,
    'Hugging Face': paper.onHuggingFace === true ? huggingFaceUrl(paper.id) : undefined,
  };
  return Object.entries(named).flatMap(([label, url]): Action[] =>
    url === undefined ? [] : [{ kind: 'link', label, url }],
  );
}
