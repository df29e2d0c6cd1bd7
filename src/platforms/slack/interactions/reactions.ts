/** Handles reactions, and catches up on reactions from downtime. */
import type { App, types } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { Card } from '../../../chat/card.ts';
import type { ChatHandlers, ReactedMessage, Reaction } from '../../../chat/handlers.ts';
import type { MessageRef } from '../../../chat/refs.ts';
import { openRateLimiter } from '../../../resilience/rate-limiter.ts';
import { openWindowLimiter } from '../../../resilience/window-limiter.ts';
import type { Clock } from '../../../time/clock.ts';
import { PLATFORM, refOf, targetOf } from '../connection/addresses.ts';
import { describeError } from '../connection/errors.ts';
import { openTurns } from '../connection/turns.ts';
import type { Permissions } from '../workspaces/permissions.ts';
import type { Workspace, Workspaces } from '../workspaces/workspaces.ts';
import { fromSlackEmoji } from './emoji.ts';
import type { Recall } from './recall.ts';

export interface ReactionOptions {
  readonly workspaces: Workspaces;
  readonly permissions: Permissions;
  readonly handlers: ChatHandlers;
  /** The setting; names in it are not converted to characters. */
  readonly saveEmoji: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  /** Resolves when the papers of earlier messages are stored. */
  readonly untilRemembered: () => Promise<void>;
  readonly recall: Recall;
  readonly sendDirectMessage: (workspace: string, person: string, card: Card) => Promise<boolean>;
}

export interface Reactions {
  listen(app: App, follow: (work: Promise<void>) => Promise<void>): void;
  /** Catches up on reactions from downtime; stops when aborted. */
  reconcile(signal: AbortSignal): Promise<void>;
}

/** Most messages to check after downtime. */
const RECONCILED_MESSAGES = 100;
/**
 * Slack allows about fifty such requests per minute. The burst reads a few messages at once.
 * https://docs.slack.dev/reference/methods/reactions.get
 */
const QUESTION_RATE = { everyMs: 1_300, burst: 20 };

/**
 * Most direct messages about a first save per window, because Slack treats an app that opens many as spam.
 */
const NOTICES = 10;
const NOTICE_WINDOW_MS = 10 * 60_000;
/** Reactions whose latest change is remembered. */
const REMEMBERED = 1_000;

export function openReactions(options: ReactionOptions): Reactions {
  const {
    workspaces,
    permissions,
    handlers,
    saveEmoji,
    clock,
    log,
    untilRemembered,
    recall,
    sendDirectMessage,
  } = options;
  const mayNotify = openWindowLimiter(NOTICES, NOTICE_WINDOW_MS, clock);

  const oneAtATime = openTurns();
  /** Time of the latest event by reaction. */
  const latest = new Map<string, string>();

  function listen(app: App, follow: (work: Promise<void>) => Promise<void>): void {
    app.event('reaction_added', ({ event, context }) => follow(take(event, context.teamId, true)));
    app.event('reaction_removed', ({ event, context }) => follow(take(event, context.teamId, false)));
  }

  type Event = types.ReactionAddedEvent | types.ReactionRemovedEvent;

  /** Events can arrive in any order, through two sockets and repeats; the latest one counts. */
  function take(event: Event, team = '', added: boolean): Promise<void> {
    const { user, item, reaction, event_ts: at } = event;
    const key = [item.type, item.channel, item.ts, user, reaction].join(' ');
    if ((latest.get(key) ?? '') < at) remember(key, at);
    return oneAtATime(key, async () => {
      if ((latest.get(key) ?? at) === at) await takeLatest(event, team, added);
    });
  }

  function remember(key: string, at: string): void {
    latest.delete(key);
    latest.set(key, at);
    const [oldest] = latest.keys();
    if (latest.size > REMEMBERED && oldest !== undefined) latest.delete(oldest);
  }

  async function takeLatest(event: Event, team: string, added: boolean): Promise<void> {
    const { user, item, item_user, reaction } = event;
    const emoji = fromSlackEmoji(reaction, saveEmoji);
    if (item.type !== 'message' || !handlers.understands(emoji)) return;
    const workspace = await workspaces.of(team);
    if (user === workspace.user || (item_user !== undefined && item_user !== workspace.user)) return;
    if (await permissions.isBot(workspace, user)) return;
    const message = refOf(workspace.id, item.channel, item.ts);
    if (added) {
      await untilRemembered();
      await recall(workspace, message);
    }
    await react(workspace, message, user, emoji, { added });
  }

  async function react(
    workspace: Workspace,
    message: MessageRef,
    person: string,
    emoji: string,
    what: Pick<Reaction, 'added' | 'found'>,
  ): Promise<void> {
    await untilRemembered();
    const caller = {
      platform: PLATFORM,
      workspace: workspace.id,
      person,
      ...workspace.team,
      channel: message,
    };
    const card = await handlers.reacted({ message, caller, emoji, ...what });
    if (card && mayNotify()) await sendDirectMessage(workspace.id, person, card);
  }

  async function reconcile(signal: AbortSignal): Promise<void> {
    const questions = openRateLimiter(QUESTION_RATE, clock);
    for (const each of await handlers.reactable(PLATFORM, RECONCILED_MESSAGES)) {
      await questions.acquire(signal).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await reconcileMessage(each);
      } catch (error) {
        // The message is gone or unreadable; saved papers stay saved.
        log.debug(
          { ...describeError(error), message: each.message.message },
          'slack: reactions not read back',
        );
      }
    }
  }

  async function reconcileMessage({ message, known }: ReactedMessage): Promise<void> {
    const workspace = await workspaces.of(message.workspace);
    const standing = new Set<string>();
    for (const { name, users } of await reactionsOn(workspace, message)) {
      const emoji = fromSlackEmoji(name, saveEmoji);
      if (!handlers.understands(emoji)) continue;
      for (const person of users) {
        if (person === workspace.user || (await permissions.isBot(workspace, person))) continue;
        standing.add(`${person} ${emoji}`);
        await react(workspace, message, person, emoji, { added: true, found: true });
      }
    }
    for (const { person, emoji } of known) {
      if (!standing.has(`${person} ${emoji}`))
        await react(workspace, message, person, emoji, { added: false });
    }
  }

  /** Requests all users of a reaction, not just the first fifty. */
  async function reactionsOn({ client }: Workspace, { channel, message }: MessageRef) {
    const found = await client.reactions.get({ ...targetOf(channel), timestamp: message, full: true });
    return (found.message?.reactions ?? []).map(({ name = '', users = [] }) => ({ name, users }));
  }

  return { listen, reconcile };
}
