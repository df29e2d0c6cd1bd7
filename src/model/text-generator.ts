/** Generates text with the language model, limited in time and number of calls. Never throws. */
import PQueue from 'p-queue';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import { type Clock, dayOf } from '../time/clock.ts';
import type { Allowance, BudgetStore, Requester } from './budget.ts';
import { type LanguageModel, ModelError, type Prompt } from './language-model.ts';

/** Milliseconds for queueing, call and checks. An answer then still arrives within ten seconds. */
export const PATIENCE_MS = 8_000;
/** Concurrent calls. Most endpoints allow more, a local model hardly does. */
const CALLS_AT_ONCE = 4;
/**
 * Consecutive failures after which the model is not called for a while. Concurrent calls that fail count
 * once, because a comparison alone makes four.
 */
const FAILURES = 3;
const REST_MS = 60_000;

export type Generated<Value> =
  | { readonly kind: 'generated'; readonly value: Value; readonly by: string }
  /** `why` is a clause without a full stop: “the language model did not respond in time”. */
  | { readonly kind: 'not-generated'; readonly fault: Fault; readonly why: string };

export interface TextGenerator {
  readonly model: string;
  /**
   * @param read parses the reply; if it throws, the reply counts as unusable
   */
  write<Value>(
    prompt: Prompt,
    read: (reply: string) => Value,
    requester: Requester,
  ): Promise<Generated<Value>>;
}

export interface TextGeneratorOptions {
  readonly model: LanguageModel;
  readonly budget: BudgetStore;
  readonly allowance: Allowance;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called with the outcome of each request. */
  readonly onOutcome?: ((outcome: GenerationOutcome) => void) | undefined;
}

/** `person`: only the caller's limit is reached. */
export type Fault = keyof typeof WORDS;

const WORDS = {
  slow: 'the language model did not respond in time',
  down: 'the language model is not reachable',
  refused: 'the language model refused to answer',
  unfit: 'the language model’s reply was not usable',
  day: 'today’s limit for the language model is reached',
  person: 'your daily limit for the language model is reached',
} as const;

export type GenerationOutcome = 'generated' | Fault;

export const OUTCOMES: readonly GenerationOutcome[] = ['generated', ...(Object.keys(WORDS) as Fault[])];

export function openTextGenerator({
  model,
  budget,
  allowance,
  clock,
  log,
  onOutcome,
}: TextGeneratorOptions): TextGenerator {
  const queue = new PQueue({ concurrency: CALLS_AT_ONCE });
  let failures = 0;
  let failedAt = 0;
  let restsUntil = 0;

  async function attempt<Value>(
    prompt: Prompt,
    read: (reply: string) => Value,
    requester: Requester,
    since: number,
    signal: AbortSignal,
  ): Promise<Generated<Value>> {
    const claim = await budget.claim(requester, dayOf(clock.now()), allowance);
    if (claim !== 'granted') return notGenerated(claim);
    try {
      const reply = await queue.add(() => model.write(prompt, signal), { signal });
      failures = 0;
      return { kind: 'generated', value: read(reply), by: model.name };
    } catch (error) {
      signal.throwIfAborted();
      const fault = error instanceof ModelError ? error.fault : 'unfit';
      log.warn({ model: model.name, fault, reason: messageOf(error) }, 'llm: reply unusable');
      if (fault === 'down') failed(since);
      return notGenerated(fault);
    }
  }

  /** @param since when the call began */
  function failed(since: number): void {
    if (since < failedAt) return;
    failedAt = clock.now().getTime();
    failures++;
    if (failures >= FAILURES) restsUntil = failedAt + REST_MS;
  }

  async function writeInTime<Value>(
    prompt: Prompt,
    read: (reply: string) => Value,
    requester: Requester,
  ): Promise<Generated<Value>> {
    const since = clock.now().getTime();
    if (since < restsUntil) return notGenerated('down');
    const call = new AbortController();
    const waiting = new AbortController();
    const slow = clock.sleep(PATIENCE_MS, waiting.signal).then(() => notGenerated('slow'));
    // The loser of the race is ignored.
    slow.catch(() => undefined);
    const work = attempt(prompt, read, requester, since, call.signal);
    work.catch(() => undefined);
    const first = await Promise.race([work, slow]);
    waiting.abort();
    call.abort();
    if (first.kind === 'not-generated' && first.fault === 'slow') {
      log.warn({ model: model.name }, 'llm: timeout');
      failed(since);
    }
    return first;
  }

  return {
    model: model.name,
    async write(prompt, read, requester) {
      const generated = await writeInTime(prompt, read, requester);
      onOutcome?.(generated.kind === 'generated' ? 'generated' : generated.fault);
      return generated;
    },
  };
}

function notGenerated(fault: Fault) {
  return { kind: 'not-generated', fault, why: WORDS[fault] } as const;
}
