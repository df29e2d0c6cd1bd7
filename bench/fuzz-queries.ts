/** Unusual search texts: the syntax of FTS5, quotes, scripts, broken Unicode, very long texts. Seeded. */

const PIECES: readonly string[] = [
  ...[
    '"',
    '""',
    '"unbalanced',
    '“smart”',
    '„low‟',
    "'",
    '*',
    '**',
    '^',
    '^title',
    ':',
    'title:',
    'title : x',
    '-',
  ],
  ...[
    '+',
    '( )',
    '((((',
    ')',
    '{a b} : c',
    'NEAR',
    'NEAR(a b, 2)',
    'AND',
    'OR',
    'NOT',
    'AND AND',
    'a OR',
    'NOT x',
  ],
  ...[
    '-x',
    '--',
    '-"a b"',
    'rank',
    'papers_fts',
    ';',
    "'; DROP TABLE papers; --",
    '\\',
    '%',
    '_',
    '?1',
    '@x',
    '$&',
  ],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udc00x',
    '\ufffd',
    '\u200b',
    '\u202e',
    '\u0301',
    'e\u0301\u0301',
    '\ufeff',
  ],
  ...[
    '🤖',
    '👩‍👩‍👧‍👦',
    '1️⃣',
    'مرحبا',
    'שלום',
    'हिन्दी',
    '漢字',
    'ﬁ',
    'ß',
    'İ',
    'Ǆ',
    '𝔘𝔫𝔦',
    'naïve',
    'Poincaré',
  ],
  ...[
    'learning',
    'models',
    'the',
    'of',
    'neural',
    'transformers',
    'pre-training',
    'diffusion',
    'language',
    'a',
  ],
  ...[
    '2406.01574',
    '9999.99999',
    'arxiv:2406.01574v2',
    'https://arxiv.org/abs/',
    'hep-th/9901001',
    '10.48550/arXiv.',
  ],
  ...[
    '\n',
    '\t',
    '\r\n',
    ' ',
    '…',
    '—',
    'é'.repeat(40),
    'x'.repeat(90),
    '9'.repeat(70),
    'C++',
    "don't",
    'e.g.',
  ],
];

/** Linear congruential, as in Numerical Recipes (1992): the same texts for the same seed everywhere. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** One text in forty has 6,000 characters. */
export function* fuzzQueries(count: number, seed: number): Generator<string> {
  const pick = numbersFrom(seed);
  const piece = () => PIECES[pick(PIECES.length)] ?? '';
  const glue = () => ['', ' ', ' ', ' "', '" '][pick(5)] ?? '';
  for (let made = 0; made < count; made++) {
    const length = pick(40) === 0 ? 6_000 : 0;
    let text = piece();
    for (let pieces = pick(9); pieces > 0 || text.length < length; pieces--) text += glue() + piece();
    yield length > 0 ? text.slice(0, length) : text;
  }
}
