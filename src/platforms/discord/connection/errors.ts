/** Classifies failed requests to Discord, and describes them for the log without secrets from the URL. */
import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { messageOf } from '../../../base/errors.ts';
import type { Refusal, SendFailure } from '../../../chat/port.ts';
import { neverConnected, rootCode } from '../../shared/network-errors.ts';

// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
export const CODES = {
  unknownChannel: RESTJSONErrorCodes.UnknownChannel,
  unknownMessage: RESTJSONErrorCodes.UnknownMessage,
  unknownWebhook: RESTJSONErrorCodes.UnknownWebhook,
  /** There was no acknowledgement within three seconds. */
  unknownInteraction: RESTJSONErrorCodes.UnknownInteraction,
  alreadyAcknowledged: RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  /** The interaction can no longer be answered after fifteen minutes. */
  invalidWebhookToken: RESTJSONErrorCodes.InvalidWebhookToken,
  missingAccess: RESTJSONErrorCodes.MissingAccess,
  missingPermissions: RESTJSONErrorCodes.MissingPermissions,
  closedMessages: RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  noCommonServer: RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  unknownUser: RESTJSONErrorCodes.UnknownUser,
  /** The channel is a forum, or another one without messages of its own. */
  notAMessageChannel: RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
  threadExists: RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
} as const;

type Facts = Omit<Refusal, 'kind'>;

const ofPlace = (reason: string): Facts => ({ of: 'place', reason });
const gone = (of: Facts['of'], reason: string): Facts => ({ of, reason, isGone: true });

const NO_FREE_TAG = ofPlace(
  'The forum requires a tag on each post, and has none that the bot may use. Add one, such as Papers.',
);
const TOO_MANY_THREADS = ofPlace(
  'The server has reached Discord’s limit of open threads. Close some of them.',
);

/** Permanent failures, with a sentence for the channel's manager. */
const PERMANENT = new Map<number, Facts>([
  [RESTJSONErrorCodes.UnknownChannel, gone('place', 'The channel is gone.')],
  [RESTJSONErrorCodes.UnknownGuild, gone('place', 'The server is gone, or the bot was removed from it.')],
  [RESTJSONErrorCodes.UnknownMessage, gone('message', 'The message was removed.')],
  [
    RESTJSONErrorCodes.MissingAccess,
    ofPlace('The bot cannot see the channel. Give it the permission View Channel there.'),
  ],
  [
    RESTJSONErrorCodes.MissingPermissions,
    ofPlace(
      'The bot cannot post there. Give it Send Messages, Embed Links, Create Public Threads and Send Messages in Threads.',
    ),
  ],
  [
    RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
    ofPlace('Nothing can be posted in a channel of this kind.'),
  ],
  [
    RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
    ofPlace('Nothing can be posted in a channel of this kind.'),
  ],
  [RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel, NO_FREE_TAG],
  [RESTJSONErrorCodes.ThereAreNoTagsAvailableThatCanBeSetByNonModerators, NO_FREE_TAG],
  [RESTJSONErrorCodes.MaximumActiveThreads, TOO_MANY_THREADS],
  [RESTJSONErrorCodes.MaximumActiveAnnouncementThreads, TOO_MANY_THREADS],
  [
    RESTJSONErrorCodes.CannotSendMessagesToThisUser,
    ofPlace(
      'Discord did not deliver a direct message. Allow direct messages in the privacy settings of a server that you share with the bot.',
    ),
  ],
  [CODES.noCommonServer, gone('place', 'That person no longer shares a server with the bot.')],
  [CODES.unknownUser, gone('place', 'That person is no longer on Discord.')],
  // The bot does not reopen a thread that moderators closed or that was archived as inactive.
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread, gone('place', 'The thread is archived.')],
  [RESTJSONErrorCodes.ThreadLocked, gone('place', 'The thread is locked.')],
  [RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration, blocked('message')],
  [RESTJSONErrorCodes.TitleWasBlockedByAutomaticModeration, blocked('title')],
  [RESTJSONErrorCodes.MessageBlockedByHarmfulLinksFilter, blocked('link')],
]);

/** Refusals with 403 or 404 that end by themselves. */
const PASSING: ReadonlySet<number> = new Set([
  RESTJSONErrorCodes.CloudflareIsBlockingYourRequest,
  RESTJSONErrorCodes.FeatureTemporarilyDisabledServerSide,
  RESTJSONErrorCodes.OpeningDirectMessagesTooFast,
  RESTJSONErrorCodes.SendMessagesHasBeenTemporarilyDisabled,
]);

function blocked(what: string): Facts {
  return { of: 'message', reason: `The server’s AutoMod blocked a ${what}. Exempt the bot from that rule.` };
}

export function classifyError(error: unknown): SendFailure {
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.timeToReset, error.retryAfter);
    return { kind: 'rate-limited', retryAfterMs, everywhere: error.global };
  }
  const reason = describeError(error).message;
  if (error instanceof DiscordAPIError) {
    const refusal = refusalOf(error);
    if (refusal) return { kind: 'permanent', ...refusal };
  }
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return error.status >= 500 ? { kind: 'ambiguous', reason } : { kind: 'not-sent', reason };
  }
  return { kind: neverConnected(error) ? 'not-sent' : 'ambiguous', reason };
}

/** Any other 403 or 404 with a code of Discord’s means that the bot may not, or that something is missing. */
function refusalOf({ code, status, message }: DiscordAPIError): Facts | undefined {
  const known = PERMANENT.get(Number(code));
  if (known || (status !== 403 && status !== 404) || PASSING.has(Number(code))) return known;
  const [said = ''] = withoutTokens(message).split('\n', 1);
  return ofPlace(`Discord refuses this: ${said}.`);
}

export function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}

/** True when Discord may or may not have carried out the request. */
export function isAmbiguous(error: unknown): boolean {
  return classifyError(error).kind === 'ambiguous';
}

export interface ErrorFacts {
  readonly message: string;
  readonly code?: string | number;
  readonly status?: number;
  readonly request?: string;
}

/** Describes an error for the log, without the request body and the interaction token in the path. */
export function describeError(error: unknown): ErrorFacts {
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return {
      message: withoutTokens(error.message).split('\n', 1)[0] ?? '',
      ...(error instanceof DiscordAPIError && { code: error.code }),
      status: error.status,
      request: `${error.method} ${withoutTokens(pathOf(error.url))}`,
    };
  }
  const code = rootCode(error);
  return { message: withoutTokens(messageOf(error)), ...(code !== undefined && { code }) };
}

/** `/webhooks/ID/TOKEN`, `/interactions/ID/TOKEN`. */
function withoutTokens(text: string): string {
  return text.replace(/(\/(?:webhooks|interactions)\/\d+\/)[^/?\s]+/g, '$1[hidden]');
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
