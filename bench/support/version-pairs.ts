/** Pairs of versions of real papers, marked with what changed between them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { compact } from '../../src/base/compact.ts';
import type { PaperState } from '../../src/changes/changes.ts';
import { saysWithdrawn } from '../../src/papers/withdrawal.ts';
import { splitAuthors } from '../../src/sources/arxiv/parsing/author-text.ts';
import { toCredits } from '../../src/text/authors.ts';
import { cleanAbstract, cleanText, cleanTitle } from '../../src/text/clean.ts';

const FILES = ['pairs.jsonl', 'pairs_more.jsonl.gz', 'pairs_2007-2011.jsonl.gz'];

const versionSchema = z.object({
  version: z.number().nullish(),
  date: z.string(),
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

export type PaperVersion = z.output<typeof versionSchema>;
export type VersionPair = z.output<typeof pairSchema>;

export function versionsFolder(data: string): string {
  return join(data, 'fixtures/versions');
}

/** `undefined` if they were not recorded. */
export function readVersionPairs(data: string): VersionPair[] | undefined {
  const folder = versionsFolder(data);
  return existsSync(folder) ? FILES.flatMap((file) => readPairs(join(folder, file))) : undefined;
}

function readPairs(path: string): VersionPair[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => pairSchema.parse(JSON.parse(line)));
}

/** As the sources clean it. */
export function toState(version: PaperVersion): PaperState {
  const text = (value: string | null | undefined) => cleanText(value ?? '') || undefined;
  const words = {
    title: cleanTitle(version.title),
    abstract: cleanAbstract(version.abstract ?? ''),
    ...compact({ comment: text(version.comment) }),
  };
  return {
    ...words,
    authors: toCredits(splitAuthors(version.authors ?? '')).authors ?? [],
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
