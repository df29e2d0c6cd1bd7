/** The HTTP server: reads a request, checks it, applies a fault, carries it out and answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { breakAfter, breakBefore } from '../../faults.ts';
import type { SeenRequest } from '../../request-log.ts';
import type { DiscordFaults, Fault } from '../faults.ts';
import type { Gateway } from '../gateway/port.ts';
import { API_VERSION } from '../protocol.ts';
import { invalidForm, Refusal, refusal } from '../refusal.ts';
import { checkRequest } from '../schema/schemas.ts';
import type { World } from '../world.ts';
import { type RequestBody, readBody } from './body.ts';
import type { RateLimits, Verdict } from './rate-limits.ts';
import { type Answer, type Found, type Route, routerOf } from './route.ts';

export interface Rest {
  readonly world: World;
  readonly gateway: () => Gateway;
  readonly faults: DiscordFaults;
  readonly rateLimits: RateLimits;
}

const BASE = `/api/v${API_VERSION}`;

/** An answer with its own headers. */
interface FullAnswer extends Answer {
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RestServer {
  readonly server: Server;
  /** Resolves when every request is answered, or after this many milliseconds. */
  answeredAll(withinMs: number): Promise<void>;
}

export function createRestServer(rest: Rest, routes: () => readonly Route[]): RestServer {
  let find: ReturnType<typeof routerOf> | undefined;
  const open = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    find ??= routerOf(routes());
    const served = serve(rest, find, incoming, response).catch((error: unknown) => {
      rest.world.journal.violation(
        `The fake itself failed: ${error instanceof Error ? error.stack : String(error)}`,
      );
      incoming.socket.destroy();
    });
    open.add(served);
    void served.then(() => open.delete(served));
  });
  return {
    server,
    answeredAll: (withinMs) => Promise.race([Promise.all(open), pause(withinMs)]).then(() => {}),
  };
}

async function serve(
  rest: Rest,
  find: ReturnType<typeof routerOf>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { world, faults } = rest;
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const method = incoming.method ?? 'GET';
  const path = url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : undefined;
  const found = path === undefined ? undefined : find(method, path);
  const sent = await readBody(incoming);
  const request: SeenRequest = {
    method,
    route: found?.route.path ?? url.pathname,
    path: path ?? url.pathname,
    at: world.clock.now(),
    body: sent.body,
    status: 0,
  };
  world.journal.saw(request);

  const fault = faults.take(request);
  world.journal.changed();
  const broken = refused(fault) ?? (await breakBefore(fault));
  if (broken === 'hang') return;
  if (broken === 'drop') return void incoming.socket.destroy();
  const answer =
    broken ?? judge(rest, found, request, () => carryOut(rest, found, request, incoming, url, sent));
  const lost = broken ? undefined : await breakAfter(fault);
  world.journal.changed();
  if (lost === 'hang') return;
  if (lost === 'drop') return void incoming.socket.destroy();
  const final: FullAnswer = lost ?? answer;
  if (!(fault?.kind === 'rateLimit' && fault.scope === 'shared'))
    world.journal.answered(request, final.status);
  else request.status = final.status;
  const text = final.body === undefined ? undefined : JSON.stringify(final.body);
  response.writeHead(final.status, { ...(text && { 'content-type': 'application/json' }), ...final.headers });
  response.end(text);
}

/** A fault in the form of a refusal by Discord. */
function refused(fault: Fault | undefined): FullAnswer | undefined {
  if (fault?.kind === 'refuse') {
    const { status, code, message = refusal(code).message } = fault;
    return { status, body: { code, message } };
  }
  if (fault?.kind !== 'rateLimit') return undefined;
  const { retryAfter, scope = 'user' } = fault;
  return tooMany({ headers: {}, retryAfter, global: scope === 'global' }, scope);
}

function tooMany({ headers, retryAfter = 1, global = false }: Verdict, scope: string): FullAnswer {
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': scope,
      ...(global && { 'x-ratelimit-global': 'true' }),
    },
  };
}

function judge(rest: Rest, found: Found | undefined, request: SeenRequest, run: () => Answer): FullAnswer {
  const verdict = found ? rest.rateLimits.judge(found) : { headers: {} };
  if (verdict.retryAfter === undefined) return { ...run(), headers: verdict.headers };
  rest.world.journal.violation(
    `${request.method} ${request.route}: more requests than the ${verdict.global ? 'global' : 'route'} limit allows (429)`,
  );
  return tooMany(verdict, verdict.global ? 'global' : 'user');
}

function carryOut(
  { world, gateway }: Rest,
  found: Found | undefined,
  request: SeenRequest,
  incoming: IncomingMessage,
  url: URL,
  { body, files }: RequestBody,
): Answer {
  const where = `${request.method} ${request.route}`;
  if (!found) {
    world.journal.violation(`${where}: no such route in this fake`);
    return { status: 404, body: { message: '404: Not Found', code: 0 } };
  }
  const { route, params } = found;
  try {
    if (!route.open && incoming.headers.authorization !== `Bot ${world.token}`) throw refusal(0);
    if (!incoming.headers['user-agent']?.startsWith('DiscordBot (')) {
      world.journal.violation(
        `${where}: Discord blocks clients whose User-Agent is not "DiscordBot (url, version)"`,
      );
    }
    const problem = world.validate && route.operation ? checkRequest(route.operation, body) : undefined;
    if (problem) {
      world.journal.violation(`${where}: against Discord's schema: ${problem}`);
      throw invalidForm([{ path: ['body'], code: 'BASE_TYPE_CHOICES', message: problem }]);
    }
    return route.run({ world, gateway: gateway(), params, query: url.searchParams, body, files, where });
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body };
    throw error;
  }
}
