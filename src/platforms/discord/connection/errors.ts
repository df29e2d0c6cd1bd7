/** What a failed request to Discord means, and how it is logged without the secrets that stand in its address. */
import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { messageOf } from '../../../base/errors.ts';
import type { SendFailure } from '../../../chat/port.ts';
import { neverConnected, rootCode } from '../../shared/network-errors.ts';

// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes
export const CODES = {
  unknownChannel: RESTJSONErrorCodes.UnknownChannel,
  unknownMessage: RESTJSONErrorCodes.UnknownMessage,
  unknownWebhook: RESTJSONErrorCodes.UnknownWebhook,
  /** No acknowledgement came within three seconds. */
  unknownInteraction: RESTJSONErrorCodes.UnknownInteraction,
  alreadyAcknowledged: RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  /** The fifteen minutes in which an interaction can be answered are over. */
  invalidWebhookToken: RESTJSONErrorCodes.InvalidWebhookToken,
  closedMessages: RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  threadExists: RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage,
} as const;

/** What keeps a place from being posted to until somebody changes it, as a sentence for its manager. */
const PERMANENT = new Map<number, string>([
  [RESTJSONErrorCodes.UnknownChannel, 'The channel is gone.'],
  [RESTJSONErrorCodes.UnknownGuild, 'The server is gone, or the bot was taken off it.'],
  [
    RESTJSONErrorCodes.MissingAccess,
    'The bot cannot see the channel: give it the permission View Channel there.',
  ],
  [
    RESTJSONErrorCodes.MissingPermissions,
    'The bot may not post there: give it Send Messages, Embed Links, Create Public Threads and Send Messages in Threads.',
  ],
  [
    RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
    'Nothing can be posted in a channel of this kind.',
  ],
  [RESTJSONErrorCodes.MaximumActiveThreads, 'The server has as many open threads as Discord allows.'],
]);

export function classifyError(error: unknown): SendFailure {
  if (error instanceof RateLimitError) {
    const retryAfterMs = Math.max(error.timeToReset, error.retryAfter);
    return { kind: 'rate-limited', retryAfterMs, everywhere: error.global };
  }
  const reason = describeError(error).message;
  if (error instanceof DiscordAPIError) {
    const sentence = PERMANENT.get(Number(error.code));
    if (sentence !== undefined) return { kind: 'permanent', reason: sentence };
  }
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return error.status >= 500 ? { kind: 'ambiguous', reason } : { kind: 'not-sent', reason };
  }
  return { kind: neverConnected(error) ? 'not-sent' : 'ambiguous', reason };
}

export function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof DiscordAPIError && codes.includes(Number(error.code));
}

/** True when it is not known whether Discord carried the request out. */
export function isAmbiguous(error: unknown): boolean {
  return classifyError(error).kind === 'ambiguous';
}

export interface ErrorFacts {
  readonly message: string;
  readonly code?: string | number;
  readonly status?: number;
  readonly request?: string;
}

/** For the log: never the body that was sent, nor the token of an interaction, which stands in the path. */
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
