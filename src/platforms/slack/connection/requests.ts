/**
 * Receives events as signed HTTP requests. Bolt's own receiver crashes on a signed `payload=null`; this one
 * validates the body first and always answers. Bolt checks the signature and rejects old timestamps. This
 * module rejects future timestamps, and `dedupe.ts` rejects replays.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import {
  type App,
  type BufferedIncomingMessage,
  HTTPModuleFunctions,
  HTTPReceiver,
  type HTTPReceiverOptions,
  HTTPResponseAck,
} from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { Clock } from '../../../time/clock.ts';
import { EVENTS_PATH } from './addresses.ts';
import { type Body, readBody } from './bodies.ts';
import { toSlackLogger } from './client.ts';
import type { Signed } from './dedupe.ts';
import { describeError } from './errors.ts';
import { type ListeningOptions, openListening } from './listening.ts';
import type { EventReceiver } from './sockets.ts';

export interface RequestOptions extends Omit<ListeningOptions, 'answer'> {
  readonly signingSecret: string;
  /** Options for the installation pages, when workspaces install the app themselves. */
  readonly pages?: Partial<HTTPReceiverOptions>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Slack's limit for old requests. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const SKEW_SECONDS = 5 * 60;
/** Five times the largest message with all its blocks. */
const MOST_BYTES = 1024 * 1024;

export function openRequests({ signingSecret, pages, clock, log, ...where }: RequestOptions): EventReceiver {
  const logger = toSlackLogger(log);
  const pagesReceiver = new HTTPReceiver({ ...pages, signingSecret, endpoints: [], logger });
  let app: App | undefined;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOfNow(request.headers['x-slack-request-timestamp'])) return end(response, 401);
    const signed = await read(request);
    if (typeof signed === 'number') return end(response, signed);
    const sent = parse(signed);
    if (isObject(sent) && sent['ssl_check'] === '1') return end(response, 200);
    const body = readBody(sent);
    if (!body) {
      log.warn({ bytes: signed.rawBody.length }, 'slack: request body invalid');
      return end(response, 400);
    }
    if (body['type'] === 'url_verification') {
      return HTTPModuleFunctions.buildUrlVerificationResponse(response, body);
    }
    if (body['type'] === 'app_rate_limited') {
      log.warn({ workspace: body['team_id'] }, 'slack: events rate limited');
      return end(response, 200);
    }
    await handOver(signed, body, response);
    // No listener took it, for example a button of an older version.
    if (!response.headersSent) end(response, 400);
  }

  /** @returns an HTTP status when the request is not from Slack */
  async function read(request: IncomingMessage): Promise<BufferedIncomingMessage | 400 | 401 | 413> {
    try {
      const options = { enabled: true, signingSecret, bodyLimit: MOST_BYTES };
      return await HTTPModuleFunctions.parseAndVerifyHTTPRequest(options, request);
    } catch (error) {
      if (!HTTPModuleFunctions.isRawBodyError(error)) return 401;
      return error.statusCode === 413 ? 413 : 400;
    }
  }

  async function handOver(
    request: BufferedIncomingMessage,
    body: Body,
    response: ServerResponse,
  ): Promise<void> {
    const ack = new HTTPResponseAck({
      logger,
      processBeforeResponse: false,
      httpRequest: request,
      httpRequestBody: body,
      httpResponse: response,
    });
    const customProperties: Signed = { signature: String(request.headers['x-slack-signature']) };
    const retryNum = HTTPModuleFunctions.extractRetryNumFromHTTPRequest(request);
    const retryReason = HTTPModuleFunctions.extractRetryReasonFromHTTPRequest(request);
    await app?.processEvent({
      body,
      ack: ack.bind(),
      customProperties: { ...customProperties },
      ...(retryNum !== undefined && { retryNum }),
      ...(retryReason !== undefined && { retryReason }),
    });
  }

  function isOfNow(timestamp: unknown): boolean {
    const seconds = Number(timestamp);
    return Number.isFinite(seconds) && Math.abs(clock.now().getTime() / 1_000 - seconds) <= SKEW_SECONDS;
  }

  const listening = openListening({
    ...where,
    answer(request, response) {
      if (request.method !== 'POST') return pagesReceiver.requestListener(request, response);
      if (request.url?.split('?', 1)[0] !== EVENTS_PATH) return end(response, 404);
      take(request, response).catch((error: unknown) => {
        log.error(describeError(error), 'slack: request failed');
        if (!response.headersSent) end(response, 500);
      });
    },
  });

  return {
    ...listening,
    init(bolt) {
      app = bolt;
    },
  };
}

/** @returns `undefined` when the body is neither a form nor JSON */
function parse({ rawBody, headers }: BufferedIncomingMessage): unknown {
  const text = rawBody.toString();
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  const { payload, ...form } = isForm ? parseForm(text) : { payload: text };
  if (payload === undefined) return form;
  try {
    return JSON.parse(String(payload));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
