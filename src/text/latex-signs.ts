/** Unicode characters for the LaTeX commands in arXiv titles and abstracts. */

const GREEK_NAMES =
  'alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'.split(
    ' ',
  );
const GREEK_LETTERS = [...'αβγδεεζηθθικλμνξπρστυφφχψωΓΔΘΛΞΠΣΥΦΨΩ'];

export const GREEK: Readonly<Record<string, string>> = Object.fromEntries(
  GREEK_NAMES.map((name, at) => [name, GREEK_LETTERS[at] ?? name]),
);

/** Mathematical symbols by command. */
export const MATH_SIGNS: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '·',
  pm: '±',
  mp: '∓',
  div: '÷',
  ast: '*',
  star: '⋆',
  circ: '°',
  bullet: '•',
  leq: '≤',
  leqslant: '≤',
  le: '≤',
  geq: '≥',
  geqslant: '≥',
  ge: '≥',
  lt: '<',
  gt: '>',
  ll: '≪',
  gg: '≫',
  lesssim: '≲',
  gtrsim: '≳',
  neq: '≠',
  ne: '≠',
  sim: '~',
  simeq: '≃',
  approx: '≈',
  cong: '≅',
  equiv: '≡',
  propto: '∝',
  rightarrow: '→',
  to: '→',
  longrightarrow: '→',
  Rightarrow: '⇒',
  implies: '⇒',
  leftarrow: '←',
  leftrightarrow: '↔',
  Leftrightarrow: '⇔',
  iff: '⇔',
  uparrow: '↑',
  downarrow: '↓',
  nearrow: '↗',
  searrow: '↘',
  mapsto: '↦',
  infty: '∞',
  partial: '∂',
  nabla: '∇',
  sum: '∑',
  prod: '∏',
  int: '∫',
  in: '∈',
  notin: '∉',
  ni: '∋',
  subset: '⊂',
  subseteq: '⊆',
  supset: '⊃',
  supseteq: '⊇',
  cup: '∪',
  cap: '∩',
  setminus: '∖',
  emptyset: '∅',
  varnothing: '∅',
  forall: '∀',
  exists: '∃',
  neg: '¬',
  wedge: '∧',
  vee: '∨',
  top: '⊤',
  bot: '⊥',
  perp: '⊥',
  parallel: '∥',
  angle: '∠',
  ell: 'ℓ',
  hbar: 'ℏ',
  Re: 'ℜ',
  Im: 'ℑ',
  aleph: 'ℵ',
  prime: '′',
  dagger: '†',
  ddagger: '‡',
  oplus: '⊕',
  ominus: '⊖',
  otimes: '⊗',
  odot: '⊙',
  prec: '≺',
  succ: '≻',
  preceq: '⪯',
  succeq: '⪰',
  triangle: '△',
  checkmark: '✓',
  langle: '⟨',
  rangle: '⟩',
  lceil: '⌈',
  rceil: '⌉',
  lfloor: '⌊',
  rfloor: '⌋',
  Vert: '‖',
  lVert: '‖',
  rVert: '‖',
};

/** By command name without the backslash. A map, because an object would have `\constructor`. */
export const SIGNS: ReadonlyMap<string, string> = mapOf({
  ...GREEK,
  ...MATH_SIGNS,
  deg: '°',
  degree: '°',
  textdegree: '°',
  textmu: 'μ',
  mid: '|',
  vert: '|',
  lvert: '|',
  rvert: '|',
  colon: ':',
  lbrace: '{',
  rbrace: '}',
  ldots: '…',
  dots: '…',
  cdots: '…',
  dotsc: '…',
  textellipsis: '…',
  textbackslash: '\\',
  backslash: '\\',
  textasciitilde: '~',
  textasciicircum: '^',
  textunderscore: '_',
  textbar: '|',
  textless: '<',
  textgreater: '>',
  textbraceleft: '{',
  textbraceright: '}',
  textdollar: '$',
  textendash: '–',
  textemdash: '—',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  textquotesingle: "'",
  textregistered: '®',
  texttrademark: '™',
  copyright: '©',
  pounds: '£',
  euro: '€',
  texteuro: '€',
  S: '§',
  P: '¶',
  quad: ' ',
  qquad: ' ',
  newline: ' ',
  par: ' ',
  item: ' • ',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  BibTeX: 'BibTeX',
  bmod: 'mod',
  // Common macros of computer vision papers.
  eg: 'e.g.',
  ie: 'i.e.',
  etal: 'et al.',
  wrt: 'w.r.t.',
  aka: 'a.k.a.',
  iid: 'i.i.d.',
});

/** Commands that only affect layout. */
export const LAYOUT: ReadonlySet<string> = new Set(
  `left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle limits nolimits displaystyle textstyle rm it bf em tt sc sf sl
  cal frak Bbb
  normalfont itshape bfseries upshape scshape ttfamily sffamily boldmath tiny small scriptsize footnotesize normalsize large Large LARGE
  huge Huge centering noindent xspace protect relax allowbreak nobreak hfill smallskip medskip bigskip`.split(
    /\s+/,
  ),
);

/** Functions, which need spaces around them. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  `arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min
  Pr sec sin sinh sup tan tanh bmod`.split(/\s+/),
);

/** Letters outside ASCII, by command name. */
export const LETTERS: ReadonlyMap<string, string> = mapOf({
  aa: 'å',
  AA: 'Å',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  SS: 'SS',
  i: 'ı',
  j: 'ȷ',
  dj: 'đ',
  DJ: 'Đ',
  dh: 'ð',
  DH: 'Ð',
  th: 'þ',
  TH: 'Þ',
  ng: 'ŋ',
  NG: 'Ŋ',
});

/** Combining marks by accent command: `\'e`, `\v{c}`. */
export const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  d: '\u0323',
  c: '\u0327',
  k: '\u0328',
  b: '\u0331',
};

export const RAISED = signsOf(
  '0123456789+-=()abcdefghijklmnoprstuvwxyz',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ',
);
export const LOWERED = signsOf('0123456789+-=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');

function mapOf(signs: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(signs));
}

function signsOf(plain: string, shifted: string): ReadonlyMap<string, string> {
  const signs = [...shifted];
  return new Map([...plain].map((character, at) => [character, signs[at] ?? character]));
}
