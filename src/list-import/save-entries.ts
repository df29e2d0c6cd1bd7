/** Stores and saves the papers of entries in parts, so that what was saved before a crash stays saved. */
import { UserError } from '../base/errors.ts';
import type { PaperRecord } from '../papers/paper.ts';
import type { PaperStore } from '../papers/paper-store.ts';
import type { SourceName } from '../papers/source-names.ts';
import type { LookupMiss, PaperLookup } from '../sources/lookup.ts';
import { type Finders, findPaper } from './find-paper.ts';
import type { EntryProblem, ImportOutcome } from './list-import.ts';
import type { TextEntry } from './read-entries.ts';

export interface SavingParts extends Finders {
  readonly papers: PaperStore;
  readonly lookup: Pick<PaperLookup, 'findMany'>;
}

/** Entries that are stored, requested from sources and saved before the next ones. */
const PART = 50;
/** Papers requested from sources in one import, so that it ends within a minute. */
const MOST_REQUESTED = 200;

interface Counts {
  saved: number;
  already: number;
  added: number;
  left: number;
  requested: number;
}

/** Saves a stored paper, by its id. Returns false if it was saved before. */
export type SavePaper = (paper: string) => Promise<boolean>;

export async function saveEntries(
  parts: SavingParts,
  entries: readonly TextEntry[],
  savePaper: SavePaper,
  now: Date,
  signal: AbortSignal,
): Promise<ImportOutcome> {
  const at = now.toISOString();
  const counts: Counts = { saved: 0, already: 0, added: 0, left: 0, requested: 0 };
  const notFound: EntryProblem[] = [];
  const faulty: EntryProblem[] = [];
  const done = new Set<string>();

  async function save(paper: string, entry: TextEntry): Promise<void> {
    if (done.has(paper)) return;
    done.add(paper);
    try {
      counts[(await savePaper(paper)) ? 'saved' : 'already'] += 1;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      faulty.push(problemOf(entry, error.message));
    }
  }

  for (let from = 0; from < entries.length && !signal.aborted; from += PART) {
    const some = entries.slice(from, from + PART);
    counts.added += await storeRecords(parts.papers, some, at);
    const miss = await requestMissing(parts, some, counts, signal);
    for (const entry of some) {
      if (signal.aborted) break;
      if (entry.kind === 'fault') faulty.push(problemOf(entry, entry.reason));
      if (entry.kind === 'record' && entry.leftOut.length > 0)
        faulty.push(problemOf(entry, `saved without a part of it, because ${entry.leftOut.join('; ')}`));
      const paper = await findPaper(parts, entry);
      if (paper) await save(paper.id, entry);
      else if (entry.kind === 'reference' && miss !== undefined && miss !== 'unknown') counts.left += 1;
      else if (entry.kind !== 'fault') notFound.push(problemOf(entry, REASONS[entry.kind]));
    }
  }
  const { requested: _, ...counted } = counts;
  return { ...counted, notFound, faulty, ...(signal.aborted && { isStopped: true }) };
}

/** @returns the number of papers that were not stored before */
async function storeRecords(papers: PaperStore, entries: readonly TextEntry[], at: string): Promise<number> {
  const bySource = new Map<SourceName, PaperRecord[]>();
  for (const entry of entries) {
    if (entry.kind !== 'record') continue;
    bySource.set(entry.source, [...(bySource.get(entry.source) ?? []), entry.record]);
  }
  let added = 0;
  for (const [source, records] of bySource)
    added += (await papers.importBatch(records, { source, at })).added;
  return added;
}

/** @returns why papers may still be missing; `undefined` if none was missing */
async function requestMissing(
  { papers, lookup }: SavingParts,
  entries: readonly TextEntry[],
  counts: Counts,
  signal: AbortSignal,
): Promise<LookupMiss | undefined> {
  const ids = entries.flatMap((entry) => (entry.kind === 'reference' ? [entry.id] : []));
  const missing: string[] = [];
  for (const id of new Set(ids)) if (!(await papers.find(id))) missing.push(id);
  if (missing.length === 0) return undefined;
  const asked = missing.slice(0, Math.max(0, MOST_REQUESTED - counts.requested));
  if (asked.length === 0) return 'unreachable';
  counts.requested += asked.length;
  const { added, miss } = await lookup.findMany(asked, signal);
  counts.added += added;
  return asked.length < missing.length ? 'unreachable' : miss;
}

const REASONS: Readonly<Record<Exclude<TextEntry['kind'], 'fault'>, string>> = {
  reference: 'no source has a paper with this ID',
  doi: 'no stored paper has this DOI. Import it as BibTeX, or paste its arXiv ID',
  title: 'no stored paper has this title, or several have it. Paste its arXiv ID or a link',
  record: 'it could not be stored',
};

function problemOf({ line, text }: TextEntry, reason: string): EntryProblem {
  return { line, entry: text, reason: reason.replace(/\.$/, '') };
}
