/** Checks a Slack workspace: its token, the scopes of the app, and the channels with feeds. */

import { type Diagnostic, failing, info, ok } from '../../base/diagnostic.ts';
import type { Logger } from '../../base/log.ts';
import { openRateLimiter } from '../../resilience/rate-limiter.ts';
import { systemClock } from '../../time/clock.ts';
import { openWebClient, type SlackSettings } from './connection/client.ts';
import { describeError, isRevoked, refusalOf } from './connection/errors.ts';
import { HISTORY_SCOPES, SCOPES } from './workspaces/manifest.ts';

/** A workspace to check. */
export interface Examined {
  readonly token: string;
  /** The next step when Slack rejects the token. */
  readonly mend: string;
}

export interface ExamineOptions {
  readonly settings: Pick<SlackSettings, 'appToken' | 'apiUrl'>;
  readonly log: Logger;
}

/** The next step when Slack rejects `SLACK_BOT_TOKEN`. */
export const COPY_BOT_TOKEN =
  'Copy the Bot User OAuth Token (xoxb-…) from api.slack.com/apps → Install App and set SLACK_BOT_TOKEN.';

const SUBJECT = 'Slack';
const NEW_MANIFEST =
  'Paste the new manifest (npm run -s paperboy -- manifest) at api.slack.com/apps → App Manifest, and install the app again.';
/** Channels to name; more are only counted. */
const NAMED = 5;
/** Slack allows about fifty such requests per minute. */
const QUESTION_RATE = { everyMs: 1_300, burst: 20 };

/**
 * @param channelsOf returns the ids of a workspace's channels with feeds
 * Never throws.
 */
export async function examineWorkspace(
  { token, mend }: Examined,
  channelsOf: (workspace: string) => readonly string[],
  { settings, log }: ExamineOptions,
): Promise<Diagnostic[]> {
  const client = openWebClient(token, settings.apiUrl, log);
  try {
    const { team = '', team_id: id = '', user, response_metadata: metadata } = await client.auth.test();
    const subject = `${SUBJECT}, ${team}`;
    const scopes = new Set<string>(metadata?.scopes);
    return [
      ok(subject, `the bot is installed as ${user ?? 'itself'}`),
      ...examineScopes(subject, scopes),
      ...(await examineChannels(subject, client, channelsOf(id), scopes.has('chat:write.public'))),
    ];
  } catch (error) {
    const text = isRevoked(error)
      ? `Slack rejected the token (${refusalOf(error)}). ${mend}`
      : unreachable(error);
    return [failing(SUBJECT, text)];
  }
}

/** Apps that were installed before lists could be exported lack it, and work without. */
const FOR_FILES = 'files:write';

function examineScopes(subject: string, scopes: ReadonlySet<string>): Diagnostic[] {
  const missing = SCOPES.filter((scope) => scope !== FOR_FILES && !scopes.has(scope));
  const unread = HISTORY_SCOPES.filter((scope) => !scopes.has(scope));
  return [
    ...(missing.length === 0
      ? []
      : [failing(subject, `the app lacks ${missing.join(', ')}. ${NEW_MANIFEST}`)]),
    ...(scopes.has(FOR_FILES)
      ? []
      : [info(subject, `without ${FOR_FILES}, lists cannot be exported. ${NEW_MANIFEST}`)]),
    ...(unread.length === 0
      ? []
      : [
          info(
            subject,
            `without ${unread.join(', ')}, channels cannot be imported, and unconfirmed posts need review: npm run paperboy -- deliveries --state parked`,
          ),
        ]),
  ];
}

type Client = ReturnType<typeof openWebClient>;

interface Seen {
  readonly name: string;
  /** True when the bot is not in it and cannot post from outside. */
  readonly shut: boolean;
  readonly outside: boolean;
}

async function examineChannels(
  subject: string,
  client: Client,
  channels: readonly string[],
  postsAnywhere: boolean,
): Promise<Diagnostic[]> {
  const seen: Seen[] = [];
  const questions = openRateLimiter(QUESTION_RATE, systemClock);
  for (const channel of channels) {
    await questions.acquire();
    seen.push(await see(client, channel, postsAnywhere));
  }
  const shut = seen.filter((each) => each.shut);
  const outside = seen.filter((each) => each.outside && !each.shut);
  return [
    ...(shut.length === 0
      ? []
      : [
          failing(
            subject,
            `feeds post to ${listed(shut)}, but the bot is not there. Invite it: /invite @paperboy`,
          ),
        ]),
    ...(outside.length === 0
      ? []
      : [
          info(
            subject,
            `the bot posts to ${listed(outside)} without being a member, so it cannot check for unconfirmed posts. Invite it: /invite @paperboy`,
          ),
        ]),
  ];
}

async function see(client: Client, channel: string, postsAnywhere: boolean): Promise<Seen> {
  try {
    const { channel: facts } = await client.conversations.info({ channel });
    const outside = facts?.is_member !== true && facts?.is_im !== true;
    const name = facts?.name === undefined ? channel : `#${facts.name}`;
    return { name, outside, shut: outside && (facts?.is_private === true || !postsAnywhere) };
  } catch (error) {
    // Slack hides private channels that the bot is not in.
    if (refusalOf(error) !== 'channel_not_found') throw error;
    return { name: channel, outside: true, shut: true };
  }
}

function listed(channels: readonly Seen[]): string {
  const names = channels.slice(0, NAMED).map(({ name }) => name);
  const others = channels.length > NAMED ? ` and ${channels.length - NAMED} more` : '';
  return `${names.join(', ')}${others}`;
}

/** Describes a failure without an error code from Slack. */
export function unreachable(error: unknown): string {
  return `Unexpected response from Slack: ${describeError(error).message}. Check the network.`;
}
