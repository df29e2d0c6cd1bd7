/**
 * Share of pairs of versions of real papers whose change is recognised, for each kind that they are marked
 * with; and the milliseconds for a pair. A mark counts only if it is left after the text was cleaned as the
 * sources clean it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { compact } from '../src/base/compact.ts';
import type { PaperChange, PaperState } from '../src/changes/changes.ts';
import { comparePapers } from '../src/changes/compare.ts';
import { changeSentence } from '../src/changes/sentence.ts';
import { saysWithdrawn } from '../src/papers/withdrawal.ts';
import { splitCreators } from '../src/sources/arxiv/arxiv-feed.ts';
import { toCredits } from '../src/text/authors.ts';
import { cleanAbstract, cleanText, cleanTitle } from '../src/text/clean.ts';
import type { Benchmark } from './support/figure.ts';
import { percentOf } from './support/statistics.ts';

const FILES = ['pairs.jsonl', 'pairs_more.jsonl.gz', 'pairs_2007-2011.jsonl.gz'];

const versionSchema = z.object({
  version: z.number().nullish(),
  title: z.string(),
  abstract: z.string().nullish(),
  authors: z.string().nullish(),
  comment: z.string().nullish(),
  doi: z.string().nullish(),
  journal_ref: z.string().nullish(),
  categories: z.array(z.string()).nullish(),
  license: z.string().nullish(),
  withdrawn: z.boolean().nullish(),
});

const pairSchema = z.object({
  id: z.string(),
  kind: z.array(z.string()),
  v_old: versionSchema,
  v_new: versionSchema,
});

/** The abstract is the same but for a few words; the marks call it so from 97% of equal words on. */
const SAME_MARK: Readonly<Record<string, string>> = { abstract_touched: 'abstract_changed' };

export const changesBenchmark: Benchmark = {
  prefix: 'changes',
  async run({ data, report, skip }) {
    const folder = join(data, 'fixtures/versions');
    if (!existsSync(folder)) return skip('changes', `no ${folder}`);
    const pairs = FILES.flatMap((file) => readPairs(join(folder, file)));
    const from = performance.now();
    const judged = pairs.map(({ id, kind, v_old, v_new }) => {
      const [old, current] = [toState(v_old), toState(v_new)];
      const changes = comparePapers(old, current);
      if (process.env['CHANGES_SHOW'] !== undefined) show(id, kind, changes);
      const marks = new Set(kind.map((each) => SAME_MARK[each] ?? each));
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

function readPairs(path: string) {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => pairSchema.parse(JSON.parse(line)));
}

function toState(version: z.output<typeof versionSchema>): PaperState {
  const text = (value: string | null | undefined) => cleanText(value ?? '') || undefined;
  const words = {
    title: cleanTitle(version.title),
    abstract: cleanAbstract(version.abstract ?? ''),
    ...compact({ comment: text(version.comment) }),
  };
  return {
    ...words,
    authors: toCredits(splitCreators(version.authors ?? '')).authors ?? [],
    categories: version.categories ?? [],
    ...compact({
      version: version.version ?? undefined,
      doi: text(version.doi),
      journalRef: text(version.journal_ref),
      licence: text(version.license),
      withdrawn: version.withdrawn === true || saysWithdrawn(words) ? true : undefined,
    }),
  };
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
