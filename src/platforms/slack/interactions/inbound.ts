/** Handles commands, buttons, menus and message shortcuts. */
import type {
  App,
  BlockAction,
  ButtonAction,
  MessageShortcut,
  SlashCommand,
  StaticSelectAction,
} from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import { sentence } from '../../../chat/card.ts';
import type { ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import type { MessageActionShape, Root } from '../../../command/define.ts';
import { isNew } from '../connection/dedupe.ts';
import { toTyped } from '../connection/typed-text.ts';
import { LINK_ID, RUN_ID, readPress } from '../rendering/buttons.ts';
import { requesterOf } from '../rendering/render.ts';
import { shortcutId } from '../workspaces/manifest.ts';
import type { Workspace, Workspaces } from '../workspaces/workspaces.ts';
import { acknowledge } from './acknowledge.ts';
import type { Forms } from './forms.ts';
import type { RequestContext } from './request-context.ts';
import type { Pressed, Responder, SlackRequest } from './responder.ts';
import { toLine } from './slash-text.ts';

export interface InboundOptions {
  readonly menu: readonly MessageActionShape[];
  readonly handlers: ChatHandlers;
  readonly requestContext: RequestContext;
  readonly forms: Forms;
  readonly responder: Responder;
  readonly workspaces: Workspaces;
  readonly log: Logger;
}

/** @param follow runs work when it has its turn, and tracks it */
export function listenToPeople(
  app: App,
  options: InboundOptions,
  follow: (work: () => Promise<void>) => Promise<void>,
): void {
  const { menu, handlers, requestContext, forms, responder, workspaces, log } = options;

  app.command(/^\//, async ({ ack, command, context, respond }) => {
    await acknowledge(ack, log);
    await follow(async () => {
      if (!(await isNew(context))) return;
      const workspace = await workspaces.of(context.teamId ?? command.team_id);
      const { user_id: person, user_name: name, channel_id: channel, trigger_id: trigger } = command;
      const asked: SlackRequest = { workspace, person, name, channel, respond, hasAddress: true };
      const line = toLine(rootOf(command), command.text);
      const answer = () => responder.answer(asked, requestContext.answerTo(asked, line));
      await converse(asked, line, trigger, answer);
    });
  });

  // Link buttons only need an acknowledgement.
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: LINK_ID }, ({ ack }) => ack());

  app.action<BlockAction<ButtonAction | StaticSelectAction>>(
    { type: 'block_actions', action_id: RUN_ID },
    async ({ ack, action, body, context, respond }) => {
      await acknowledge(ack, log);
      // Buttons in App Home are handled by `home-tab.ts`.
      if (body.channel === undefined) return;
      await follow(async () => {
        if (!(await isNew(context))) return;
        const workspace = await workspaces.of(context.teamId ?? '');
        const pressed: Pressed = { ...whereOf(body, workspace), respond, hasAddress: true };
        await press(pressed, action, body.trigger_id);
      });
    },
  );

  for (const { label } of menu) {
    app.shortcut<MessageShortcut>(
      { type: 'message_action', callback_id: shortcutId(label) },
      async ({ ack, shortcut, context, respond }) => {
        await acknowledge(ack, log);
        await follow(async () => {
          if (!(await isNew(context))) return;
          const workspace = await workspaces.of(context.teamId ?? '');
          const { user, channel } = shortcut;
          const who = { workspace, person: user.id, channel: channel.id };
          const asked: SlackRequest = { ...who, respond, hasAddress: true };
          const text = textOf(shortcut.message);
          const chosen = async () =>
            handlers.answer({ menu: label, text, caller: await requestContext.callerOf(asked) });
          await responder.answer(asked, chosen());
        });
      },
    );
  }

  /** Opens a form for a command that needs options, otherwise answers. */
  async function converse(
    asked: SlackRequest,
    line: string,
    trigger: string,
    answer: () => Promise<void>,
  ): Promise<void> {
    if (!(await forms.open(asked, line, trigger))) await answer();
  }

  async function press(
    pressed: Pressed,
    used: ButtonAction | StaticSelectAction,
    trigger: string,
  ): Promise<void> {
    const meant = readPress(used);
    if (!meant) return;
    const line = 'line' in meant ? meant.line : await handlers.lineOf(meant.key);
    if (line === undefined) {
      const card = sentence(
        'This button no longer works, because the database was restored. Type the command again.',
      );
      return responder.answer(pressed, Promise.resolve({ card, visibility: 'private', ok: false }));
    }
    if (meant.effect === 'replace' && isOwned(pressed)) {
      return responder.replace(pressed, requestContext.answerTo(pressed, line));
    }
    // Answers to buttons are private, because the channel did not ask.
    const alone = async (): Promise<CommandAnswer> => ({
      ...(await requestContext.answerTo(pressed, line)),
      visibility: 'private',
    });
    return converse(pressed, line, trigger, () => responder.answer(pressed, alone()));
  }
}

function rootOf({ command }: SlashCommand): Root {
  return command.slice(1).toLowerCase() as Root;
}

/** Locates the pressed button. Slack omits the text of ephemeral messages. */
function whereOf(
  { channel, container, message, user }: BlockAction,
  workspace: Workspace,
): Omit<Pressed, 'respond'> {
  const { message_ts, thread_ts, is_ephemeral } = container as {
    readonly message_ts?: string;
    readonly thread_ts?: string;
    readonly is_ephemeral?: boolean;
  };
  const requester = requesterOf(message?.['blocks'] ?? []);
  return {
    workspace,
    person: user.id,
    ...(user.name !== undefined && { name: user.name }),
    channel: channel?.id ?? '',
    message: message_ts ?? '',
    isPrivate: is_ephemeral === true,
    ...(requester !== undefined && { requester }),
    ...(thread_ts !== undefined && thread_ts !== message_ts && { thread: thread_ts }),
  };
}

/** True when the user may page the message in place: its requester, or the only one who sees it. */
function isOwned({ isPrivate, requester, person, channel }: Pressed): boolean {
  return isPrivate || channel.startsWith('D') || requester === person;
}

/** Returns all text and URLs of a message, including its blocks, previews and the titles of its files. */
function textOf({ text = '', ...rest }: MessageShortcut['message']): string {
  const titles = ((rest['files'] ?? []) as readonly { readonly title?: string }[]).map(({ title }) => ({
    title,
  }));
  return [toTyped(text), ...wordsIn([rest['blocks'], rest['attachments'], titles])].join('\n');
}

/** Properties of blocks and attachments that contain visible text, or where it leads. */
const WORDS: ReadonlySet<string> = new Set([
  ...['text', 'pretext', 'title', 'fallback', 'footer', 'author_name'],
  ...['url', 'from_url', 'title_link', 'title_url', 'author_link'],
]);

function wordsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsIn);
  if (typeof node !== 'object' || node === null) return [];
  // The value of an attachment's field is visible, but not the value of a button or an option.
  const isField = 'title' in node && !('type' in node);
  return Object.entries(node).flatMap(([key, value]) => {
    if (typeof value !== 'string') return wordsIn(value);
    return WORDS.has(key) || (isField && key === 'value') ? [value] : [];
  });
}
