/** The one way to the language model: bounded in time and in number. Whatever the model does, nobody waits long, and nothing is thrown. */
import PQueue from 'p-queue';
import { type Clock, dayOf } from '../clock.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Allowance, Asker, BudgetStore } from './budget.ts';
import { type LanguageModel, ModelError, type Prompt } from './language-model.ts';

/** Milliseconds for all: waiting for a place, the call, its check. Whoever asked is answered within ten seconds all the same. */
export const PATIENCE_MS = 8_000;
/** Calls at once; most endpoints allow more, a local model hardly. */
const CALLS_AT_ONCE = 4;
/** After so many failures in a row the model is left alone for a while, so that not everybody waits for nothing. */
const FAILURES = 3;
const REST_MS = 60_000;

export type Written<Value> =
  | { readonly kind: 'written'; readonly value: Value; readonly by: string }
  /** `why` is a clause without a full stop: “the language model did not answer in time”. */
  | { readonly kind: 'not-written'; readonly why: string };

export interface Writer {
  readonly model: string;
  /**
   * @param read makes of the reply what is wanted; when it throws, the reply counts as one that cannot be used
   */
  write<Value>(prompt: Prompt, read: (reply: string) => Value, asker: Asker): Promise<Written<Value>>;
}

export interface WriterOptions {
  readonly model: LanguageModel;
  readonly budget: BudgetStore;
  readonly allowance: Allowance;
  readonly clock: Clock;
  readonly log: Logger;
}

const WORDS = {
  slow: 'the language model did not answer in time',
  down: 'the language model cannot be reached',
  refused: 'the language model refused to answer',
  unfit: 'the language model’s answer was not fit to show',
  day: 'today’s calls of the language model are used up',
  person: 'your calls of the language model for today are used up',
} as const;

export function openWriter({ model, budget, allowance, clock, log }: WriterOptions): Writer {
  const queue = new PQueue({ concurrency: CALLS_AT_ONCE });
  let failures = 0;
  let restsUntil = 0;

  async function attempt<Value>(
    prompt: Prompt,
    read: (reply: string) => Value,
    asker: Asker,
    signal: AbortSignal,
  ): Promise<Written<Value>> {
    const claim = await budget.claim(asker, dayOf(clock.now()), allowance);
    if (claim !== 'granted') return { kind: 'not-written', why: WORDS[claim] };
    try {
      const reply = await queue.add(() => model.write(prompt, signal), { signal });
      failures = 0;
      return { kind: 'written', value: read(reply), by: model.name };
    } catch (error) {
      signal.throwIfAborted();
      const fault = error instanceof ModelError ? error.fault : 'unfit';
      log.warn({ model: model.name, fault, reason: messageOf(error) }, 'the language model was of no use');
      if (fault === 'down') failed();
      return { kind: 'not-written', why: WORDS[fault] };
    }
  }

  function failed(): void {
    failures++;
    if (failures >= FAILURES) restsUntil = clock.now().getTime() + REST_MS;
  }

  return {
    model: model.name,
    async write(prompt, read, asker) {
      if (clock.now().getTime() < restsUntil) return { kind: 'not-written', why: WORDS.down };
      const call = new AbortController();
      const waiting = new AbortController();
      const slow = clock
        .sleep(PATIENCE_MS, waiting.signal)
        .then(() => ({ kind: 'not-written', why: WORDS.slow }) as const);
      // Whichever of the two loses is of no interest any more.
      slow.catch(() => undefined);
      const work = attempt(prompt, read, asker, call.signal);
      work.catch(() => undefined);
      const first = await Promise.race([work, slow]);
      waiting.abort();
      call.abort();
      if (first.kind === 'not-written' && first.why === WORDS.slow) {
        log.warn({ model: model.name }, 'the language model did not answer in time');
        failed();
      }
      return first;
    },
  };
}
