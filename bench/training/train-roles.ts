/**
 * Learns the weights of roles from marked abstracts and writes `src/summary/scoring/role-weights.ts`, after
 * `train-summary.ts`:
 *
 *     BENCH_DATA=FOLDER node bench/training/train-roles.ts && npm run fix
 *
 * The same input gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMarked } from '../support/marked-roles.ts';
import { learnRoleWeights } from './role-model.ts';

const data = process.env['BENCH_DATA'] ?? '';
const abstracts = await readMarked(data);
if (!abstracts) throw new Error(`no marked abstracts in “${data}”`);

writeFileSync(
  join(import.meta.dirname, '../../src/summary/scoring/role-weights.ts'),
  `/**
 * Weights learned from ${abstracts.length} abstracts in which readers marked problem, task, idea and result,
 * without any of their text. Made by bench/training/train-roles.ts.
 */

/** By feature, the weights for the line, the problem, the approach and the result. */
export const ROLE_WEIGHTS: Readonly<Record<string, readonly number[]>> = ${JSON.stringify(learnRoleWeights(abstracts))};
`,
);
