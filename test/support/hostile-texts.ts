/**
 * Titles and abstracts that a chat client could read as markup, mentions or links. The same seed gives the
 * same texts.
 */

/** Every form of markup that Discord reads: complete, incomplete, and inside other forms. */
const FORMS: readonly string[] = [
  ...[
    '*',
    '**',
    '***',
    '_',
    '__',
    '___',
    '~~',
    '||',
    '`',
    '``',
    '```',
    '\\',
    '\\\\',
    '>',
    '>>>',
    '#',
    '-#',
    '-',
    '+',
  ],
  ...[
    '**bold**',
    '*italic*',
    '_italic_',
    '__under__',
    '~~struck~~',
    '||spoiler||',
    '`code`',
    '``co`de``',
    '**a *b* c**',
  ],
  ...[
    '```js\nalert(1)\n```',
    '# Heading',
    '\n## Heading',
    '\n### Heading',
    '-# small',
    '\n-# small',
    '\n> quote',
  ],
  ...[
    '>>> all of it',
    '\n>>> all of it',
    '- item',
    '\n* item',
    '\n  - item',
    '1. item',
    '\n12. item',
    '1) item',
    '+ item',
  ],
  ...[
    '[text](https://evil.example)',
    '[text](<https://evil.example> "title")',
    '](https://evil.example)',
    '[',
    ']',
    '](',
  ],
  ...[
    '(',
    ')',
    '[[x](https://evil.example)',
    '![image](https://evil.example/i.png)',
    '\\](https://evil.example)',
  ],
  ...[
    '[Attention Is All You Need](https://evil.example)',
    '[x]]](https://evil.example)',
    '<https://evil.example>',
  ],
  ...[
    'https://evil.example/',
    'http://evil.example',
    'xhttps://evil.example',
    'HTTPS://EVIL.EXAMPLE',
    'steam://run/1',
  ],
  ...[
    'discord://-/channels/1',
    'https:',
    '//evil.example',
    'https:/\\/evil.example',
    'https\\://evil.example',
    '<x:/y>',
  ],
  ...[
    'mailto:a@evil.example',
    '<a@evil.example>',
    '<+15551234567>',
    '+1 555 123 4567',
    'a@evil.example',
    'tel:+1555',
  ],
  ...[
    '@everyone',
    '@here',
    '@',
    '<@123456789012345678>',
    '<@!123456789012345678>',
    '<@&123456789012345678>',
    '<@1',
  ],
  ...[
    '<#123456789012345678>',
    '</papers save:123456789012345678>',
    '</a b c:1>',
    '<id:customize>',
    '<id:browse>',
    '<id:guide>',
  ],
  ...[
    '<1234567890:linked-roles>',
    '<t:1618953630>',
    '<t:1618953630:R>',
    '<t:-1:f>',
    '<:pepe:123456789012345678>',
  ],
  ...[
    '<a:dance:123456789012345678>',
    ':smile:',
    ':+1:',
    ':wave::skin-tone-2:',
    ':a:b:c:',
    '::',
    ':',
    'x:y',
    '12:30:45',
  ],
  ...[
    'discord.gg/evil',
    'https://discord.gg/evil',
    'discord.com/invite/evil',
    'DISCORDAPP.com/invite/evil',
    'discord.gift/evil',
  ],
  ...[
    '¯\\_(ツ)_/¯',
    '<!channel>',
    '<script>',
    '&lt;@1&gt;',
    '\\@everyone',
    '\\<@1>',
    '\\`code`',
    '\\*\\*a\\*\\*',
    '<',
    '<<@1>>',
  ],
];

/** Texts that need invisible characters. */
export const JOINED: ReadonlyArray<readonly [string, string]> = [
  ['Persian', 'می\u200Cخواهم کتاب\u200Cها را'],
  ['a Persian abbreviation', 'سال ۱۴۰۰ ه\u200D. ش'],
  ['Sinhala', 'ශ්\u200Dරී ලංකා'],
  ['Malayalam', 'അവന്\u200D വന്നു'],
  ['Hindi', 'क्\u200Dष और क्\u200Cष'],
  ['Bengali', 'র\u200D্যাম'],
  ['a family', '👨‍👩‍👧‍👦'],
  ['the rainbow flag', '🏳️‍🌈'],
  ['the flag of Scotland', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
  ['the flag of Germany', '🇩🇪'],
];

/** Characters that are invisible, reverse the direction of text, or break naive counting. */
const TRICKS: readonly string[] = [
  ...[
    '\u202E',
    '\u202Dabc\u202C',
    '\u2066',
    '\u2069',
    '\u200F',
    '\u061C',
    '\u200B',
    '\u200C',
    '\u200D',
    '\u2060',
    '\uFEFF',
  ],
  ...[
    '\u00AD',
    '\u034F',
    '\u3164',
    '\u115F',
    '\u{E0041}\u{E007F}',
    '\uE000',
    '\u0000',
    '\u0007',
    '\u001B[31m',
    '\u009B2J',
  ],
  ...[
    '\u001B]8;;https://evil.example\u0007',
    '\uD83D',
    '\uDE00',
    '\uD83D\uDE00',
    '@\u200Beveryone',
    '<@\u200B1>',
    '\u2028',
  ],
  ...[
    '\r\n',
    '\n',
    '\n\n',
    '\t',
    '\u0085',
    ' ',
    '  ',
    '\u00A0',
    '\u3000',
    '👩‍👩‍👧‍👦',
    '👍🏽',
    '🇩🇪',
    '1️⃣',
    '*️⃣',
    '#️⃣',
    '❤️',
    '™',
    '▲',
  ],
  ...[
    'Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324',
    `e${'\u0301'.repeat(80)}`,
    'مرحبا',
    'שלום',
    '漢字',
  ],
  ...['हिन्दी', 'ﬁ', 'İ', '𝔘𝔫𝔦', '＠everyone', '＜@1＞', '∗', 'ˋ', '“quoted”'],
];

const WORDS: readonly string[] = [
  ...[
    'attention',
    'learning',
    'a',
    'of',
    'A*',
    'C++',
    'snake_case',
    '$O(n^2)$',
    '$\\alpha$-divergence',
    '[Re]',
    '(Im)possible',
  ],
  ...[
    'MMLU-Pro:',
    'x',
    '2406.01574',
    'F1',
    "don't",
    'e.g.',
    'GPT-4.1',
    '~3%',
    '10^{-5}',
    'a|b',
    '#1',
    '`x`',
    '100%',
  ],
];

/** Mulberry32, by Tommy Ettinger (public domain): integers below `below`. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One text in two hundred is longer than a description allows. */
export function* hostileTexts(count: number, seed: number): Generator<string> {
  const pick = numbersFrom(seed);
  const of = (list: readonly string[]) => list[pick(list.length)] ?? '';
  const piece = (): string => {
    const kind = pick(10);
    if (kind < 5) return of(FORMS);
    if (kind < 7) return of(TRICKS);
    return kind < 9 ? of(WORDS) : String.fromCodePoint(pick(0xd800));
  };
  for (let made = 0; made < count; made++) {
    const least = pick(200) === 0 ? 1_000 + pick(5_000) : 0;
    let text = piece();
    for (let pieces = pick(8); pieces > 0 || text.length < least; pieces--)
      text += of(['', '', ' ', ' ', ' · ']) + piece();
    yield text;
  }
}
