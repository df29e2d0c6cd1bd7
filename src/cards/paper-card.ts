/** One paper: its facts, what it did, and what can be done with it. */
import type { Action, Card, Entry, RichText } from '../chat/card.ts';
import { clipWords } from '../chat/clip.ts';
import { formatLine } from '../command/line.ts';
import type { Paper } from '../papers/paper.ts';
import type { PointKind, Summary, SummaryPoint } from '../summary/summary.ts';
import { huggingFaceUrl, pdfUrl } from '../text/ids.ts';
import { readable } from '../text/readable.ts';
import { attributionLine, madeByWords } from './attribution.ts';
import { paperLines, paperUrl } from './paper-lines.ts';

/** The commands that a card of a paper offers, in the order of their buttons. */
const OFFERED = {
  summary: 'Summary',
  similar: 'Similar',
  save: 'Save',
  unsave: 'Unsave',
  show: 'Show',
} as const;

export type PaperCommand = keyof typeof OFFERED;

/** Characters of a sentence that is shown as evidence. */
const BASIS = 200;

const POINT_LABELS: Record<PointKind, string> = {
  problem: 'Problem',
  approach: 'Approach',
  result: 'Result',
};

/** A button that runs `/papers NAME` on this paper. */
export function paperAction(name: PaperCommand, paper: Pick<Paper, 'id'>): Action {
  const line = formatLine({ root: 'papers', name, args: { paper: paper.id } });
  return { kind: 'run', label: OFFERED[name], line, effect: 'answer' };
}

/** @param commands which of the program's own buttons stand before the links */
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

/** The card that a search for one paper, `random` and a card of the daily thread are: facts and one sentence. */
export function paperCard(paper: Paper, summary: Summary | undefined): Card {
  return { tone: 'plain', blocks: [paperEntry(paper, summary ? [tldr(summary)] : [])] };
}

/** What `show` says: the sentence, the whole abstract, the authors' remark. */
export function fullBody(paper: Paper, summary: Summary | undefined): RichText[] {
  const abstract = paper.abstract.trim();
  const comment = paper.comment?.trim() ?? '';
  return [
    // An abstract of one sentence is its own summary.
    ...(summary && summary.tldr !== abstract ? [tldr(summary)] : []),
    ...(abstract === '' ? [] : [[readable(abstract)]]),
    ...(comment === '' ? [] : [[{ kind: 'dim' as const, text: readable(comment) }]]),
  ];
}

/** What `summary` says: the sentence, the points under their names, what they rest on, where they came from. */
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

/** What a model says is shown with the sentence that can be checked. */
function basisLine({ basis }: { readonly basis?: string }): RichText[] {
  return basis === undefined ? [] : [[{ kind: 'dim', text: `“${clipWords(readable(basis), BASIS)}”` }]];
}

/** The one sentence, and small where it came from. */
function tldr(summary: Summary): RichText {
  return [`${readable(summary.tldr)} `, { kind: 'dim', text: `(${madeByWords(summary)})` }];
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
