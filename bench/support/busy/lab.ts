/** The people of a lab in the fake Discord, who send a command at each moment that one is due. */
import { setTimeout } from 'node:timers/promises';
import { TONE_COLORS } from '../../../src/platforms/discord/rendering/render.ts';
import type { FakeInteraction, FakeMessage } from '../../../test/fakes/discord/model.ts';
import type { FakeDiscord } from '../../../test/fakes/discord/start.ts';
import { type BusyCommand, type BusyTexts, busyCommands } from './commands.ts';

export interface Outcome {
  readonly kind: string;
  /** What was asked. */
  readonly line: string;
  /**
   * From when the command was due to its acknowledgement, in milliseconds; the longest wait if there was
   * none. Absent for completions, whose first response is the answer.
   */
  readonly ackMs?: number;
  /** …to the final answer. */
  readonly answerMs: number;
  /** No answer in time, or one that says that something went wrong. */
  readonly hasFailed: boolean;
  /** The answer says why the command was not carried out. */
  readonly isProblem: boolean;
}

export interface Lab {
  /** Each channel follows a feed, and each person saves some papers. */
  setUp(): Promise<void>;
  /** Sends the next commands at a fixed pace, however long the answers take, and waits for all of them. */
  ask(everyMs: number, forMs: number): Promise<Outcome[]>;
}

const CHANNELS = 20;
const SAVES = 4;
/** A prime, so that each person asks different things. */
const PEOPLE = 101;
const LONGEST_WAIT_MS = 30_000;

export function openLab(discord: FakeDiscord, texts: BusyTexts): Lab {
  const names = Array.from({ length: CHANNELS }, (_, n) => `papers-${n}`);
  const guild = discord.addGuild({ channels: names });
  const people = Array.from({ length: PEOPLE }, (_, n) => discord.addPerson(`reader-${n}`, { admin: true }));
  const commands = busyCommands(texts);
  let sent = 0;

  async function perform(command: BusyCommand, due: number): Promise<Outcome> {
    const { kind, root, name, values, typing } = command;
    const person = people[sent % PEOPLE];
    const channel = guild.channels[sent++ % CHANNELS];
    if (!person || !channel) throw new Error('An empty lab');
    const since = () => performance.now() - due;
    let ackMs = LONGEST_WAIT_MS;
    const asked = typing === undefined ? person.command(channel, root, name, values) : undefined;
    void asked?.acknowledged.then(() => {
      ackMs = since();
    });
    const answer = asked
      ? finalAnswer(asked)
      : person.autocomplete(channel, root, name, typing ?? '', String(values[typing ?? '']));
    const said = await Promise.race([answer, setTimeout(LONGEST_WAIT_MS, undefined, { ref: false })]);
    const answerMs = since();
    const text = said === undefined ? '' : textOf(said);
    return {
      ...{ kind, answerMs, line: `/${root} ${name} ${JSON.stringify(values)}` },
      ...(asked && { ackMs: Math.min(ackMs, answerMs) }),
      hasFailed: said === undefined || text.includes('Something went wrong'),
      isProblem: said !== undefined && isProblem(said),
    };
  }

  return {
    async setUp() {
      const [first] = people;
      for (const channel of guild.channels) {
        await first?.command(channel, 'paperfeed', 'follow', {}).answered;
      }
      for (let at = 0; at < PEOPLE * SAVES; at++) {
        const { id: paper = '' } = texts.papers[at] ?? {};
        const [channel] = guild.channels;
        if (channel) await people[at % PEOPLE]?.command(channel, 'papers', 'save', { paper }).answered;
      }
    },
    async ask(everyMs, forMs) {
      const outcomes: Promise<Outcome>[] = [];
      const began = performance.now();
      for (let due = began; due < began + forMs; due += everyMs) {
        const early = due - performance.now();
        if (early > 0) await setTimeout(early);
        const outcome = perform(commands.next().value, due);
        // A mistake in a command is thrown at the end, when the program can be stopped.
        outcome.catch(() => {});
        outcomes.push(outcome);
      }
      return Promise.all(outcomes);
    },
  };
}

type Said = FakeMessage | { readonly title: string } | readonly { readonly name: string }[];

function finalAnswer({ answered, opened }: FakeInteraction): Promise<Said> {
  return Promise.race([answered, opened]);
}

function isProblem(said: Said): boolean {
  return 'embeds' in said && said.embeds.some(({ color }) => color === TONE_COLORS.problem);
}

function textOf(said: Said): string {
  if (!('embeds' in said)) return JSON.stringify(said);
  return `${said.content} ${JSON.stringify(said.embeds)} ${JSON.stringify(said.components)}`;
}
