/** Slack as a chat platform: connects, and passes commands, buttons and events to the program. */
import { createHash } from 'node:crypto';
import { App } from '@slack/bolt';
import { compact } from '../../base/compact.ts';
import type { Logger } from '../../base/log.ts';
import type { ChatHandlers } from '../../chat/handlers.ts';
import type { PostingPort } from '../../chat/port.ts';
import { drainWithin, openInFlight } from '../../resilience/in-flight.ts';
import { openInTurn } from '../../resilience/in-turn.ts';
import type { OpenSharedPace } from '../../resilience/rate-limiter.ts';
import type { Clock } from '../../time/clock.ts';
import { PLATFORM } from './connection/addresses.ts';
import { clientOptions, POSTING_LIMITS, type SlackSettings, toSlackLogger } from './connection/client.ts';
import { dropRepeats } from './connection/dedupe.ts';
import { describeError, NotInstalled } from './connection/errors.ts';
import type { EventReceiver } from './connection/sockets.ts';
import { openForms } from './interactions/forms.ts';
import { listenToHome } from './interactions/home-tab.ts';
import { type InboundOptions, listenToPeople } from './interactions/inbound.ts';
import { listenToLinks } from './interactions/links.ts';
import { listenToMentions } from './interactions/mentions.ts';
import { openReactions } from './interactions/reactions.ts';
import { openRecall } from './interactions/recall.ts';
import { openRequestContext, type RequestContextOptions } from './interactions/request-context.ts';
import { openResponder } from './interactions/responder.ts';
import { openPosting, type Posting } from './posting/posting.ts';
import { openReceiver } from './receiver.ts';
import { openPermissions } from './workspaces/permissions.ts';
import {
  listenToChannels,
  openWorkspaceRegistry,
  type WorkspaceRegistryOptions,
} from './workspaces/workspace-registry.ts';

export interface SlackOptions
  extends SlackSettings,
    Omit<WorkspaceRegistryOptions, keyof SlackSettings>,
    Pick<RequestContextOptions, 'catalogue' | 'roots'>,
    Pick<InboundOptions, 'menu'> {
  readonly saveEmoji: readonly string[];
  readonly clock: Clock;
  /** Absent if there is only one process. */
  readonly openSharedPace?: OpenSharedPace;
  readonly log: Logger;
  /** Called with the port of the HTTP server. */
  readonly onListening?: (port: number) => void;
}

/** Milliseconds that a stop waits for running work. */
const STOP_MS = 8_000;
/** Milliseconds that a reaction or a question waits for messages that are being sent. */
const REMEMBERED_MS = 5_000;

export function openSlackChat(options: SlackOptions): PostingPort {
  const { clock, log, apiUrl, saveEmoji } = options;
  /** Running work: messages being sent, reactions, mentions. */
  const sending = openInFlight();
  const reacting = openInFlight();
  const mentioned = openInFlight();
  const inTurn = openInTurn({ clock });
  const stopping = new AbortController();
  let receiver: EventReceiver | undefined;
  let posting: Posting | undefined;

  async function start(handlers: ChatHandlers): Promise<void> {
    const registry = await openWorkspaceRegistry(options, handlers, sending.follow);
    const { workspaces } = registry;
    const permissions = openPermissions(clock, log);
    posting = openPosting({
      workspaces,
      handlers,
      clock,
      ...compact({ openSharedPace: options.openSharedPace }),
    });
    receiver = openReceiver(options, registry.save, (state) =>
      handlers.markSeen(PLATFORM, [`oauth ${createHash('sha256').update(state).digest('base64url')}`]),
    );
    const app = new App({
      receiver,
      logger: toSlackLogger(log),
      clientOptions: clientOptions(apiUrl, log),
      convoStore: false,
      async authorize({ teamId }) {
        const { token, bot, user, id } = await workspaces.of(teamId ?? '');
        return { botToken: token, botId: bot, botUserId: user, teamId: id };
      },
    });
    app.error(async (error) => logFailure(log, error));
    dropRepeats(app, handlers);
    registry.listen(app);
    const recall = openRecall({ handlers, log });
    const responder = openResponder({ handlers, permissions, clock, log });
    const requestContext = openRequestContext({ ...options, handlers, permissions });
    const forms = openForms({ ...options, handlers, requestContext, responder, workspaces });
    forms.listen(app, sending.follow);
    listenToPeople(app, { ...options, handlers, requestContext, forms, responder, workspaces }, (work) =>
      sending.follow(inTurn(work)),
    );
    const untilRemembered = () => drainWithin(REMEMBERED_MS, clock, sending);
    listenToMentions(
      app,
      { ...options, handlers, requestContext, responder, workspaces, recall, untilRemembered },
      mentioned.follow,
    );
    listenToHome(app, { ...options, handlers, requestContext, responder, workspaces }, sending.follow);
    listenToChannels(app, { handlers, workspaces }, reacting.follow);
    listenToLinks(app, { handlers, requestContext, workspaces, log }, reacting.follow);
    const reactions = openReactions({
      workspaces,
      permissions,
      handlers,
      saveEmoji,
      clock,
      log,
      untilRemembered,
      recall,
      sendDirectMessage: posting.sendDirectMessage,
    });
    reactions.listen(app, reacting.follow);
    await app.start();
    reacting.follow(reactions.reconcile(stopping.signal)).catch((error: unknown) => {
      log.error(describeError(error), 'slack: reactions not reconciled');
    });
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await drainWithin(STOP_MS, clock, sending, reacting, mentioned);
    await receiver?.stop();
  }

  const started = () => {
    if (!posting) throw new Error('Slack has not started');
    return posting;
  };

  return {
    platform: PLATFORM,
    limits: POSTING_LIMITS,
    takesReactions: true,
    start,
    isConnected: () => receiver?.isOpen() === true,
    stop,
    idempotencyWindowMs: (channel) => started().idempotencyWindowMs(channel),
    post: (...args) => sending.follow(started().post(...args)),
    openThread: (...args) => started().openThread(...args),
    update: (...args) => started().update(...args),
    findPosted: (...args) => started().findPosted(...args),
    canFind: (...args) => started().canFind(...args),
    startsThreads: (channel) => started().startsThreads(channel),
    nameOf: (channel) => started().nameOf(channel),
    aboutOf: (channel) => started().aboutOf(channel),
    visibleTo: (...args) => started().visibleTo(...args),
    classifyError: (...args) => started().classifyError(...args),
    sendDirectMessage: (...args) => started().sendDirectMessage(...args),
    readPast: (...args) => started().readPast(...args),
  };
}

/** Logs a failure. A request from a workspace that removed the bot is not an error. */
function logFailure(log: Logger, error: Error & { readonly original?: Error }): void {
  if (error.original instanceof NotInstalled)
    log.info(describeError(error.original), 'slack: workspace not installed');
  else log.error(describeError(error), 'slack: handler failed');
}
