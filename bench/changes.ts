/**
 * Share of pairs of versions of real papers whose change is recognised, for each kind that they are marked
 * with; and the milliseconds for a pair. A mark counts only if it is left after the text was cleaned as the
 * sources clean it.
 */
import type { PaperChange, PaperState } from '../src/changes/changes.ts';
import { comparePapers } from '../src/changes/compare.ts';
import { changeSentence } from '../src/changes/sentence.ts';
import type { Benchmark } from './support/figure.ts';
import { percentOf } from './support/statistics.ts';
import { type PaperVersion, readVersionPairs, toState, versionsFolder } from './support/version-pairs.ts';

/** The abstract is the same but for a few words; the marks call it so from 97% of equal words on. */
const SAME_MARK: Readonly<Record<string, string>> = { abstract_touched: 'abstract_changed' };

export const changesBenchmark: Benchmark = {
  prefix: 'changes',
  async run({ data, report, skip }) {
    const pairs = readVersionPairs(data);
    if (!pairs) return skip('changes', `no ${versionsFolder(data)}`);
    const from = performance.now();
    const judged = pairs.map(({ id, kind, v_old, v_new }) => {
      const [old, current] = [toState(v_old), toState(v_new)];
      const changes = comparePapers(old, current);
      if (process.env['CHANGES_SHOW'] !== undefined) show(id, kind, changes);
      const marks = new Set(kind.map((each) => SAME_MARK[each] ?? authorsMark(each, v_old, v_new) ?? each));
      return { marks: marksLeft(marks, old, current), found: marksOf(changes) };
    });
    report('changes.pair_ms', (performance.now() - from) / pairs.length, 'ms');
    const kinds = [...new Set(judged.flatMap(({ marks }) => [...marks]))].toSorted();
    for (const kind of kinds) {
      const marked = judged.filter(({ marks }) => marks.has(kind));
      report(
        `changes.${kind}.right_pct`,
        percentOf(marked, ({ found }) => found.has(kind)),
        '%',
      );
      const others = judged.filter(({ marks }) => !marks.has(kind));
      report(
        `changes.${kind}.false_pct`,
        percentOf(others, ({ found }) => found.has(kind)),
        '%',
      );
    }
  },
};

/**
 * The marks were computed without splitting “A and B” into two authors, so that one more author is
 * `authors_changed`. Reads the recorded texts again, by the same rule.
 */
function authorsMark(mark: string, old: PaperVersion, current: PaperVersion): string | undefined {
  if (mark !== 'authors_changed') return undefined;
  const [before, after] = [namesIn(old), namesIn(current)];
  const isAdded = after.some((name) => !before.includes(name));
  const isRemoved = before.some((name) => !after.includes(name));
  if (isAdded && isRemoved) return mark;
  if (isAdded) return 'authors_added';
  return isRemoved ? 'authors_removed' : 'authors_reordered';
}

function namesIn({ authors }: PaperVersion): string[] {
  return (authors ?? '')
    .replace(/\([^()]*\)/g, '')
    .split(/,|\band\b/i)
    .map((name) => name.trim())
    .filter(Boolean);
}

/** Drops marks of what looks the same once it is cleaned, such as affiliations behind names. */
function marksLeft(marks: ReadonlySet<string>, old: PaperState, current: PaperState): Set<string> {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const left = [...marks].filter((mark) => {
    if (mark.startsWith('abstract')) return !isSame(old.abstract, current.abstract);
    if (mark.startsWith('authors')) return !isSame(old.authors, current.authors);
    return mark !== 'comment_changed' || current.comment !== undefined;
  });
  return new Set(left.length > 0 ? left : ['metadata_same']);
}

function marksOf(changes: readonly PaperChange[]): Set<string> {
  const marks = changes.flatMap((change) => {
    switch (change.kind) {
      case 'abstract':
        return change.extent === 'rewritten' ? 'abstract_rewritten' : 'abstract_changed';
      case 'title':
        return 'title_changed';
      case 'authors': {
        const { added, removed, respelled } = change;
        if (respelled.length > 0 || (added.length > 0 && removed.length > 0)) return 'authors_changed';
        if (added.length > 0) return 'authors_added';
        return removed.length > 0 ? 'authors_removed' : 'authors_reordered';
      }
      case 'doi':
        return 'doi_added';
      case 'venue':
        return 'journal_ref_added';
      case 'categories':
      case 'licence':
      case 'comment':
        return `${change.kind}_changed`;
      case 'withdrawn':
        return 'withdrawn';
      default:
        return [];
    }
  });
  return new Set(marks.length > 0 ? marks : ['metadata_same']);
}

function show(id: string, kind: readonly string[], changes: readonly PaperChange[]): void {
  process.stdout.write(`${id} ${kind.join(', ')}\n    ${changeSentence(changes)}\n`);
}
