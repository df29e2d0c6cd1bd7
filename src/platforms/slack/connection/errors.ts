/** Classifies failed requests to Slack, and describes them for the log without their content. */
import { webApi } from '@slack/bolt';
import { messageOf, UserError } from '../../../base/errors.ts';
import type { SendFailure } from '../../../chat/port.ts';
import { neverConnected, rootCode } from '../../shared/network-errors.ts';

const LEFT = 'That person is no longer in the workspace.';
const OTHER_KIND = 'Nothing can be posted in a channel of this kind.';

/** Errors that last until someone acts, with a sentence for the channel manager. */
const PERMANENT: ReadonlyMap<string, string> = new Map([
  [
    'channel_not_found',
    'The channel was deleted, or it is private. For a private channel, type /invite @paperboy there.',
  ],
  ['not_in_channel', 'The bot is not in the channel. Type /invite @paperboy there.'],
  ['is_archived', 'The channel is archived.'],
  [
    'restricted_action',
    'Only some people can post in the channel. Ask an administrator to let the bot post there.',
  ],
  [
    'restricted_action_read_only_channel',
    'Only chosen people can post in the channel. Ask an administrator to add the bot.',
  ],
  [
    'restricted_action_thread_only_channel',
    'The channel only allows replies. Ask an administrator to let the bot post messages there.',
  ],
  ['restricted_action_non_threadable_channel', 'Threads are disabled in the channel.'],
  ['message_not_found', 'The message was deleted.'],
  ['thread_not_found', 'The first message of the thread was deleted.'],
  ['cannot_reply_to_message', 'The first message of the thread does not allow replies.'],
  [
    'messages_tab_disabled',
    'The bot cannot send direct messages. Enable the Messages tab in the app’s settings.',
  ],
  ['user_not_found', LEFT],
  ['user_disabled', LEFT],
  ['user_not_visible', LEFT],
  ['cannot_dm_bot', 'Bots get no direct messages.'],
  [
    'posting_to_general_channel_denied',
    'Only some people can post in the channel. Ask an administrator to let the bot post there.',
  ],
  ['method_not_supported_for_channel_type', OTHER_KIND],
  ['channel_type_not_supported', OTHER_KIND],
  ['ekm_access_denied', 'The administrators of the workspace have suspended posting.'],
  [
    'missing_scope',
    'The app lacks a permission. Paste the new manifest (paperboy manifest) and install the app again.',
  ],
  [
    'no_permission',
    'The app lacks a permission. Paste the new manifest (paperboy manifest) and install the app again.',
  ],
  ['access_denied', 'The workspace does not allow the bot to post there.'],
  [
    'team_access_not_granted',
    'The workspace has not approved the app. Ask an administrator of the workspace to approve it.',
  ],
]);

/** The permanent errors that no change of permissions can fix. */
const GONE: ReadonlySet<string> = new Set([
  'cannot_dm_bot',
  'cannot_reply_to_message',
  'is_archived',
  'message_not_found',
  'thread_not_found',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
]);
/** The permanent errors about a single message. */
const OF_MESSAGE: ReadonlySet<string> = new Set(['message_not_found']);

/** Slack no longer accepts the token. https://docs.slack.dev/reference/methods/auth.test#errors */
const REFUSED: ReadonlySet<string> = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_disabled',
  'token_expired',
  'token_revoked',
]);

/** Documented as: "It's possible some aspect of the operation succeeded before the error was raised". */
const UNCLEAR: ReadonlySet<string> = new Set(['fatal_error', 'internal_error', 'request_timeout']);

/** The token itself is invalid. */
const DEAD: ReadonlySet<string> = new Set(['account_inactive', 'invalid_auth', 'token_revoked']);
/**
 * The workspace revoked the token. Not `invalid_auth`, which Slack also sends to IP addresses that the app
 * does not allow.
 */
const TAKEN_BACK: ReadonlySet<string> = new Set(['account_inactive', 'token_revoked']);

/** The workspace has not installed the bot, or has removed it. */
export class NotInstalled extends UserError {
  constructor(workspace: string) {
    super(`The bot is not installed in workspace ${workspace}. Install it there.`);
  }
}

export function classifyError(error: unknown): SendFailure {
  if (error instanceof NotInstalled) return { kind: 'permanent', of: 'place', reason: error.message };
  // Our own error, thrown before a request was sent.
  if (error instanceof UserError) return { kind: 'not-sent', reason: error.message };
  if (error instanceof webApi.WebAPIRateLimitedError) {
    // Slack's limits apply per workspace, method and channel, so other workspaces are not affected.
    return { kind: 'rate-limited', retryAfterMs: error.retryAfter * 1_000, everywhere: false };
  }
  const reason = describeError(error).message;
  const word = refusalOf(error);
  if (word !== undefined) {
    if (REFUSED.has(word)) {
      const removed = 'The bot was removed from the workspace. Install it again.';
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

/** Returns Slack's error code, such as `channel_not_found`; `undefined` for any other failure. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

/** True when Slack no longer accepts the token. */
export function isRevoked(error: unknown): boolean {
  return REFUSED.has(refusalOf(error) ?? '');
}

/** True when the token itself is invalid. */
export function isDead(error: unknown): boolean {
  return DEAD.has(refusalOf(error) ?? '');
}

/** True when the workspace revoked the token or removed the app. */
export function isTakenBack(error: unknown): boolean {
  return TAKEN_BACK.has(refusalOf(error) ?? '');
}

/** Returns the missing scope for a `missing_scope` error. */
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

/** Describes an error for the log, without the request body. */
export function describeError(error: unknown): ErrorFacts {
  const word = refusalOf(error);
  if (word !== undefined) {
    const scope = missingScope(error);
    return { message: `Slack error: ${word}${scope === undefined ? '' : ` (${scope})`}`, code: word };
  }
  const code = rootCode(error);
  // A response URL is as sensitive as a password.
  const message = messageOf(error).replace(/(https?:\/\/[^/\s]+)\/\S*/g, '$1/[hidden]');
  return { message, ...(code !== undefined && { code }) };
}
