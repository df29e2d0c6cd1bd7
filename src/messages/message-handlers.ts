/** Handles reactions, mentions, and buttons that contain a key instead of a line. */

import type { Logger } from '../base/log.ts';
import { type Card, sentence } from '../chat/card.ts';
import type {
  CommandAnswer,
  Mention,
  MessageHandlers,
  Reaction,
  WorkspaceHandlers,
} from '../chat/handlers.ts';
import type { ShownPaper } from '../chat/refs.ts';
import { keycapsFor } from '../chat/saving-hint.ts';
import { readable } from '../text/readable.ts';
import type { Clock } from '../time/clock.ts';
import { type MeantCommand, readMention } from './mention.ts';
import { type MessageStore, RECONCILED_MS } from './messages.ts';
import { isSaveEmoji, mayMean, opinionOf, reactionTarget } from './reaction-target.ts';

interface MessageHandlerOptions {
  readonly messages: MessageStore;
  /** Characters, or names of a server's custom emoji. */
  readonly saveEmoji: readonly string[];
  /** Runs the command that a mention means. */
  readonly run: (mention: Mention, command: MeantCommand) => Promise<CommandAnswer>;
  /** Answers words about these papers or the person's last list, such as “tag 2 with rl” or “only cs.CV”. */
  readonly refine: (
    mention: Mention,
    papers: ReadonlyMap<number, string>,
  ) => Promise<CommandAnswer | undefined>;
  readonly markSeen: WorkspaceHandlers['markSeen'];
  readonly clock: Clock;
  readonly log: Logger;
}

export function openMessageHandlers(options: MessageHandlerOptions): MessageHandlers {
  const { messages, saveEmoji, run, refine, markSeen, clock, log } = options;
  const at = () => clock.now().toISOString();

  /** Logs a failure and returns `fallback`, so that the adapter goes on. */
  async function safely<Result>(
    what: string,
    fallback: Result,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      log.error({ err: error }, what);
      return fallback;
    }
  }

  /** For a save emoji on a list: at most once a day for each person, and never for an old reaction. */
  async function hint(
    { found, caller: { platform, workspace, person } }: Reaction,
    shown: readonly ShownPaper[],
  ): Promise<Card | undefined> {
    const keycaps = keycapsFor(shown);
    if (found || keycaps === '') return undefined;
    if (!(await markSeen(platform, [`list hint ${workspace} ${person}`]))) return undefined;
    return sentence(
      `Nothing was saved, because that message lists ${shown.length} papers. To save one of them, react with its number: ${keycaps}.`,
    );
  }

  return {
    hasList: (channel) => safely('messages: find lists failed', true, () => messages.hasList(channel)),

    shown: (message, papers) =>
      safely('messages: record papers failed', undefined, () => messages.show(message, papers, at())),

    showsPapers: (message) =>
      safely('messages: read papers failed', true, async () => (await messages.shownIn(message)).length > 0),

    reacted: (reaction) =>
      safely<Card | undefined>('messages: handle reaction failed', undefined, async () => {
        if (!reaction.added) {
          await messages.unreact(reaction);
          return undefined;
        }
        if (!mayMean(reaction.emoji, saveEmoji)) return undefined;
        const shown = await messages.shownIn(reaction.message);
        const paper = reactionTarget(reaction.emoji, shown, saveEmoji);
        if (paper === undefined) {
          if (isSaveEmoji(reaction.emoji, saveEmoji)) return hint(reaction, shown);
          const opinion = opinionOf(reaction.emoji, shown);
          if (opinion) await messages.mark(reaction, opinion.paper, opinion.kind, at());
          return undefined;
        }
        const outcome = await messages.react(reaction, paper, at());
        return outcome?.first ? firstSave(readable(outcome.title)) : undefined;
      }),

    mentioned: (mention) =>
      safely<CommandAnswer | undefined>('messages: answer mention failed', undefined, async () => {
        for (const message of mention.about) {
          const shown = await messages.shownIn(message);
          if (shown.length === 0) continue;
          const meant = readMention(mention.question, shown);
          if (meant.kind === 'command') {
            const { paper } = meant.values;
            if (paper !== undefined && meant.name === 'ask')
              await messages.discuss(message, mention.caller, paper, at());
            return run(mention, meant);
          }
          const refined = await refine(mention, numbered(shown));
          return refined ?? { card: sentence(meant.words), visibility: 'public', ok: true };
        }
        return undefined;
      }),

    understands: (emoji) => mayMean(emoji, saveEmoji),

    cleared: (message, emoji) =>
      safely('messages: clear reactions failed', undefined, () => messages.clear(message, emoji)),

    reactable: (platform, limit) =>
      safely('messages: read recent failed', [], () => {
        const since = new Date(clock.now().getTime() - RECONCILED_MS).toISOString();
        return messages.recent(platform, since, limit);
      }),

    keepLines: (lines, of) =>
      safely('messages: store button lines failed', undefined, () => messages.keepLines(lines, of, at())),

    lineOf: (key) =>
      safely<string | undefined>('messages: read button line failed', undefined, () => messages.lineOf(key)),
  };
}

function numbered(shown: readonly ShownPaper[]): ReadonlyMap<number, string> {
  return new Map(
    shown.flatMap(({ number, paper }) => (number === undefined ? [] : [[number, paper] as const])),
  );
}

/** Shown privately, once for each person. */
function firstSave(title: string): Card {
  return {
    ...sentence(`Saved to your list: “${title}”. Only you can see your list.`, 'done'),
    footer: [
      'Your list: ',
      { kind: 'code', text: '/papers saved' },
      ' · remove the reaction to remove the paper',
    ],
  };
}
