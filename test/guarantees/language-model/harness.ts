/** The whole program with a language model on loopback that rewrites abstracts. */
import type { Card } from '../../../src/chat/card.ts';
import { toPlainText } from '../../../src/chat/plain.ts';
import type { Allowance } from '../../../src/model/budget.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { type Asked, openModelServer, openTestWriter } from '../../fakes/llm/model-server.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { PROMPTS, ROUTING } from '../../support/papers.ts';
import { openProgram, TEAM } from '../../support/program.ts';

export const SHELF = [ROUTING, PROMPTS];

/** A rewording of each sentence of the abstracts, by the model; none is identical to a sentence. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  [ROUTING.title]: [
    'Training large mixtures of experts is hard.',
    'A router learns by itself which expert is to read a token.',
    'It was tried on C4 and WikiText.',
    'With it, training is 2.5 times faster than before.',
  ],
  [PROMPTS.title]: [
    'Tuning every weight of a small model is bad for it.',
    'Soft prompts are learned while the weights stay as they are.',
    'There are 12 datasets of questions to learn from.',
    'They are better than full tuning by 4%.',
  ],
};
const ASPECTS = ['problem', 'approach', 'data', 'result'];

export interface Written {
  readonly aspect?: string;
  readonly text: string;
  readonly quote: string;
}

/** An honest model's text for the first paper in the prompt. */
export function honest({ material }: Pick<Asked, 'material'>): Written[] {
  const [title = ''] = Object.keys(WORDS)
    .filter((each) => material.includes(each))
    .toSorted((a, b) => material.indexOf(a) - material.indexOf(b));
  const sentences = SHELF.find((paper) => paper.title === title)?.abstract.split(/(?<=\.) /) ?? [];
  return (WORDS[title] ?? []).map((text, at) => ({
    aspect: ASPECTS[at] ?? '',
    text,
    quote: sentences[at] ?? '',
  }));
}

export const reply = (points: readonly Written[]) => JSON.stringify({ points });
/** The visible statements about the paper of the questions. */
export const GOOD = reply(honest({ material: ROUTING.title }));
export const SAID = WORDS[ROUTING.title] ?? [];
/** The sentences of its abstract that extraction may show, as readers see them. */
export const OWN = ROUTING.abstract.replace('$\\times$', '×').split(/(?<=\.) /);

type Values = Readonly<Record<string, string>>;

/** Everything that uses a model, with its number of calls. */
export const QUESTIONS: ReadonlyArray<readonly [string, Values, number]> = [
  ['summary', { paper: ROUTING.id, level: 'line' }, 1],
  ['summary', { paper: ROUTING.id, level: 'short' }, 1],
  ['summary', { paper: ROUTING.id, level: 'newcomers' }, 1],
  ['ask', { paper: ROUTING.id, question: 'what do they propose?' }, 1],
  ['ask', { question: 'which router learns what tokens experts read?' }, 1],
  ['compare', { papers: `${ROUTING.id}, ${PROMPTS.id}` }, 2],
];

interface FrameOptions {
  readonly writes?: (asked: Asked) => string;
  readonly allowance?: Allowance;
  readonly at?: string;
  readonly records?: readonly PaperRecord[];
}

export async function openFrame({
  writes = (asked) => reply(honest(asked)),
  allowance,
  at = '2026-05-29T12:00:00Z',
  records = SHELF,
}: FrameOptions = {}) {
  const connection = await openTestDatabase();
  const clock = fakeClock(at);
  const server = await openModelServer(writes);

  /** Starts the program on the same database; without a model if none is given. */
  function start(model: string | undefined) {
    const settings = { clock, ...(allowance && { allowance }), ...(model !== undefined && { model }) };
    const generator = model === undefined ? undefined : openTestWriter(connection, server.baseUrl, settings);
    const { papers, handlers } = openProgram(connection, clock, undefined, generator);

    async function ask(name: string, values: Values, person = 'ada'): Promise<{ card: Card; text: string }> {
      const caller = { platform: 'discord', workspace: 'guild', person, team: TEAM };
      const { card } = await handlers.answer({ caller, root: 'papers', name, values });
      return { card, text: toPlainText(card) };
    }
    return { papers, ask };
  }

  const program = start('stub');
  await program.papers.importBatch(records, { source: 'arxiv', at: '2026-05-29T08:00:00Z' });
  return { connection, clock, server, start, ...program };
}
