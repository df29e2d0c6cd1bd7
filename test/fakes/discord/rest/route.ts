/** A route: a documented path, and a function from a request to an answer. */
import type { Gateway } from '../gateway/port.ts';
import type { World } from '../world.ts';
export interface Call {
  readonly world: World;
  readonly gateway: Gateway;
  /** The `:name` parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Files sent in a form. */
  readonly files: readonly File[];
  /** `POST /channels/:channel/messages`, for violations. */
  readonly where: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** The operation in Discord's OpenAPI document, for routes with a body. */
  readonly operation?: string;
  /** The token is in the path. There is no `Authorization`, and the bot's global limit does not apply. */
  readonly open?: true;
  run(call: Call): Answer;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export const NO_CONTENT: Answer = { status: 204 };

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a path. Fixed parts (`@me`, `@original`) win over named ones. */
export function routerOf(routes: readonly Route[]): (method: string, path: string) => Found | undefined {
  const known = routes
    .map((route) => ({ route, parts: route.path.split('/') }))
    .toSorted((a, b) => named(a.parts) - named(b.parts));
  return (method, path) => {
    const given = path.split('/');
    for (const { route, parts } of known) {
      if (route.method !== method || parts.length !== given.length) continue;
      if (!parts.every((part, index) => part.startsWith(':') || part === given[index])) continue;
      const pairs = parts.flatMap((part, index) =>
        part.startsWith(':') ? [[part.slice(1), decodeURIComponent(given[index] ?? '')]] : [],
      );
      return { route, params: Object.fromEntries(pairs) as Record<string, string> };
    }
    return undefined;
  };
}

function named(parts: readonly string[]): number {
  return parts.filter((part) => part.startsWith(':')).length;
}
