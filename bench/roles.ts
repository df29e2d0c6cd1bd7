/**
 * Share of abstracts in which the sentence chosen for a role is one that readers marked, by ten-fold
 * cross-validation. The baseline is the first sentence for the line and the problem, the second for the
 * approach, and the last for the result.
 */

import { ROLES, type Role, scoreRoles } from '../src/summary/scoring/scorer.ts';
import { chooseSentences } from '../src/summary/selection.ts';
import { splitSentences } from '../src/text/sentences/sentences.ts';
import type { Benchmark } from './support/figure.ts';
import { isMarked, isRight, type Marked, readMarked, rolesFile } from './support/marked-roles.ts';
import { percentOf } from './support/statistics.ts';
import { learnRoleWeights } from './training/role-model.ts';

const FOLDS = 10;
const BASELINE: Readonly<Record<Role, number>> = { line: 0, problem: 0, approach: 1, result: -1 };

export const rolesBenchmark: Benchmark = {
  prefix: 'summary.roles',
  async run({ data, report, skip }) {
    const abstracts = await readMarked(data);
    if (!abstracts) return skip('summary.roles', `no ${rolesFile(data)}`);
    const chosen = crossValidated(abstracts);
    for (const role of ROLES) {
      const marked = abstracts.filter((each) => isMarked(each, role));
      const right = percentOf(marked, (each) => holds(each, role, chosen.get(each)?.[role]?.text));
      const said = percentOf(marked, (each) => chosen.get(each)?.[role] !== undefined);
      const plain = percentOf(marked, (each) =>
        holds(each, role, splitSentences(each.abstract).at(BASELINE[role])),
      );
      report(`summary.roles.${role}.right_pct`, right, '%', plain);
      report(`summary.roles.${role}.said_pct`, said, '%');
      const unmarked = abstracts.filter((each) => !isMarked(each, role));
      report(
        `summary.roles.${role}.said_unmarked_pct`,
        percentOf(unmarked, (each) => chosen.get(each)?.[role] !== undefined),
        '%',
      );
    }
  },
};

function holds(marked: Marked, role: Role, sentence: string | undefined): boolean {
  return sentence !== undefined && isRight(marked, role, sentence);
}

/** Each abstract's sentences, chosen with weights that were learned from the other folds. */
function crossValidated(abstracts: readonly Marked[]) {
  const chosen = new Map<Marked, ReturnType<typeof chooseSentences>>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = new Map(
      Object.entries(learnRoleWeights(abstracts.filter((_, at) => at % FOLDS !== fold))),
    );
    for (const marked of abstracts.filter((_, at) => at % FOLDS === fold)) {
      const score = (title: string, sentences: readonly string[]) => scoreRoles(title, sentences, weights);
      chosen.set(marked, chooseSentences({ title: '', abstract: marked.abstract }, score));
    }
  }
  return chosen;
}
