/** Counters for `/metrics` that cannot be read from the database. */
import { Counter, Histogram, Registry } from 'prom-client';
import { type GenerationOutcome, OUTCOMES } from '../model/text-generator.ts';

const COMMAND_OUTCOMES = ['ok', 'problem', 'failed'] as const;

/** Events to count. */
export interface Activity {
  /** @param answered a command; `problem` can be fixed by its user, `failed` is a bug in the program */
  answered(answered: {
    readonly command: string;
    readonly outcome: (typeof COMMAND_OUTCOMES)[number];
    readonly seconds: number;
  }): void;
  /** @param outcome of a request to the language model */
  modelAsked(outcome: GenerationOutcome): void;
}

export interface CountedActivity extends Activity {
  readonly registry: Registry;
}

/** Histogram buckets. Platforms expect a first answer within three seconds. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Uses a separate registry, so that two instances in a process do not share counters. */
export function countActivity(): CountedActivity {
  const registry = new Registry();
  const registers = [registry];
  const commands = new Counter({
    name: 'paperboy_commands_total',
    help: 'Commands answered since the start: ok, problem (the user can fix it) or failed (see the log)',
    labelNames: ['outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'paperboy_command_seconds',
    help: 'Seconds from a command to its answer, without network time',
    labelNames: ['command'],
    buckets: SECONDS,
    registers,
  });
  const model = new Counter({
    name: 'paperboy_model_calls_total',
    help: 'Requests to the language model since the start, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  // Start at 0: Prometheus sees no increase from an absent counter to 1.
  for (const outcome of COMMAND_OUTCOMES) commands.inc({ outcome }, 0);
  for (const outcome of OUTCOMES) model.inc({ outcome }, 0);
  return {
    registry,
    answered(answered) {
      commands.inc({ outcome: answered.outcome });
      seconds.observe({ command: answered.command }, answered.seconds);
    },
    modelAsked: (outcome) => model.inc({ outcome }),
  };
}
