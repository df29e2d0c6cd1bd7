/** Slack as a chat platform: connects, and hands what people do to the program. */
import { App } from '@slack/bolt';
import type { Logger } from '../../base/log.ts';
import type { ChatHandlers } from '../../chat/handlers.ts';
import type { PostingPort } from '../../chat/port.ts';
import { openInFlight, settledWithin } from '../../resilience/in-flight.ts';
import type { Clock } from '../../time/clock.ts';
import { PLATFORM } from './connection/addresses.ts';
import { clientOptions, type SlackSettings, toSlackLogger } from './connection/client.ts';
import { takeOnce } from './connection/dedupe.ts';
import { describeError, NotInstalled } from './connection/errors.ts';
import type { EventReceiver } from './connection/sockets.ts';
import { openForms } from './interactions/forms.ts';
import { listenToHome } from './interactions/home-tab.ts';
import { type InboundOptions, listenToPeople } from './interactions/inbound.ts';
import { listenToLinks } from './interactions/links.ts';
import { listenToMentions } from './interactions/mentions.ts';
import { openReactions } from './interactions/reactions.ts';
import { type AskingOptions, openAsking } from './interactions/request-context.ts';
import { openResponder } from './interactions/responder.ts';
import { openPosting, type Posting } from './posting/posting.ts';
import { openReceiver } from './receiver.ts';
import { openPeople } from './workspaces/permissions.ts';
import { openServed, type ServedOptions } from './workspaces/workspace-registry.ts';

export { POSTING_LIMITS } from './connection/client.ts';

export interface SlackOptions
  extends SlackSettings,
    Omit<ServedOptions, keyof SlackSettings>,
    Pick<AskingOptions, 'catalogue' | 'roots'>,
    Pick<InboundOptions, 'menu'> {
  readonly saveEmoji: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  /** Told the port of requests over HTTP. */
  readonly onListening?: (port: number) => void;
}

/** Milliseconds in which work under way must end at the stop. */
const STOP_MS = 8_000;
/** For how long a reaction or a question waits for the messages that are just being sent. */
const REMEMBERED_MS = 5_000;

export function openSlackChat(options: SlackOptions): PostingPort {
  const { clock, log, apiUrl, saveEmoji } = options;
  /** Messages that are on their way, and the rest. */
  const sending = openInFlight();
  const reacting = openInFlight();
  const mentioned = openInFlight();
  const stopping = new AbortController();
  let receiver: EventReceiver | undefined;
  let posting: Posting | undefined;

  async function start(handlers: ChatHandlers): Promise<void> {
    const served = await openServed(options, handlers, sending.follow);
    const { workspaces } = served;
    const people = openPeople(clock, log);
    posting = openPosting({ workspaces, handlers, clock });
    receiver = openReceiver(options, served.keep);
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
    takeOnce(app, handlers);
    served.listen(app);
    const responder = openResponder({ handlers, log });
    const asking = openAsking({ ...options, handlers, people });
    const forms = openForms({ ...options, handlers, asking, responder, workspaces });
    forms.listen(app, sending.follow);
    listenToPeople(app, { ...options, handlers, asking, forms, responder, workspaces }, sending.follow);
    const untilRemembered = () => settledWithin(REMEMBERED_MS, clock, sending);
    listenToMentions(
      app,
      { ...options, handlers, asking, responder, workspaces, untilRemembered },
      mentioned.follow,
    );
    listenToHome(app, { ...options, handlers, asking, responder, workspaces }, sending.follow);
    listenToLinks(app, { handlers, asking, workspaces, log }, reacting.follow);
    const reactions = openReactions({
      workspaces,
      people,
      handlers,
      saveEmoji,
      clock,
      log,
      untilRemembered,
      tell: posting.tell,
    });
    reactions.listen(app, reacting.follow);
    await app.start();
    reacting.follow(reactions.reconcile(stopping.signal)).catch((error: unknown) => {
      log.error(describeError(error), 'reactions could not be made up for');
    });
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await settledWithin(STOP_MS, clock, sending, reacting, mentioned);
    await receiver?.stop();
  }

  const started = () => {
    if (!posting) throw new Error('Slack has not started');
    return posting;
  };

  return {
    platform: PLATFORM,
    start,
    isConnected: () => receiver?.isOpen() === true,
    stop,
    repeatSafeMs: (place) => started().repeatSafeMs(place),
    post: (...args) => sending.follow(started().post(...args)),
    openThread: (...args) => started().openThread(...args),
    update: (...args) => started().update(...args),
    findPosted: (...args) => started().findPosted(...args),
    canFind: (place) => started().canFind(place),
    fateOf: (error) => started().fateOf(error),
    tell: (...args) => started().tell(...args),
  };
}

/** That a workspace has gone which still asks is no failure of ours. */
function logFailure(log: Logger, error: Error & { readonly original?: Error }): void {
  if (error.original instanceof NotInstalled)
    log.info(describeError(error.original), 'nobody is served there');
  else log.error(describeError(error), 'work for Slack failed');
}
