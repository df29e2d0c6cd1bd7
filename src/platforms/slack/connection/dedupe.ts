/**
 * Drops repeated events and requests. Slack resends unconfirmed events with the same id, also after a restart
 * of the bot. An attacker could replay a signed request.
 */
import { createHash } from 'node:crypto';
import type { App, Context } from '@slack/bolt';
import type { WorkspaceHandlers } from '../../../chat/handlers.ts';
import { PLATFORM } from './addresses.ts';

/** Added to a request by the receiver: its signature. */
export interface Signed {
  readonly signature?: string;
}

interface Body {
  readonly event_id?: string;
  readonly event?: {
    readonly type?: string;
    readonly event_ts?: string;
    readonly user?: unknown;
    readonly channel?: unknown;
    readonly item?: { readonly channel?: string };
  };
  readonly type?: string;
}

/** Added to the context of each event and request. */
interface Checked {
  readonly isNew?: () => Promise<boolean>;
}

/**
 * Must be registered before any listener. Drops repeated events, which are already acknowledged. Listeners
 * ask `isNew` about other requests, after acknowledging them: Slack must not have to wait for the database.
 */
export function dropRepeats(app: App, handlers: Pick<WorkspaceHandlers, 'markSeen'>): void {
  app.use(async ({ body, context, next }) => {
    const keys = keysOf(body as Body, context as Signed);
    const check = once(async () => keys.length === 0 || handlers.markSeen(PLATFORM, keys));
    if ((body as Body).event !== undefined && !(await check())) return;
    Object.assign(context, { isNew: check } satisfies Checked);
    await next();
  });
}

/** False for a request that was handled before. Listeners to the same request get the same answer. */
export async function isNew(context: Context): Promise<boolean> {
  const { isNew: check } = context as Checked;
  return check === undefined || check();
}

function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

function keysOf({ event_id, event, type }: Body, { signature }: Signed): string[] {
  return [
    ...(event_id === undefined ? [] : [event_id]),
    // A shared channel sends the same event to both workspaces, with different ids.
    ...(event?.event_ts === undefined ? [] : [sharedKeyOf(event)]),
    // Suggestions change nothing, and users type the same letters again.
    ...(signature === undefined || type === 'block_suggestion' ? [] : [signature]),
  ];
}

function sharedKeyOf({ type, event_ts, user, channel, item }: NonNullable<Body['event']>): string {
  const who = typeof user === 'string' ? user : '';
  const where = typeof channel === 'string' ? channel : (item?.channel ?? '');
  // Hashed, so that no user id remains after deletion.
  return createHash('sha256').update([type, where, who, event_ts].join(' ')).digest('base64url');
}
