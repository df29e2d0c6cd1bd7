/** Counts what the process does, as it happens: the part of `/metrics` that cannot be read from the database. */
import { Counter, Histogram, Registry } from 'prom-client';
import { type GenerationOutcome, OUTCOMES } from '../model/text-generator.ts';

const COMMAND_OUTCOMES = ['ok', 'problem', 'failed'] as const;

/** Told by whoever does it. */
export interface Activity {
  /** @param answered a command; `problem` is its user's to mend, `failed` is ours */
  answered(answered: {
    readonly command: string;
    readonly outcome: (typeof COMMAND_OUTCOMES)[number];
    readonly seconds: number;
  }): void;
  /** @param outcome what came of a text that was asked of the language model */
  modelAsked(outcome: GenerationOutcome): void;
}

export interface CountedActivity extends Activity {
  readonly registry: Registry;
}

/** Platforms want a first answer within three seconds. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** A registry of its own, so that two in a process do not share figures. */
export function countActivity(): CountedActivity {
  const registry = new Registry();
  const registers = [registry];
  const commands = new Counter({
    name: 'paperboy_commands_total',
    help: 'Commands answered since the start: ok, problem (their user can mend it) or failed (see the log)',
    labelNames: ['outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'paperboy_command_seconds',
    help: 'From a command to its answer, without the way to the platform and back',
    labelNames: ['command'],
    buckets: SECONDS,
    registers,
  });
  const model = new Counter({
    name: 'paperboy_model_calls_total',
    help: 'Texts asked of the language model since the start, by what came of it',
    labelNames: ['outcome'],
    registers,
  });
  // What has not happened yet is 0: from nothing to 1 is no increase.
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
