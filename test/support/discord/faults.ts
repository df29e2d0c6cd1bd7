/** What goes wrong on purpose. A fault meets the next requests that match, each of them once. */
import type { SeenRequest } from './journal.ts';

export type Fault =
  /** Waits for so long, or until the test opens its gate, before carrying out (or, `after`, before answering). */
  | {
      readonly kind: 'delay';
      readonly ms?: number;
      readonly until?: Promise<unknown>;
      readonly when?: Moment;
    }
  /** The connection breaks, and nothing was carried out. */
  | { readonly kind: 'drop' }
  /** Carried out, then the connection breaks: the bot cannot know. */
  | { readonly kind: 'loseAnswer' }
  /** No answer ever, and nothing carried out; `after`: carried out. */
  | { readonly kind: 'hang'; readonly when?: Moment }
  | { readonly kind: 'serverError'; readonly status?: 500 | 502 | 503; readonly when?: Moment }
  /** `retryAfter` in seconds. `shared`: another bot's doing, which does not count as an invalid request. */
  | { readonly kind: 'rateLimit'; readonly retryAfter: number; readonly scope?: 'user' | 'global' | 'shared' }
  /** Refused with one of Discord's JSON codes, such as 403 and 50001. */
  | { readonly kind: 'refuse'; readonly status: number; readonly code: number; readonly message?: string };

export type Moment = 'before' | 'after';

interface Aim {
  /** Every request when left out. */
  readonly match?: (request: SeenRequest) => boolean;
  /** How many requests it meets; 1 when nothing is said. */
  readonly times?: number;
}

export interface RandomFaults {
  readonly seed: number;
  readonly match?: (request: SeenRequest) => boolean;
  /** Shares of the requests, from 0 to 1. */
  readonly drop?: number;
  readonly loseAnswer?: number;
  readonly serverErrorBefore?: number;
  readonly serverErrorAfter?: number;
}

export interface Faults {
  next(fault: Fault & Aim): void;
  /** From now on; the same seed and the same requests give the same faults. */
  random(shares: RandomFaults): void;
  /** Nothing goes wrong any more. */
  clear(): void;
  /** How often each kind met a request. */
  readonly met: Readonly<Record<string, number>>;
  /** For the server: what meets this request. */
  take(request: SeenRequest): Fault | undefined;
}

export function openFaults(): Faults {
  let waiting: { readonly fault: Fault; readonly match: (request: SeenRequest) => boolean; left: number }[] =
    [];
  let dice: ((request: SeenRequest) => Fault | undefined) | undefined;
  const met: Record<string, number> = {};

  return {
    met,
    next({ match = () => true, times = 1, ...fault }) {
      waiting.push({ fault, match, left: times });
    },
    random(shares) {
      const draw = randomFrom(shares.seed);
      dice = (request) => (!shares.match || shares.match(request) ? pick(shares, draw()) : undefined);
    },
    clear() {
      waiting = [];
      dice = undefined;
    },
    take(request) {
      const found = waiting.find(({ match }) => match(request));
      if (found && --found.left === 0) waiting = waiting.filter((other) => other !== found);
      const fault = found?.fault ?? dice?.(request);
      if (fault) met[fault.kind] = (met[fault.kind] ?? 0) + 1;
      return fault;
    },
  };
}

function pick(shares: RandomFaults, drawn: number): Fault | undefined {
  const table: readonly (readonly [share: number | undefined, fault: Fault])[] = [
    [shares.drop, { kind: 'drop' }],
    [shares.loseAnswer, { kind: 'loseAnswer' }],
    [shares.serverErrorBefore, { kind: 'serverError', when: 'before' }],
    [shares.serverErrorAfter, { kind: 'serverError', when: 'after' }],
  ];
  let reached = 0;
  for (const [share = 0, fault] of table) {
    reached += share;
    if (drawn < reached) return fault;
  }
  return undefined;
}

/** Numbers from 0 to 1 by a linear congruential generator (Knuth's MMIX constants). */
function randomFrom(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}
