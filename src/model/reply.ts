/** The JSON in what a model wrote: bare, in a fence, or behind a sentence that it could not hold back. */
import { z } from 'zod';
import { ModelError } from './language-model.ts';

/** Characters that are looked at; statements are short. */
const MAX_LENGTH = 20_000;

/** A sentence of the model's and the one of the paper that it rests on. */
export const statement = z.object({ text: z.string(), quote: z.string() });

export type Statement = z.infer<typeof statement>;

/** More than anybody would read are a flood. */
const MOST_STATEMENTS = 20;

/** @param of what each is */
export function listOf<Schema extends z.ZodType>(of: Schema) {
  return z.object({ points: z.array(of).max(MOST_STATEMENTS) });
}

/** What a model thought aloud before it answered, as servers of such models leave it in the text. */
const THOUGHT = /^.*<\/think>/s;

/** @throws ModelError when there is no JSON of this form in it */
export function readReply<Schema extends z.ZodType>(schema: Schema, written: string): z.output<Schema> {
  const reply = written.replace(THOUGHT, '');
  if (reply.length > MAX_LENGTH) throw new ModelError('unfit', `the answer has ${reply.length} characters`);
  const from = reply.indexOf('{');
  const to = reply.lastIndexOf('}');
  if (from < 0 || to < from) throw new ModelError('unfit', 'the answer holds no JSON');
  let data: unknown;
  try {
    data = JSON.parse(reply.slice(from, to + 1));
  } catch (error) {
    throw new ModelError('unfit', 'the answer holds broken JSON', { cause: error });
  }
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new ModelError('unfit', 'the answer has another form than was asked for');
  return parsed.data;
}
