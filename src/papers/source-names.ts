/** All sources of papers. A new source starts with an entry here. */

interface SourceFacts {
  /**
   * When two sources describe the same paper, the title, abstract and authors from the higher number win. The
   * number is stored with each paper (`text_rank`), so never change it. Two sources can have the same number.
   */
  readonly trust: number;
  /** Only for sources that are polled over the network. */
  readonly polled?: {
    /** Its name in messages. */
    readonly label: string;
    /** The polling job that shows how fresh the source is. */
    readonly freshnessJob: string;
    /** What it adds, if that is not papers; for the guide. */
    readonly adds?: string;
  };
}

/** In display order. */
export const SOURCES = {
  'hugging-face': { trust: 2, polled: { label: 'Hugging Face', freshnessJob: 'latest' } },
  arxiv: { trust: 4, polled: { label: 'arXiv', freshnessJob: 'daily' } },
  'arxiv-all': {
    trust: 4,
    polled: { label: 'All of arXiv', freshnessJob: 'harvest', adds: 'every paper of arXiv' },
  },
  'semantic-scholar': {
    trust: 1,
    polled: { label: 'Semantic Scholar', freshnessJob: 'recent', adds: 'citations and venues' },
  },
  export: { trust: 3 },
  // People retype titles and cut lists of authors in their bibliographies.
  references: { trust: 1 },
  'papers-page': { trust: 0 },
  /** Items of a person's library, which they may have edited. */
  zotero: { trust: 0 },
} as const satisfies Record<string, SourceFacts>;

export type SourceName = keyof typeof SOURCES;

export type PolledSource = {
  [Name in SourceName]: (typeof SOURCES)[Name] extends { readonly polled: unknown } ? Name : never;
}[SourceName];

export const POLLED_SOURCES = (Object.keys(SOURCES) as SourceName[]).filter(isPolled);

function isPolled(name: SourceName): name is PolledSource {
  return 'polled' in SOURCES[name];
}

/** “`arxiv`, `semantic-scholar` (adds citations and venues)”: for the guide. */
export function sourcesInWords(): string {
  return POLLED_SOURCES.map((name) => {
    const { adds }: SourceFacts['polled'] & object = SOURCES[name].polled;
    return adds === undefined ? `\`${name}\`` : `\`${name}\` (adds ${adds})`;
  }).join(', ');
}

export function labelOf(source: PolledSource): string {
  return SOURCES[source].polled.label;
}

export function freshnessJobOf(source: PolledSource): string {
  return SOURCES[source].polled.freshnessJob;
}
