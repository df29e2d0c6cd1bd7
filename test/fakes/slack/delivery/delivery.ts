/**
 * Delivers events and interactions to the bot: through a socket, or as a signed request to its URL. An event
 * that the bot does not acknowledge is sent again with the same `event_id`. For anything else, the person
 * sees an error.
 */
import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import { patience } from '../../../support/patience.ts';
import type { Dispatch } from '../model.ts';
import { ACKNOWLEDGE_WITHIN_MS, RETRIES_AFTER_MS } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';
import { remember, type World } from '../world.ts';
import { type RawRequest, type Signing, sendRequest, signedRequest } from './http.ts';
import { openSockets, type Retry, type Sockets } from './sockets.ts';

export interface Delivery {
  readonly sockets: Sockets;
  /** Sends everything to these URLs in turn from now on; through sockets if there is none. */
  deliverTo(...urls: readonly string[]): void;
  /** Sends the same event again, as a retry. */
  redeliver(dispatch: Dispatch): void;
  /**
   * Sends the same request again, byte for byte, or with a signature that is slightly wrong. Returns its
   * status.
   */
  replay(dispatch: Dispatch, signing?: Signing): Promise<number>;
  stop(): Promise<void>;
}

/** An event without acknowledgement is dropped after its last retry. */
const EVENT_LIVES_MS = RETRIES_AFTER_MS.reduce(
  (sum, ms) => sum + ms + ACKNOWLEDGE_WITHIN_MS,
  ACKNOWLEDGE_WITHIN_MS,
);

export function openDelivery(world: World, server: Server): Delivery {
  const stopped = new AbortController();
  // Everything that waits for a time listens to this signal.
  setMaxListeners(0, stopped.signal);
  const carried = new WeakMap<Dispatch, RawRequest>();
  /** Events that wait for a connection. */
  const waiting = new Set<Dispatch>();
  let addresses: readonly string[] = [];
  let turn = 0;

  const sockets = openSockets({
    world,
    server,
    onAcknowledged: acknowledge,
    onLost(dispatch) {
      if (stopped.signal.aborted || dispatch.acknowledged) return;
      // The rest of its time does not count against the bot.
      dispatch.delivered = false;
      if (dispatch.isEvent) attempt(dispatch, 'connection_failed');
    },
    onOpened() {
      for (const dispatch of waiting) {
        waiting.delete(dispatch);
        if (world.now() - dispatch.sentAt <= EVENT_LIVES_MS) attempt(dispatch, 'connection_failed');
      }
    },
  });

  function acknowledge(dispatch: Dispatch, body: JsonObject): void {
    const afterMs = world.now() - dispatch.sentAt;
    if (dispatch.isEvent) {
      if (Object.keys(body).length > 0) {
        world.journal.violation(`${dispatch.words}: acknowledged with a payload, which events do not take`);
      }
    } else if (dispatch.over || afterMs > ACKNOWLEDGE_WITHIN_MS * patience(world.clock)) {
      world.journal.violation(
        `${dispatch.words}: acknowledged after ${afterMs} ms, when the person had seen an error`,
      );
      return;
    }
    // The acknowledgement of a retry brings nothing new.
    if (dispatch.acknowledged) return;
    dispatch.acknowledged = true;
    dispatch.onAcknowledged(body, afterMs);
  }

  function attempt(dispatch: Dispatch, reason: string): void {
    const count = dispatch.attempts++;
    const retry = { attempt: count, reason };
    const address = addresses[turn++ % addresses.length];
    if (address !== undefined) return void post(dispatch, address, retry);
    const outcome = sockets.send(dispatch, retry);
    dispatch.delivered = outcome === 'sent';
    if (outcome !== 'no connection') return void watch(dispatch, count);
    if (dispatch.isEvent) waiting.add(dispatch);
    else fail(dispatch, 'dispatch_failed');
  }

  async function watch(dispatch: Dispatch, count: number): Promise<void> {
    if (
      !(await passes(ACKNOWLEDGE_WITHIN_MS * patience(world.clock))) ||
      dispatch.acknowledged ||
      dispatch.attempts !== count + 1
    )
      return;
    if (dispatch.delivered) reportSilence(dispatch);
    if (dispatch.isEvent) await retryLater(dispatch, 'timeout');
    else fail(dispatch, 'operation_timeout');
  }

  async function post(dispatch: Dispatch, url: string, { attempt: count, reason }: Retry) {
    const raw = signedRequest(world.signingSecret, url, dispatch);
    carried.set(dispatch, raw);
    const retry = { 'x-slack-retry-num': String(count), 'x-slack-retry-reason': reason };
    const headers = dispatch.isEvent && count > 0 ? { ...raw.headers, ...retry } : raw.headers;
    const response = await sendRequest({ ...raw, headers });
    if (stopped.signal.aborted) return;
    if (response.reason === 'http_timeout') reportSilence(dispatch);
    if (response.status >= 200 && response.status < 300) acknowledge(dispatch, response.body);
    else if (dispatch.isEvent) await retryLater(dispatch, response.reason);
    else fail(dispatch, response.reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed');
    world.journal.changed();
  }

  async function retryLater(dispatch: Dispatch, reason: string): Promise<void> {
    const after = RETRIES_AFTER_MS[dispatch.attempts - 1];
    if (after === undefined) {
      dispatch.over = true;
    } else if (after === 0 || (await passes(after))) {
      if (!dispatch.acknowledged) attempt(dispatch, reason);
    }
  }

  function fail(dispatch: Dispatch, error: 'operation_timeout' | 'dispatch_failed'): void {
    dispatch.over = true;
    dispatch.onFailed(error);
    world.journal.changed();
  }

  function reportSilence({ words }: Dispatch): void {
    world.journal.violation(
      `${words}: not acknowledged within ${ACKNOWLEDGE_WITHIN_MS * patience(world.clock)} ms`,
    );
  }

  /** Whether the fake is still running when the time has passed. */
  function passes(ms: number): Promise<boolean> {
    return world.clock.sleep(ms, stopped.signal).then(
      () => true,
      () => false,
    );
  }

  world.send = (dispatch) => {
    remember(world, dispatch);
    attempt(dispatch, '');
    world.journal.changed();
  };

  return {
    sockets,
    deliverTo(...urls) {
      addresses = urls;
    },
    redeliver: (dispatch) => attempt(dispatch, 'timeout'),
    async replay(dispatch, signing) {
      const raw = carried.get(dispatch);
      if (!raw) throw new Error(`${dispatch.words} was not sent by HTTP`);
      const { status } = await sendRequest(
        signing ? signedRequest(world.signingSecret, raw.url, dispatch, signing) : raw,
      );
      return status;
    },
    async stop() {
      for (const dispatch of world.dispatches) {
        const late = world.now() - dispatch.sentAt > ACKNOWLEDGE_WITHIN_MS * patience(world.clock);
        if (late && dispatch.delivered && !dispatch.acknowledged && !dispatch.over) reportSilence(dispatch);
      }
      stopped.abort();
      await sockets.stop();
    },
  };
}
