/** Papers, their votes, changes and vectors, and the state of the sources. */
import type { Generated } from 'kysely';

/** One row per paper; lists are JSON arrays of strings. */
export interface PaperTable {
  pk: number;
  id: string;
  title_key: string;
  title: string;
  abstract: string;
  authors: string;
  categories: string;
  keywords: string;
  text_rank: number;
  version: number | null;
  published: string | null;
  updated: string | null;
  comment: string | null;
  journal_ref: string | null;
  doi: string | null;
  venue: string | null;
  organization: string | null;
  project_url: string | null;
  code_url: string | null;
  code_stars: number | null;
  thumbnail_url: string | null;
  on_hugging_face: number;
  withdrawn: number;
  withdrawn_at: string | null;
  votes: number | null;
  comments: number | null;
  citations: number | null;
  /** A JSON object: family names by author. */
  families: string | null;
  added_at: string;
  changed_at: string;
}

export interface EmbeddingModelTable {
  id: Generated<number>;
  maker: 'words' | 'built-in' | 'endpoint' | 'local';
  name: string;
  dimensions: number;
  state: 'building' | 'serving';
  papers: number;
  learned: Uint8Array | null;
  share: number;
  reached: Generated<number>;
  begun_at: string;
}

export interface PaperTables {
  index_form: {
    one: number;
    form: number;
    reached: number;
    last: number;
    letters_reached: number;
    letters_last: number;
    is_merged: Generated<number>;
  };
  papers: PaperTable;
  paper_aliases: { alias: string; paper: number };
  paper_categories: { category: string; paper: number };
  paper_counts: { one: number; gaps: number; counted_to: number };
  category_counts: { category: string; papers: number };
  appearances: { day: string; paper: number; rank: number; votes: number; comments: number };
  vote_snapshots: { paper: number; at: string; votes: number; comments: number; stars: number | null };
  source_state: {
    source: string;
    key: string;
    etag: string | null;
    fetched_at: string | null;
    next_at: string | null;
    failures: number;
    error: string | null;
  };
  harvests: {
    name: string;
    phase: 'list' | 'check' | 'fetch' | 'rest';
    from_day: string | null;
    token: string | null;
    token_until: string | null;
    list_day: string | null;
    seen_day: string | null;
    stalls: number;
    rounds: number;
    read: number;
    size: number | null;
    busy_ms: number;
    since: string | null;
    complete_to: string | null;
    completed_at: string | null;
  };
  harvest_missing: { harvest: string; day: string; id: string };
  announcements: {
    feed: string;
    day: string;
    seen_at: string;
    entries: number;
    fingerprint: string;
    problem: 'repeated' | 'cut' | 'missing' | 'unreadable' | null;
    made_good_at: string | null;
  };
  import_progress: { file: string; lines: number; at: string };
  summaries: {
    paper: number;
    level: string;
    model: string;
    prompt: string;
    version: string;
    points: string;
    made_at: string;
  };
  model_calls: { day: string; platform: string; workspace: string; person: string; calls: number };
  embedding_models: EmbeddingModelTable;
  paper_vectors: { paper: number; model: number; packed: Uint8Array };
  missing_vectors: { paper: number; model: number };
  new_papers: { number: Generated<number>; paper: number };
  paper_changes: {
    id: Generated<number>;
    paper: number;
    seen_at: string;
    version: number | null;
    what: string;
    sentence: string;
  };
  paper_checks: { paper: number; checked_at: string };
}
