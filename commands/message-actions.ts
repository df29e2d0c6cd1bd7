/** Commands in the menu of a message, on platforms where messages have one. */

import { counted } from '../src/cards/counts.ts';
import { paperEntry, summaryBody } from '../src/cards/paper-card.ts';
import { briefEntry } from '../src/cards/paper-list.ts';
import type { Card, Entry } from '../src/chat/card.ts';
import type { CommandContext, MessageAction } from '../src/command/define.ts';
import type { Paper } from '../src/papers/paper.ts';
import { findPaperReferences } from '../src/text/ids.ts';
import { findByReference, isPaper } from './papers/input/resolve-paper.ts';
import type { Services } from './services.ts';
import { problem } from './views/empty-results.ts';
import { versionRemark, withRemark } from './views/version-remark.ts';

/** Papers looked up for one message; a message with more is a reading list. */
const MOST_PAPERS = 10;
/** More summaries would fill several screens of a phone. */
const MOST_SUMMARIES = 5;

const savePapersHere: MessageAction<Services> = {
  label: 'Save papers here',
  description: 'Save the papers that this message links to',
  visibility: 'private',
  async run(asked) {
    const { services, caller, now } = asked;
    const found = await papersIn(asked, MOST_PAPERS);
    if (!('papers' in found)) return found;
    const outcomes = await Promise.all(
      found.papers.map(({ id }) => services.library.save(caller, id, now.toISOString())),
    );
    const added = outcomes.filter((outcome) => outcome.added).length;
    const many = found.papers.length > 1;
    return {
      tone: 'done',
      title:
        added === 0
          ? 'Already on your list'
          : `Saved to your list${many ? ` · ${counted(added, 'paper')}` : ''}`,
      blocks: [
        ...found.papers.map((paper, index) =>
          found.remarked(briefEntry(paper, { ...(many && { number: index + 1 }), commands: ['unsave'] })),
        ),
        ...found.remarks,
      ],
      footer: ['Your list: ', { kind: 'code', text: '/papers saved' }],
    };
  },
};

const summarisePapersHere: MessageAction<Services> = {
  label: 'Summarise papers here',
  description: 'Summarise the papers that this message links to',
  visibility: 'private',
  async run(asked) {
    const found = await papersIn(asked, MOST_SUMMARIES);
    if (!('papers' in found)) return found;
    const entries = await Promise.all(
      found.papers.map(async (paper, index): Promise<Entry> => {
        const made = await asked.services.summary.summarise(paper);
        const body = made ? summaryBody(made) : [['This paper has no abstract to summarise.']];
        if (found.papers.length === 1)
          return found.remarked(paperEntry(paper, body, ['show', 'similar', 'save']));
        return { ...found.remarked(briefEntry(paper, { number: index + 1, commands: ['save'] })), body };
      }),
    );
    return { tone: 'plain', blocks: [...entries, ...found.remarks] };
  },
};

export const messageActions: readonly MessageAction<Services>[] = [savePapersHere, summarisePapersHere];

interface Found {
  readonly papers: readonly Paper[];
  /** Adds the remark that the link names another version. */
  remarked(entry: Entry): Entry;
  /** Notes on the links that led to no paper. */
  readonly remarks: Card['blocks'];
}

/** The papers that a text links to, or the card that says why there are none. */
async function papersIn(
  { services, signal, text }: CommandContext<Services> & { readonly text: string },
  most: number,
): Promise<Found | Card> {
  const references = findPaperReferences(text);
  const ids = references.map(({ id }) => id);
  if (ids.length === 0) {
    return problem([
      'No paper was found in that message. Choose a message with a link to arXiv, Hugging Face or alphaXiv, or with an ID such as arXiv:2406.01574.',
    ]);
  }
  const asked = ids.slice(0, most);
  const papers: Paper[] = [];
  let why: Card | undefined;
  for (const found of await Promise.all(asked.map((id) => findByReference(services, id, signal)))) {
    if (isPaper(found)) papers.push(found);
    else why ??= found;
  }
  if (papers.length === 0 && why) return why;
  const missing = asked.filter((id) => !papers.some((paper) => paper.id === id));
  const remarks = [
    ...(missing.length > 0 ? [`Not found: ${missing.join(', ')}.`] : []),
    ...(ids.length > most ? [`The message links to ${ids.length} papers. These are the first ${most}.`] : []),
  ];
  return {
    papers,
    remarked(entry) {
      const paper = papers.find(({ id }) => id === entry.paper);
      const version = references.find(({ id }) => id === entry.paper)?.version;
      return paper ? withRemark(entry, versionRemark(paper, version)) : entry;
    },
    remarks: remarks.map((remark) => ({ kind: 'text', text: [remark] })),
  };
}
