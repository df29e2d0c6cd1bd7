/** The numbers of Slack's platform that the fake holds to, as https://docs.slack.dev documents them. */

/** Commands, actions, shortcuts, options, views and events: a word within this time. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000;
export const TRIGGER_LIVES_MS = 3_000;
export const RESPONSE_URL_LIVES_MS = 30 * 60_000;
export const RESPONSE_URL_USES = 5;
/** Of an installation, between the person's word and the exchange. */
export const CODE_LIVES_MS = 10 * 60_000;
/** An event that nobody took comes again after these, with the same `event_id`. */
export const RETRIES_AFTER_MS: readonly number[] = [0, 60_000, 5 * 60_000];
export const SOCKETS = 10;

/** What the bot of this project asks for; `history` adds those that read back. */
export const SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:join',
  'channels:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'groups:read',
  'im:history',
  'im:write',
  'links:read',
  'links:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
];

export const HISTORY_SCOPES: readonly string[] = ['channels:history', 'groups:history', 'mpim:history'];
