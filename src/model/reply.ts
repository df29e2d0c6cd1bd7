/** Extracts JSON from a model's reply: bare, in a code fence, or after other text. */
import { z } from 'zod';
import { ModelError } from './language-model.ts';

/** Maximum characters of a reply. */
const MAX_LENGTH = 20_000;

/** A statement of the model and the sentence of the paper that it quotes. */
export const statement = z.object({ text: z.string(), quote: z.string() });

export type Statement = z.infer<typeof statement>;

/** Maximum number of statements. */
const MOST_STATEMENTS = 20;

/** @param of schema of each item */
export function listOf<Schema extends z.ZodType>(of: Schema) {
  return z.object({ points: z.array(of).max(MOST_STATEMENTS) });
}

/** Visible reasoning before the answer, which some servers leave in the text. */
const THOUGHT = /^.*<\/think>/s;

/** @throws ModelError if there is no JSON of this schema */
export function readReply<Schema extends z.ZodType>(schema: Schema, written: string): z.output<Schema> {
  const reply = written.replace(THOUGHT, '');
  if (reply.length > MAX_LENGTH) throw new ModelError('unfit', `the reply has ${reply.length} characters`);
  const from = reply.indexOf('{');
  const to = reply.lastIndexOf('}');
  if (from < 0 || to < from) throw new ModelError('unfit', 'the reply contains no JSON');
  let data: unknown;
  try {
    data = JSON.parse(reply.slice(from, to + 1));
  } catch (error) {
    throw new ModelError('unfit', 'the reply contains invalid JSON', { cause: error });
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new ModelError('unfit', 'the reply does not match the schema');
  return parsed.data;
}
