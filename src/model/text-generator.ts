/** Generates text with the language model, limited in time and number of calls. Never throws. */
import PQueue from 'p-queue';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import { openCircuitBreaker } from '../resilience/circuit-breaker.ts';
import { withDeadline } from '../resilience/deadline.ts';
import { type Clock, dayOf } from '../time/clock.ts';
import type { Allowance, BudgetStore, Requester } from './budget.ts';
import { type LanguageModel, ModelError, type Prompt } from './language-model.ts';

/** Milliseconds for queueing, call and checks. An answer then still arrives within ten seconds. */
export const PATIENCE_MS = 8_000;
/** Concurrent calls. Most endpoints allow more, a local model hardly does. */
const CALLS_AT_ONCE = 4;
/** Concurrent calls that fail count once: a comparison alone makes four. */
const BREAKER = { failures: 3, openMs: 60_000 };

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
  down: 'the language model could not be reached',
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
  const breaker = openCircuitBreaker(BREAKER, clock);

  async function attempt<Value>(
    prompt: Prompt,
    read: (reply: string) => Value,
    requester: Requester,
    began: number,
    signal: AbortSignal,
  ): Promise<Generated<Value>> {
    const claim = await budget.claim(requester, dayOf(clock.now()), allowance);
    if (claim !== 'granted') return notGenerated(claim);
    try {
      const reply = await queue.add(() => model.write(prompt, signal), { signal });
      breaker.succeeded();
      return { kind: 'generated', value: read(reply), by: model.name };
    } catch (error) {
      signal.throwIfAborted();
      const fault = error instanceof ModelError ? error.fault : 'unfit';
      log.warn({ model: model.name, fault, reason: messageOf(error) }, 'llm: reply unusable');
      if (fault === 'down') breaker.failed(began);
      return notGenerated(fault);
    }
  }

  async function writeInTime<Value>(
    prompt: Prompt,
    read: (reply: string) => Value,
    requester: Requester,
  ): Promise<Generated<Value>> {
    if (breaker.isOpen()) return notGenerated('down');
    const began = clock.elapsed();
    return withDeadline(
      { ms: PATIENCE_MS, clock },
      (signal) => attempt(prompt, read, requester, began, signal),
      () => {
        log.warn({ model: model.name }, 'llm: timeout');
        breaker.failed(began);
        return notGenerated('slow');
      },
    );
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
