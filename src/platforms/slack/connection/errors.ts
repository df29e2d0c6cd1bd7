/** What a failed request to Slack means, and how it is logged without what was sent. */
import { webApi } from '@slack/bolt';
import { messageOf, UserError } from '../../../base/errors.ts';
import type { SendFailure } from '../../../chat/port.ts';
import { neverConnected, rootCode } from '../../shared/network-errors.ts';

/** What keeps a place from being posted to until somebody changes it, as a sentence for its manager. */
const PERMANENT: ReadonlyMap<string, string> = new Map([
  [
    'channel_not_found',
    'The channel is gone, or is private and the bot is not in it: /invite @paperboy there.',
  ],
  ['not_in_channel', 'The bot is not in the channel: /invite @paperboy there.'],
  ['is_archived', 'The channel is archived.'],
  [
    'restricted_action',
    'An administrator lets only some people post in the channel: let the bot post there.',
  ],
  [
    'restricted_action_read_only_channel',
    'Nobody may post in the channel but those whom an administrator names: name the bot.',
  ],
  [
    'restricted_action_thread_only_channel',
    'Only replies are allowed in the channel: let the bot post messages there.',
  ],
  ['restricted_action_non_threadable_channel', 'Threads are switched off in the channel.'],
  ['message_not_found', 'The message was removed.'],
  ['thread_not_found', 'The message that the thread started from is gone.'],
  ['cannot_reply_to_message', 'The message that the thread started from takes no replies.'],
  [
    'messages_tab_disabled',
    'The bot takes no direct messages: switch its Messages tab on in the app’s settings.',
  ],
  ['user_not_found', 'That person is not in the workspace any more.'],
  ['user_disabled', 'That person is not in the workspace any more.'],
  [
    'missing_scope',
    'The app may not do that: paste the new manifest (paperboy manifest) and install it again.',
  ],
  [
    'no_permission',
    'The app may not do that: paste the new manifest (paperboy manifest) and install it again.',
  ],
  ['access_denied', 'The workspace does not let the bot post there.'],
  ['team_access_not_granted', 'The workspace has not let the bot in: install it there.'],
]);

/** Of those: what no change of rights brings back. */
const GONE: ReadonlySet<string> = new Set([
  'cannot_reply_to_message',
  'is_archived',
  'message_not_found',
  'thread_not_found',
  'user_disabled',
  'user_not_found',
]);
/** Of those: what is wrong with one message, or with the thread that it was to stand in. */
const OF_MESSAGE: ReadonlySet<string> = new Set(['message_not_found']);

/** Slack does not know us any more. https://docs.slack.dev/reference/methods/auth.test#errors */
const REFUSED: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_disabled',
  'token_expired',
  'token_revoked',
]);

/** "It's possible some aspect of the operation succeeded before the error was raised", say the pages of all methods. */
const UNCLEAR: ReadonlySet<string> = new Set(['fatal_error', 'internal_error', 'request_timeout']);

/** Slack's word that a token is good for nothing, whatever else it may refuse. */
const DEAD: ReadonlySet<string> = new Set(['account_inactive', 'invalid_auth', 'token_revoked']);
/** Its word that the workspace took the token back; `invalid_auth` is also said to an address that the app does not allow. */
const TAKEN_BACK: ReadonlySet<string> = new Set(['account_inactive', 'token_revoked']);

/** A workspace that has not installed the bot, or not any more. */
export class NotInstalled extends UserError {
  constructor(workspace: string) {
    super(`The bot is not in the workspace ${workspace}: install it there.`);
  }
}

export function classifyError(error: unknown): SendFailure {
  if (error instanceof NotInstalled) return { kind: 'permanent', of: 'place', reason: error.message };
  // Our own, from before anything was sent.
  if (error instanceof UserError) return { kind: 'not-sent', reason: error.message };
  if (error instanceof webApi.WebAPIRateLimitedError) {
    // Slack counts by workspace, and within it by method and channel: the others are not concerned.
    return { kind: 'rate-limited', retryAfterMs: error.retryAfter * 1_000, everywhere: false };
  }
  const reason = describeError(error).message;
  const word = refusalOf(error);
  if (word !== undefined) {
    if (REFUSED.has(word)) {
      const removed = 'The bot was removed from the workspace: install it again.';
      return { kind: 'permanent', of: 'place', reason: removed };
    }
    const sentence = PERMANENT.get(word);
    if (sentence !== undefined) {
      const of = OF_MESSAGE.has(word) ? 'message' : 'place';
      return { kind: 'permanent', of, reason: sentence, ...(GONE.has(word) && { isGone: true }) };
    }
    return { kind: UNCLEAR.has(word) ? 'ambiguous' : 'not-sent', reason };
  }
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode < 500) return { kind: 'not-sent', reason };
  return { kind: neverConnected(error) ? 'not-sent' : 'ambiguous', reason };
}

/** Slack's own word for its no, such as `channel_not_found`; `undefined` for anything else that went wrong. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** True when the token is good for nothing any more. */
export function isRevoked(error: unknown): boolean {
  return REFUSED.has(refusalOf(error) ?? '');
}

/** True when Slack says that the token itself does not serve here any more, for whatever reason. */
export function isDead(error: unknown): boolean {
  return DEAD.has(refusalOf(error) ?? '');
}

/** True when that is because the workspace took it back, or the app is gone from there. */
export function isTakenBack(error: unknown): boolean {
  return TAKEN_BACK.has(refusalOf(error) ?? '');
}

/** The scope that Slack misses, where that is what it says. */
export function missingScope(error: unknown): string | undefined {
  if (refusalOf(error) !== 'missing_scope' || !(error instanceof webApi.WebAPIPlatformError))
    return undefined;
  const { needed } = error.data as { readonly needed?: string };
  return needed;
}

export interface ErrorFacts {
  readonly message: string;
  readonly code?: string;
}

/** For the log: never the body that was sent, which people wrote. */
export function describeError(error: unknown): ErrorFacts {
  const word = refusalOf(error);
  if (word !== undefined) {
    const scope = missingScope(error);
    return { message: `Slack refused: ${word}${scope === undefined ? '' : ` (${scope})`}`, code: word };
  }
  const code = rootCode(error);
  // The address of an answer is as good as a password.
  const message = messageOf(error).replace(/(https?:\/\/[^/\s]+)\/\S*/g, '$1/[hidden]');
  return { message, ...(code !== undefined && { code }) };
}
