/** Faults of a fake platform. Each fault affects the next requests that match, each of them once. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SeenRequest } from './request-log.ts';

/** Faults that any server can have. A platform adds its own kinds of refusal. */
export type CommonFault =
  /**
   * Waits this long, or until the test opens its gate, before carrying out the request (or, with `after`,
   * before answering).
   */
  | {
      readonly kind: 'delay';
      readonly ms?: number;
      readonly until?: Promise<unknown>;
      readonly when?: Moment;
    }
  /** The connection breaks, and the request was not carried out. */
  | { readonly kind: 'drop' }
  /** The request is carried out, then the connection breaks: the bot cannot know. */
  | { readonly kind: 'loseAnswer' }
  /** No answer ever. The request is not carried out, or with `after`, it is. */
  | { readonly kind: 'hang'; readonly when?: Moment }
  | { readonly kind: 'serverError'; readonly status?: 500 | 502 | 503; readonly when?: Moment };

type Moment = 'before' | 'after';

/** A platform's own faults, distinguished by `kind`. */
interface OwnFault {
  readonly kind: string;
}

interface Aim {
  /** The requests that it affects; all if left out. */
  readonly match?: (request: SeenRequest) => boolean;
  /** How many requests it affects; 1 by default. */
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
  /** Carried out, but never answered. */
  readonly hangAfter?: number;
  /** Carried out, and answered late. */
  readonly slow?: { readonly share: number; readonly ms: number };
}

export interface Faults<Own extends OwnFault = never> {
  next(fault: (CommonFault | Own) & Aim): void;
  /** Starts random faults. The same seed and the same requests give the same faults. */
  random(shares: RandomFaults): void;
  /** Removes all faults. */
  clear(): void;
  /** How many requests each kind has affected. */
  readonly met: Readonly<Record<string, number>>;
  /** For the server: the fault that affects this request. */
  take(request: SeenRequest): CommonFault | Own | undefined;
}

export function openFaults<Own extends OwnFault = never>(): Faults<Own> {
  type Waiting = { readonly fault: CommonFault | Own; readonly match: (request: SeenRequest) => boolean };
  let waiting: (Waiting & { left: number })[] = [];
  let dice: ((request: SeenRequest) => CommonFault | undefined) | undefined;
  const met: Record<string, number> = {};

  return {
    met,
    next(fault) {
      const { match = () => true, times = 1 } = fault;
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

/** The fate of an answer: none at all, a broken connection, or a status without a body. */
export type Broken = 'hang' | 'drop' | { readonly status: number };

/** The outcome of a request that is not carried out. Waits if the fault says so. */
export async function breakBefore(fault: CommonFault | OwnFault | undefined): Promise<Broken | undefined> {
  if (!isCommon(fault)) return undefined;
  if (fault.kind === 'drop') return 'drop';
  if (fault.kind === 'loseAnswer' || fault.when === 'after') return undefined;
  if (fault.kind === 'hang') return 'hang';
  if (fault.kind === 'serverError') return { status: fault.status ?? 500 };
  return waitFor(fault);
}

/** The outcome of a request that was carried out. */
export async function breakAfter(fault: CommonFault | OwnFault | undefined): Promise<Broken | undefined> {
  if (!isCommon(fault) || fault.kind === 'drop') return undefined;
  if (fault.kind === 'loseAnswer') return 'drop';
  if (fault.when !== 'after') return undefined;
  if (fault.kind === 'hang') return 'hang';
  if (fault.kind === 'serverError') return { status: fault.status ?? 500 };
  return waitFor(fault);
}

const COMMON: ReadonlySet<string> = new Set([
  'delay',
  'drop',
  'loseAnswer',
  'hang',
  'serverError',
] satisfies CommonFault['kind'][]);

function isCommon(fault: CommonFault | OwnFault | undefined): fault is CommonFault {
  return fault !== undefined && COMMON.has(fault.kind);
}

async function waitFor({ ms = 0, until }: Extract<CommonFault, { kind: 'delay' }>): Promise<undefined> {
  if (ms > 0) await pause(ms);
  await until;
}

function pick(shares: RandomFaults, drawn: number): CommonFault | undefined {
  const table: readonly (readonly [share: number | undefined, fault: CommonFault])[] = [
    [shares.drop, { kind: 'drop' }],
    [shares.loseAnswer, { kind: 'loseAnswer' }],
    [shares.serverErrorBefore, { kind: 'serverError', when: 'before' }],
    [shares.serverErrorAfter, { kind: 'serverError', when: 'after' }],
    [shares.hangAfter, { kind: 'hang', when: 'after' }],
    [shares.slow?.share, { kind: 'delay', ms: shares.slow?.ms ?? 0, when: 'after' }],
  ];
  let reached = 0;
  for (const [share = 0, fault] of table) {
    reached += share;
    if (drawn < reached) return fault;
  }
  return undefined;
}

/** Numbers from 0 to 1, from a linear congruential generator (Knuth's MMIX constants). */
function randomFrom(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}
