/** Constants of Slack's platform that the fake uses, as documented at https://docs.slack.dev. */

/** Time limit for the acknowledgement of commands, actions, shortcuts, options, views and events. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000;
export const TRIGGER_LIVES_MS = 3_000;
export const RESPONSE_URL_LIVES_MS = 30 * 60_000;
export const RESPONSE_URL_USES = 5;
/** Time between a person's consent and the exchange of the code. */
export const CODE_LIVES_MS = 10 * 60_000;
/** Delays before an event without acknowledgement is sent again, with the same `event_id`. */
export const RETRIES_AFTER_MS: readonly number[] = [0, 60_000, 5 * 60_000];
export const SOCKETS = 10;

/** The scopes that this project's bot requests; `history` adds those that read messages back. */
export const SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:join',
  'channels:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'files:write',
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
