/** The fields that an import reads, and the usual names of each, for all formats with named fields. */
import { cleanText } from '../../text/clean.ts';

/**
 * Names in order of preference: when a row has several, the first one that can be read wins. Case, spaces and
 * punctuation make no difference, so `published_at` is also `publishedAt` and `Published at`.
 */
export const FIELD_NAMES = {
  title: ['title', 'paper_title', 'article_title', 'title_s', 'display_name', 'paper'],
  abstract: [
    'abstract',
    'summary',
    'description',
    'abstractNote',
    'abstract_text',
    'paper_abstract',
    'abstract_s',
    'abstract_inverted_index',
    'short_abstract',
  ],
  authors: [
    'authors_parsed',
    'authors',
    'author',
    'authorships',
    'creators',
    'author_list',
    'author_names',
    'authFullName_s',
    'author_string',
    'creator',
    'written_by',
  ],
  categories: ['categories', 'category', 'arxiv_categories'],
  primaryCategory: ['primary_category', 'arxiv_primary_category', 'primary_class'],
  /** Lists in which arXiv categories stand among other topics. */
  topics: ['tags', 'subjects', 'subject', 'topics', 'topic', 'labels', 'fields_of_study', 'tasks', 'terms'],
  keywords: ['keywords', 'keyword', 'key_words', 'ai_keywords', 'author_keywords', 'concepts'],
  published: [
    'published',
    'publication_date',
    'published_at',
    'date_published',
    'published_date',
    'publish_date',
    'pub_date',
    'published_month',
    'publish_time',
    'first_publication_date',
    'first_listed',
    'date',
    'submitted',
    'submitted_at',
    'submitted_date',
    'submission_date',
    'date_submitted',
    'published_online',
    'published_print',
    'posted',
    'issued',
    'pdate',
    'cdate',
    'created',
    'created_at',
    'created_date',
    'date_created',
  ],
  year: ['year', 'publication_year', 'published_year', 'pub_year', 'publicationDateY_i'],
  month: ['month', 'publication_month'],
  updated: [
    'updated',
    'updated_at',
    'update_date',
    'updated_date',
    'last_updated',
    'date_updated',
    'modified',
    'modified_at',
    'last_modified',
    'revised',
    'mdate',
  ],
  /** Any of these can hold an arXiv id. An id of another service is no loss. */
  identifiers: [
    'id',
    'arxiv_id',
    'arxiv',
    'arxiv_number',
    'paper_arxiv_id',
    'paper_id',
    'external_ids',
    'ids',
    'eprint',
    'archive_id',
    'archive_location',
    'identifier',
    'identifiers',
    'entry_id',
    'key',
    'volume',
    'extra',
    'number',
  ],
  doi: ['doi', 'paper_doi', 'doi_url'],
  /** The first address that is no arXiv page becomes the paper's own page. */
  pages: ['url', 'link', 'paper_url', 'paper_link', 'web_url', 'html_url', 'uri_s'],
  /** Addresses that only tell the arXiv id or the DOI. */
  addresses: [
    'links',
    'abs_url',
    'url_abs',
    'arxiv_url',
    'paper_url_abs',
    'pdf_url',
    'url_pdf',
    'pdf',
    'pdf_link',
    'paper_url_pdf',
    'open_access_pdf',
    'ee',
    'locations',
    'best_oa_location',
  ],
  version: ['version'],
  comment: ['comment', 'arxiv_comment', 'authors_comment'],
  /** A number of comments, or the authors' remark. */
  comments: ['comments', 'num_comments', 'comments_count', 'comment_count'],
  journalRef: ['journal_ref', 'arxiv_journal_ref', 'journal_reference'],
  venue: [
    'venue',
    'publication_venue',
    'conference',
    'proceeding',
    'booktitle',
    'proceedings_title',
    'conference_name',
    'journal',
    'journal_name',
    'journal_title',
    'container_title',
    'publication_title',
    'primary_location',
  ],
  organization: ['organization', 'organisation', 'institution'],
  projectUrl: ['project_url', 'project_page', 'project', 'homepage', 'website'],
  codeUrl: [
    'code_url',
    'code',
    'github',
    'github_repo',
    'github_url',
    'github_link',
    'repo_url',
    'repo',
    'repository',
    'code_link',
    'source_code',
  ],
  codeStars: ['code_stars', 'github_stars', 'stars'],
  thumbnailUrl: ['thumbnail_url', 'thumbnail'],
  votes: ['votes', 'upvotes', 'likes', 'num_votes'],
  citations: [
    'citations',
    'citation_count',
    'cited_by_count',
    'is_referenced_by_count',
    'num_citations',
    'n_citations',
    'times_cited',
  ],
  /** Only in our own export. */
  own: ['families', 'onHuggingFace', 'withdrawn', 'withdrawnAt', 'appearances', 'snapshots'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PaperField = keyof typeof FIELD_NAMES;

export interface FieldName {
  readonly field: PaperField;
  /** Position among the names of the field. */
  readonly rank: number;
}

/** Characters. Longer keys are text in the wrong place, and would fill the memory. */
export const LONGEST_KEY = 100;

/** Keys of a file are few, but a broken file can have ever new ones. */
const MOST_REMEMBERED = 2_000;
const plainNames = new Map<string, string>();

const BY_PLAIN_NAME = new Map<string, FieldName>(
  (Object.keys(FIELD_NAMES) as PaperField[]).flatMap((field) =>
    FIELD_NAMES[field].map((name, rank) => [plainName(name), { field, rank }] as const),
  ),
);

/** The letters and digits of a key, in lower case. */
export function plainName(key: string): string {
  const known = plainNames.get(key);
  if (known !== undefined) return known;
  const plain = key.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  if (plainNames.size < MOST_REMEMBERED && key.length <= LONGEST_KEY) plainNames.set(key, plain);
  return plain;
}

export function fieldNamed(key: string): FieldName | undefined {
  return key.length <= LONGEST_KEY ? BY_PLAIN_NAME.get(plainName(key)) : undefined;
}

/** A key as messages show it: printable, and marked as a name. */
export function quoteKey(key: string): string {
  return `\`${cleanText(key, SHOWN_OF_KEY)}\``;
}

/** Characters of a key to show. */
const SHOWN_OF_KEY = 40;
