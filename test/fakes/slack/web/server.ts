/** The HTTP server: reads a request, checks it, applies a fault, carries it out and answers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { breakAfter, breakBefore } from '../../faults.ts';
import type { SeenRequest } from '../../request-log.ts';
import type { Fault, SlackFaults } from '../faults.ts';
import type { FakeWorkspace } from '../model.ts';
import { Refusal, refusal } from '../refusal.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import { authorize, demandScope, scopeHeaders } from './authorize.ts';
import { receiveFile, UPLOAD } from './files.ts';
import type { Arguments, Method } from './method.ts';
import type { RateLimits } from './rate-limits.ts';
import { readArguments, readRequest, type Sent } from './request.ts';
import { respond } from './response-url.ts';

interface WebOptions {
  readonly world: World;
  readonly faults: SlackFaults;
  readonly rateLimits: RateLimits;
  readonly methods: readonly Method[];
}

interface Answer {
  readonly status: number;
  readonly body?: JsonObject | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WebServer {
  readonly server: Server;
  /** Resolves when every request is answered, or after this many milliseconds. */
  answeredAll(withinMs: number): Promise<void>;
}

const API = '/api/';
const RESPOND = '/respond/';
const RESPONSE_URL = 'response_url';

export function createWebServer(options: WebOptions): WebServer {
  const methods = new Map(options.methods.map((method) => [method.name, method]));
  const open = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    const served = serve(options, methods, incoming, response).catch((error: unknown) => {
      const what = error instanceof Error ? error.stack : String(error);
      options.world.journal.violation(`The fake itself failed: ${what}`);
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
  { world, faults, rateLimits }: WebOptions,
  methods: ReadonlyMap<string, Method>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', world.origin);
  const sent = await readRequest(incoming, url);
  const responding = url.pathname.startsWith(RESPOND);
  const name = url.pathname.startsWith(API) ? url.pathname.slice(API.length) : url.pathname;
  const request: SeenRequest = {
    method: incoming.method ?? 'GET',
    route: responding ? RESPONSE_URL : name,
    path: url.pathname,
    at: world.clock.now(),
    body: responding ? sent.args : structured(sent.args),
    status: 0,
  };
  world.journal.saw(request);
  const fault = faults.take(request);
  world.journal.changed();
  const broken = refused(fault) ?? (await breakBefore(fault));
  if (broken === 'hang') return;
  if (broken === 'drop') return void incoming.socket.destroy();
  const carryOut = () => {
    if (url.pathname.startsWith(UPLOAD)) {
      const id = url.pathname.slice(UPLOAD.length);
      return receiveFile(world, id, sent.bytes, incoming.headers.authorization);
    }
    if (responding) return respond(world, url.pathname.slice(RESPOND.length), sent.args);
    return callMethod(world, rateLimits, methods.get(name), name, sent);
  };
  const answer: Answer = broken ?? carryOut();
  world.journal.changed();
  const lost = broken ? undefined : await breakAfter(fault);
  world.journal.changed();
  if (lost === 'hang') return;
  if (lost === 'drop') return void incoming.socket.destroy();
  const final: Answer = lost ?? answer;
  world.journal.answered(request, final.status);
  const isText = typeof final.body === 'string';
  response.writeHead(final.status, {
    'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8',
    ...final.headers,
  });
  response.end(isText ? final.body : JSON.stringify(final.body ?? {}));
}

/** For tests that read a request: structures are kept as they were written. */
function structured(args: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}

/** A fault in the form of a refusal by Slack. */
function refused(fault: Fault | undefined): Answer | undefined {
  if (fault?.kind === 'refuse') return { status: 200, body: refusal(fault.error).body };
  return fault?.kind === 'rateLimit' ? tooMany(fault.retryAfter) : undefined;
}

function tooMany(retryAfter: number): Answer {
  const headers = { 'retry-after': String(Math.ceil(retryAfter)) };
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
}

function callMethod(
  world: World,
  rateLimits: RateLimits,
  method: Method | undefined,
  name: string,
  sent: Sent,
): Answer {
  if (!method) {
    world.journal.violation(`${name}: no such method in this fake`);
    return { status: 200, body: { ok: false, error: 'unknown_method', req_method: name } };
  }
  let headers: Answer['headers'];
  try {
    const workspace = authorize(world, method, sent.token);
    if (workspace) headers = scopeHeaders(method, workspace);
    const retryAfter = rateLimits.judge(method, workspace, sent.args);
    if (retryAfter !== undefined) {
      world.journal.violation(
        `${name}: more requests than the limit of ${method.perMinute} a minute allows (429)`,
      );
      return tooMany(retryAfter);
    }
    if (workspace) demandScope(method, workspace);
    const args = readArguments(name, sent.args, world.journal.violation) as Arguments;
    const call = { world, workspace: workspace as FakeWorkspace, args, where: name };
    return { status: 200, body: { ok: true, ...method.run(call) }, ...(headers && { headers }) };
  } catch (error) {
    if (error instanceof Refusal) return { status: 200, body: error.body, ...(headers && { headers }) };
    throw error;
  }
}
