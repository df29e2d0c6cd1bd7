/**
 * Ends a digest with one click: https://datatracker.ietf.org/doc/html/rfc8058
 *
 * A POST request ends it. A GET request shows a page with a button and changes nothing, because scanners of
 * mail open every link.
 *
 * Tokens are random and stored with the digest, not signed. So links need no secret key, which most
 * installations do not set, and they still work after the key has changed.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../base/log.ts';
import type { UnsubscribeTargets } from './mailer.ts';

export interface UnsubscribePort {
  /** @returns false if no digest has this token; true if it has ended, now or before */
  end(token: string): Promise<boolean>;
}

const PATH = '/unsubscribe/';
const TOKEN_BYTES = 24;
const TOKEN = /^[\w-]{32}$/;
const SUBJECT = 'unsubscribe';
const FIELD = 'List-Unsubscribe';
const VALUE = 'One-Click';
/** Bytes; a form with the one field has fewer than 300. */
const MOST_BODY = 4_096;

export function newUnsubscribeToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Address of the page, for the footer of a mail. */
export function unsubscribeUrl(baseUrl: string, token: string): string {
  return `${baseUrl}${PATH}${token}`;
}

/** Token from the subject of a mail to the address in the header; `undefined` in any other mail. */
export function unsubscribeTokenIn(subject: string): string | undefined {
  const [word, token = '', ...rest] = subject.slice(0, 200).trim().split(/\s+/);
  const isRequest = word?.toLowerCase() === SUBJECT && rest.length === 0 && TOKEN.test(token);
  return isRequest ? token : undefined;
}

/** Headers that make mailboxes show their own button. */
export function unsubscribeHeaders({ token, baseUrl, address }: UnsubscribeTargets): Record<string, string> {
  const url = baseUrl === undefined ? [] : [`<${unsubscribeUrl(baseUrl, token)}>`];
  const mail = address === undefined ? [] : [`<mailto:${encodeURI(address)}?subject=${SUBJECT}%20${token}>`];
  const list = { 'List-Unsubscribe': [...url, ...mail].join(', ') };
  return baseUrl?.startsWith('https://') ? { ...list, 'List-Unsubscribe-Post': `${FIELD}=${VALUE}` } : list;
}

/** @returns false if the request is not for this page, so that another handler can answer it */
export type UnsubscribeHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createUnsubscribeHandler(port: UnsubscribePort, log: Logger): UnsubscribeHandler {
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (!path.startsWith(PATH)) return false;
    answer(request, path.slice(PATH.length), port).then(
      (page) => show(response, page),
      (error: unknown) => {
        log.error({ err: error }, 'unsubscribe: request failed');
        show(response, FAILED);
      },
    );
    return true;
  };
}

interface WebPage {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly hasButton?: true;
  readonly allow?: string;
}

const QUESTION: WebPage = {
  status: 200,
  title: 'Unsubscribe',
  text: 'End this digest? You will receive no more of these e-mails.',
  hasButton: true,
};
const ENDED: WebPage = {
  status: 200,
  title: 'Unsubscribed',
  text: 'The digest has ended. To start it again, type /papers digest in the chat.',
};
const NO_DIGEST: WebPage = {
  status: 404,
  title: 'No such digest',
  text: 'This link does not belong to a digest. Check that the address is complete, or type /papers digest in the chat.',
};
const NOT_A_REQUEST: WebPage = { ...QUESTION, status: 400 };
const WRONG_METHOD: WebPage = { ...QUESTION, status: 405, allow: 'GET, HEAD, POST' };
const FAILED: WebPage = {
  status: 503,
  title: 'Not available',
  text: 'The digest could not be ended. Try again in a few minutes.',
  hasButton: true,
};

async function answer(request: IncomingMessage, token: string, port: UnsubscribePort): Promise<WebPage> {
  const { method } = request;
  if (!TOKEN.test(token)) return NO_DIGEST;
  if (method === 'GET' || method === 'HEAD') return QUESTION;
  if (method !== 'POST') return WRONG_METHOD;
  if (!(await asksToUnsubscribe(request))) return NOT_A_REQUEST;
  return (await port.end(token)) ? ENDED : NO_DIGEST;
}

/** Providers send the field as a form in either of the two encodings. */
async function asksToUnsubscribe(request: IncomingMessage): Promise<boolean> {
  const body = await readBody(request);
  if (body === undefined) return false;
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  try {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    return form.get(FIELD) === VALUE;
  } catch {
    return false;
  }
}

/** @returns `undefined` for a body that is too large or was broken off */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  try {
    for await (const chunk of request) {
      body += String(chunk);
      if (body.length > MOST_BODY) return undefined;
    }
  } catch {
    return undefined;
  }
  return body;
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

const STYLE =
  ':root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;max-width:26em;margin:15vh auto;padding:0 1.5em}button{font:inherit;padding:.5em 1.2em}';
/** Without an action, the form is sent to the address of the page. */
const BUTTON = `<form method="post"><input type="hidden" name="${FIELD}" value="${VALUE}"><button>Unsubscribe</button></form>`;

function show(response: ServerResponse, { status, title, text, hasButton, allow }: WebPage): void {
  response.writeHead(status, { ...HEADERS, ...(allow !== undefined && { allow }) });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1><p>${text}</p>${hasButton ? BUTTON : ''}</html>\n`,
  );
}
