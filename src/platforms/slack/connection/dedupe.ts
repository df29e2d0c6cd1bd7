/**
 * What comes twice counts once. Slack sends an event again that it is not sure of, with the same id, also to a process that was
 * started anew; and a signed request can be sent again by whoever saw it.
 */
import { createHash } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { WorkspaceHandlers } from '../../../chat/handlers.ts';
import { PLATFORM } from './addresses.ts';

/** What the receiver puts beside a request: the signature that it was accepted by. */
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

/** To be registered before any listener. Events have been acknowledged by then; the others are here. */
export function dropRepeats(app: App, handlers: Pick<WorkspaceHandlers, 'markSeen'>): void {
  app.use(async ({ body, context, next, ...rest }) => {
    const keys = keysOf(body as Body, context as Signed);
    if (keys.length === 0 || (await handlers.markSeen(PLATFORM, keys))) return next();
    if ('ack' in rest && typeof rest.ack === 'function') await rest.ack();
  });
}

function keysOf({ event_id, event, type }: Body, { signature }: Signed): string[] {
  return [
    ...(event_id === undefined ? [] : [event_id]),
    // A channel that two workspaces share tells each of them, by ids of their own, what happened once.
    ...(event?.event_ts === undefined ? [] : [sharedKeyOf(event)]),
    // Suggestions while somebody types change nothing, and the same letters are typed again.
    ...(signature === undefined || type === 'block_suggestion' ? [] : [signature]),
  ];
}

function sharedKeyOf({ type, event_ts, user, channel, item }: NonNullable<Body['event']>): string {
  const who = typeof user === 'string' ? user : '';
  const where = typeof channel === 'string' ? channel : (item?.channel ?? '');
  // Hashed, so that nothing of it names a person who is forgotten.
  return createHash('sha256').update([type, where, who, event_ts].join(' ')).digest('base64url');
}
