/** A paper to export, with what a person added to it. */
import type { PaperRecord } from '../papers/paper.ts';

export interface ExportRecord extends PaperRecord {
  /** A person's own tags. Citation formats have them as keywords, after those of the paper. */
  readonly tags?: readonly string[];
  /** A person's own note, as it was typed. */
  readonly note?: string;
}

/** Keywords of the paper, then the tags; each once. */
export function keywordsOf({ keywords = [], tags = [] }: ExportRecord): string[] {
  return [...new Set([...keywords, ...tags])];
}

/** The note on one line, for formats in which a line is a field. */
export function noteLine({ note = '' }: ExportRecord): string {
  return note.replace(/\s+/g, ' ').trim();
}
