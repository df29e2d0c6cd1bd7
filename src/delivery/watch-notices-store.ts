/** Turns what watches found into notices. Runs in the store thread. */
import { counted } from '../cards/counts.ts';
import { briefEntry } from '../cards/paper-list.ts';
import type { Action, Card } from '../chat/card.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { openWatchHits } from '../watches/hits-store.ts';
import type { DueHit, DueHits, WatchTeller } from '../watches/watch.ts';
import { openNoticeRows } from './ledger/notice-store.ts';

const TOPIC = 'watch';
/** Papers in a message, as in other lists. */
const PAPERS_IN_MESSAGE = 10;
/** More in one go come from a watch that is too wide; the last message offers a list of all. */
const MESSAGES = 3;
/** Watches whose lists it offers, the ones that found most first. */
const LISTS = 3;

export function openWatchTeller(connection: DatabaseConnection): WatchTeller {
  const hits = openWatchHits(connection);
  const notices = openNoticeRows(connection);

  function put({ target, hits: found }: DueHits, now: Date): void {
    const to = target.kind === 'person' ? target.person : target.channel;
    for (let part = 0; part * PAPERS_IN_MESSAGE < found.length && part < MESSAGES; part++) {
      const from = part * PAPERS_IN_MESSAGE;
      const shown = found.slice(from, from + PAPERS_IN_MESSAGE);
      const rest = part === MESSAGES - 1 ? found.slice(from + shown.length) : [];
      // Unique, so that it replaces no earlier message that is not sent yet.
      const about = `${now.toISOString()} ${part}`;
      const card = hitsCard(shown, { first: from + 1, total: found.length, rest });
      notices.add({ to, topic: TOPIC, about, due: now.getTime(), title: card.title ?? '', card });
    }
  }

  return {
    tell: async (now) => hits.takeDue(now, (due) => put(due, now)),
  };
}

interface Place {
  /** Number of the first paper. */
  readonly first: number;
  readonly total: number;
  /** Papers that no message shows. */
  readonly rest: readonly DueHit[];
}

/** Each paper with why it is here: `matches “protein design” in the title`. */
function hitsCard(hits: readonly DueHit[], { first, total, rest }: Place): Card {
  const isOne = total === 1;
  const title = `${counted(total, 'new paper')} for your ${isOne ? 'watch' : 'watches'}`;
  return {
    tone: 'plain',
    title: first === 1 ? title : `${title}, from ${first}`,
    blocks: [
      ...hits.map(({ paper, reasons }, at) =>
        briefEntry(paper, {
          ...(!isOne && { number: first + at }),
          why: reasons.join(' · '),
          commands: isOne ? ['show', 'save'] : ['save'],
        }),
      ),
      ...(rest.length > 0
        ? [
            {
              kind: 'text',
              text: [`And ${counted(rest.length, 'more paper')}. Narrow your watches to get fewer.`],
            } as const,
          ]
        : []),
    ],
    ...(rest.length > 0 && { actions: widestOf(rest).map(listAction) }),
    footer: ['Pause or end them: ', { kind: 'code', text: '/papers watches' }],
  };
}

/** Numbers of the watches that found most of these papers. */
function widestOf(hits: readonly DueHit[]): number[] {
  const counts = new Map<number, number>();
  for (const watch of hits.flatMap(({ watches }) => watches)) counts.set(watch, (counts.get(watch) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, LISTS)
    .map(([watch]) => watch);
}

function listAction(watch: number): Action {
  const line = `/papers watches watch:${watch} do:papers`;
  return { kind: 'run', label: `All papers of watch ${watch}`, line, effect: 'answer' };
}
