/** The names of the formats. The formats themselves load libraries of citations. */
export const EXPORT_FORMATS = ['jsonl', 'bibtex', 'ris', 'csl-json', 'markdown', 'csv'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];
