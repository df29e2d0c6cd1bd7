/**
 * Signed requests to the bot's own URL: https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
import { createHmac } from 'node:crypto';
import { patience } from '../../../support/patience.ts';
import type { Dispatch } from '../model.ts';
import { ACKNOWLEDGE_WITHIN_MS } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';

export interface RawRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Response {
  /** 0 if there was no response. */
  readonly status: number;
  readonly body: JsonObject;
  readonly reason: 'http_error' | 'http_timeout' | 'connection_failed';
}

export interface Signing {
  /** Seconds by which its timestamp is wrong. */
  readonly skewSeconds?: number;
  readonly brokenSignature?: boolean;
}

/**
 * The request as it would be sent now. Signatures use the machine's clock, because receivers check them by
 * it.
 */
export function signedRequest(
  secret: string,
  url: string,
  dispatch: Dispatch,
  signing: Signing = {},
): RawRequest {
  const { type, body } = encode(dispatch);
  return {
    url,
    headers: {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signedBody(secret, body, signing),
    },
    body,
  };
}

/** The headers that prove that a body is from Slack. */
export function signedBody(secret: string, body: string, signing: Signing = {}): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1_000) + (signing.skewSeconds ?? 0);
  const digest = createHmac('sha256', signing.brokenSignature ? `${secret}x` : secret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${digest}` };
}

function encode({ type, payload }: Dispatch): { readonly type: string; readonly body: string } {
  if (type === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const form =
    type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
}

export async function sendRequest({ url, headers, body }: RawRequest): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(ACKNOWLEDGE_WITHIN_MS * patience());
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, body: bodyOf(text, isJson ?? false), reason: 'http_error' };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    return { status: 0, body: {}, reason: late ? 'http_timeout' : 'connection_failed' };
  }
}

function bodyOf(text: string, isJson: boolean): JsonObject {
  if (text === '') return {};
  return isJson ? (JSON.parse(text) as JsonObject) : { text };
}
