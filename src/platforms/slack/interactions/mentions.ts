/**
 * The bot is spoken to: by its name in a channel, or in a conversation of its own. What is said under a paper is a question about it;
 * elsewhere it is a command, or words to look for.
 */
import type { App } from '@slack/bolt';
import type { ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import type { Catalogue } from '../../../command/catalogue.ts';
import { formatLine } from '../../../command/line.ts';
import { commandNamedBy } from '../../../command/parse.ts';
import { refOf } from '../connection/addresses.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
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
  /** Resolves when what was sent before is known to show its papers. */
  readonly untilRemembered: () => Promise<void>;
}

interface Said {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly user?: string | undefined;
  readonly text?: string | undefined;
}

export function listenToMentions(
  app: App,
  options: MentionOptions,
  follow: (work: Promise<void>) => Promise<void>,
): void {
  const { catalogue, handlers, requestContext, responder, workspaces, untilRemembered } = options;

  app.event('app_mention', async ({ event, context }) => {
    // Two bots that answer whoever names them would go on for ever.
    if (event.bot_id !== undefined) return;
    await follow(answer(event, context.teamId ?? '', true));
  });

  app.event('message', async ({ event, context }) => {
    // Changed and deleted messages, and those of bots, have a subtype; in a channel it is by name that the bot is spoken to.
    if (event.channel_type !== 'im' || event.subtype !== undefined) return;
    if ('bot_id' in event && event.bot_id !== undefined) return;
    await follow(answer(event, context.teamId ?? '', false));
  });

  async function answer(said: Said, team: string, inThread: boolean): Promise<void> {
    const { channel, user, text = '', ts, thread_ts: thread = inThread ? ts : undefined } = said;
    if (user === undefined) return;
    const workspace = await workspaces.of(team);
    const words = lineOfMention(text, workspace.user);
    if (words === '' || user === workspace.user) return;
    const respond = aloneIn(workspace.client, channel, user);
    const asked: SlackRequest = {
      workspace,
      person: user,
      channel,
      respond,
      ...(thread !== undefined && { thread }),
    };
    const about = said.thread_ts === undefined ? undefined : await aboutPaper(asked, said.thread_ts, words);
    await responder.answer(
      asked,
      about ? Promise.resolve(about) : requestContext.answerTo(asked, lineOf(words)),
    );
  }

  /** @returns `undefined` where the thread began with no paper */
  async function aboutPaper(
    asked: SlackRequest,
    root: string,
    question: string,
  ): Promise<CommandAnswer | undefined> {
    await untilRemembered();
    const card = await handlers.mentioned({
      caller: await requestContext.callerOf(asked, 'papers'),
      question,
      about: [refOf(asked.workspace.id, asked.channel, root)],
      signal: AbortSignal.timeout(ANSWERABLE_MS),
    });
    return card && { card, visibility: 'public', ok: true };
  }

  function lineOf(words: string): string {
    if (commandNamedBy(catalogue, words)) return words;
    return formatLine({ root: 'papers', name: 'search', args: { query: words } });
  }
}
