/** Converts papers to and from rows of their table. */

import { compact } from '../base/compact.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import type { Paper } from './paper.ts';

/** The columns that describe the paper; `pk`, rank and times belong to the store. */
export type PaperColumns = Omit<PaperTable, 'pk' | 'title_key' | 'text_rank' | 'added_at' | 'changed_at'>;

export function toPaper(row: PaperColumns): Paper {
  return {
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    authors: toList(row.authors),
    categories: toList(row.categories),
    keywords: toList(row.keywords),
    ...compact({
      version: row.version,
      published: row.published,
      updated: row.updated,
      comment: row.comment,
      journalRef: row.journal_ref,
      doi: row.doi,
      venue: row.venue,
      organization: row.organization,
      projectUrl: row.project_url,
      codeUrl: row.code_url,
      codeStars: row.code_stars,
      thumbnailUrl: row.thumbnail_url,
      onHuggingFace: row.on_hugging_face === 1 ? true : undefined,
      withdrawn: row.withdrawn === 1 ? true : undefined,
      withdrawnAt: row.withdrawn_at,
      votes: row.votes,
      comments: row.comments,
      citations: row.citations,
      families: row.families === null ? undefined : (JSON.parse(row.families) as Record<string, string>),
    }),
  };
}

export function fromPaper(paper: Paper): PaperColumns {
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    authors: JSON.stringify(paper.authors),
    categories: JSON.stringify(paper.categories),
    keywords: JSON.stringify(paper.keywords),
    version: paper.version ?? null,
    published: paper.published ?? null,
    updated: paper.updated ?? null,
    comment: paper.comment ?? null,
    journal_ref: paper.journalRef ?? null,
    doi: paper.doi ?? null,
    venue: paper.venue ?? null,
    organization: paper.organization ?? null,
    project_url: paper.projectUrl ?? null,
    code_url: paper.codeUrl ?? null,
    code_stars: paper.codeStars ?? null,
    thumbnail_url: paper.thumbnailUrl ?? null,
    on_hugging_face: paper.onHuggingFace === true ? 1 : 0,
    withdrawn: paper.withdrawn === true ? 1 : 0,
    withdrawn_at: paper.withdrawnAt ?? null,
    votes: paper.votes ?? null,
    comments: paper.comments ?? null,
    citations: paper.citations ?? null,
    families: paper.families ? JSON.stringify(paper.families) : null,
  };
}

function toList(json: string): string[] {
  return json === '[]' ? [] : (JSON.parse(json) as string[]);
}
