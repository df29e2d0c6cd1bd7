/**
 * Answers mentions and direct messages. In a thread about a paper the text is a question about it; elsewhere
 * it is a command or a search.
 */
import type { App } from '@slack/bolt';
import type { Card } from '../../../chat/card.ts';
import type { ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import type { Catalogue } from '../../../command/catalogue.ts';
import { toSaid } from '../../../command/parse.ts';
import { abortAfter } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { channelRefOf, isDirect, PLATFORM, refOf } from '../connection/addresses.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import type { Recall } from './recall.ts';
import { aloneIn } from './reply-functions.ts';
import { ANSWERABLE_MS, type RequestContext } from './request-context.ts';
import type { Responder, SlackRequest } from './responder.ts';
import { lineOfMention } from './slash-text.ts';

export interface MentionOptions {
  readonly catalogue: Catalogue;
  readonly handlers: ChatHandlers;
  readonly requestContext: RequestContext;
  readonly responder: Responder;
  readonly workspaces: Workspaces;
  readonly clock: Clock;
  readonly recall: Recall;
  /** Resolves when the papers of earlier messages are stored. */
  readonly untilRemembered: () => Promise<void>;
}

interface Said {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly user?: string | undefined;
  readonly text?: string | undefined;
  readonly files?: readonly unknown[] | undefined;
}

/** Subtypes of messages that users write; others are changes or come from bots. */
const WRITTEN: ReadonlySet<string> = new Set(['file_share', 'me_message', 'thread_broadcast']);
/** Milliseconds for which answered messages are remembered. */
const KNOWN_MS = 86_400_000;

const HELP = '/papers help';
const NO_FILES: Card = {
  tone: 'problem',
  blocks: [
    {
      kind: 'text',
      text: [
        'The bot cannot read files. Send a link to the paper, its arXiv ID (',
        { kind: 'code', text: '2406.01574' },
        ') or words to search for.',
      ],
    },
  ],
};

export function listenToMentions(
  app: App,
  options: MentionOptions,
  follow: (work: Promise<void>) => Promise<void>,
): void {
  const { catalogue, handlers, requestContext, responder, workspaces, clock, recall, untilRemembered } =
    options;

  app.event('app_mention', async ({ event, context }) => {
    // Otherwise two bots could answer each other forever.
    if (event.bot_id !== undefined) return;
    await follow(answerOnce(event, context.teamId ?? ''));
  });

  app.event('message', async ({ event, context }) => {
    // Messages in channels need a mention.
    if (event.channel_type !== 'im') return;
    if (event.subtype !== undefined && !WRITTEN.has(event.subtype)) return;
    if ('bot_id' in event && event.bot_id !== undefined) return;
    await follow(answer(event as Said, context.teamId ?? '', false));
  });

  /**
   * Slack resends a mention after each edit of its message. It is only answered once.
   */
  async function answerOnce(said: Said & { readonly edited?: unknown }, team: string): Promise<void> {
    const age = clock.now().getTime() - 1_000 * Number(said.ts);
    if (said.edited !== undefined && age >= KNOWN_MS) return;
    if (!(await handlers.markSeen(PLATFORM, [`mention ${said.channel} ${said.ts}`], KNOWN_MS))) return;
    await answer(said, team, true);
  }

  async function answer(said: Said, team: string, inThread: boolean): Promise<void> {
    const { channel, user, text = '', files = [], ts, thread_ts: thread = inThread ? ts : undefined } = said;
    if (user === undefined) return;
    const workspace = await workspaces.of(team);
    const words = toSaid(catalogue, lineOfMention(text, workspace.user));
    if (user === workspace.user) return;
    const respond = aloneIn(workspace.client, channel, user);
    const asked: SlackRequest = {
      workspace,
      person: user,
      channel,
      respond,
      ...(thread !== undefined && { thread }),
    };
    if (words === '') {
      const isAlone = isDirect(channelRefOf(workspace.id, channel));
      const work = files.length > 0 ? noFiles(isAlone) : requestContext.answerTo(asked, HELP);
      return responder.answer(asked, work);
    }
    const about = said.thread_ts === undefined ? undefined : await aboutPaper(asked, said.thread_ts, words);
    await responder.answer(asked, about ? Promise.resolve(about) : requestContext.answerSaid(asked, words));
  }

  /** @returns `undefined` when the thread is not about a paper */
  async function aboutPaper(
    asked: SlackRequest,
    root: string,
    question: string,
  ): Promise<CommandAnswer | undefined> {
    await untilRemembered();
    const message = refOf(asked.workspace.id, asked.channel, root);
    await recall(asked.workspace, message);
    const caller = await requestContext.callerOf(asked);
    return abortAfter({ ms: ANSWERABLE_MS, clock }, (signal) =>
      handlers.mentioned({ caller, question, about: [message], signal }),
    );
  }

  async function noFiles(isAlone: boolean): Promise<CommandAnswer> {
    return { card: NO_FILES, visibility: isAlone ? 'public' : 'private', ok: false };
  }
}
