/** Abstracts in which readers marked problem, task, idea and result. The data's README names the source. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Role } from '../../src/summary/scoring/scorer.ts';

const marked = z.object({
  id: z.string(),
  abstract: z.string(),
  spans: z.array(z.object({ label: z.enum(['problem', 'task', 'idea', 'result']), text: z.string() })),
});

export type Marked = z.infer<typeof marked>;
type Label = Marked['spans'][number]['label'];

/** Marks that make a sentence right in a role. */
const LABELS: Readonly<Record<Role, readonly Label[]>> = {
  line: ['idea', 'task'],
  problem: ['problem'],
  approach: ['idea'],
  result: ['result'],
};

/** Share of a sentence's words in a mark, or of a mark's words in a sentence, from which it is right. */
const IN_MARK = 0.6;
const OF_MARK = 0.8;

export function rolesFile(data: string): string {
  return join(data, 'summ', 'roles', 'roles.jsonl.gz');
}

/** `undefined` if there is no recording. */
export async function readMarked(data: string): Promise<Marked[] | undefined> {
  const file = rolesFile(data);
  if (!existsSync(file)) return undefined;
  const rows: Marked[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    rows.push(marked.parse(JSON.parse(line)));
  }
  return rows;
}

/** True if readers marked something for the role. */
export function isMarked({ spans }: Marked, role: Role): boolean {
  return spans.some(({ label }) => LABELS[role].includes(label));
}

export function isRight({ spans }: Marked, role: Role, sentence: string): boolean {
  const words = wordsOf(sentence);
  return spans.some(({ label, text }) => {
    if (!LABELS[role].includes(label)) return false;
    const span = wordsOf(text);
    const both = countBoth(words, span);
    return both >= IN_MARK * words.length || both >= OF_MARK * span.length;
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words in both lists; one that is there twice counts twice. */
function countBoth(words: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
  let both = 0;
  for (const word of words) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    both += 1;
  }
  return both;
}
