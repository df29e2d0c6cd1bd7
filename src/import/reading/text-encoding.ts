/** Decodes files that are not UTF-8: UTF-16, and the older encodings in which reference managers saved. */
import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import { readHead } from './sniff-format.ts';
import { splitLines, type TextLine, unifyLineEnds } from './text-lines.ts';

type Utf16 = 'utf-16le' | 'utf-16be';

/** Bytes to look at. Markup is ASCII in every file, so its pattern of zeros shows early. */
const SAMPLE = 4096;
/** Of the units of a UTF-16 file, the share that is ASCII even if the text is Chinese. */
const LEAST_ASCII = 0.2;
/** The share of units with their zero on the wrong side. */
const RARE = 0.05;
const LATIN = 'windows-1252';

/** The byte order of UTF-16 text, from its mark or from the zeros of its ASCII letters. */
export function utf16In(head: Buffer): Utf16 | undefined {
  const [first, second, third, fourth] = head;
  // `FF FE 00 00` is UTF-32.
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? undefined : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const units = Math.floor(Math.min(head.length, SAMPLE) / 2);
  let [big, little, others] = [0, 0, 0];
  for (let at = 0; at < units * 2; at += 2) {
    const [high = 0, low = 0] = head.subarray(at, at + 2);
    if (high === 0 && isPrinted(low)) big += 1;
    else if (low === 0 && isPrinted(high)) little += 1;
    else if (high === 0 || low === 0) others += 1;
  }
  const most = Math.max(big, little);
  // A few letters such as Ā have a zero on the other side.
  if (most <= units * LEAST_ASCII || most * RARE < big + little - most + others) return undefined;
  return big > little ? 'utf-16be' : 'utf-16le';
}

/** A character of Latin-1, or white space. */
function isPrinted(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte >= 0xa0 || (byte >= 0x09 && byte <= 0x0d);
}

/** Converts a stream of UTF-16 text to UTF-8. Unpaired surrogates become U+FFFD. */
export async function* fromUtf16(chunks: AsyncIterable<Buffer>, encoding: Utf16): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/**
 * `% Encoding: windows-1252` (JabRef), `%% Saved with string encoding …` (BibDesk), `-*- coding: gbk -*-`.
 */
const DECLARED = /^[%\s]*(?:.{0,40}?\b(?:en)?coding|.{0,40}?\bencoding)[:=\s]+([\w.-]+)/im;

/** Names that programs use, and browsers do not. */
const ALIASES: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  macroman: 'macintosh',
  'x-macroman': 'macintosh',
  cp936: 'gbk',
  ms936: 'gbk',
  ms932: 'shift_jis',
  cp932: 'shift_jis',
  euc_jp: 'euc-jp',
  euc_kr: 'euc-kr',
  euc_cn: 'gbk',
  ansinew: LATIN,
  ansi: LATIN,
};

/** Encodings with one byte for each character. In them, text that happens to be UTF-8 is none of theirs. */
const ONE_BYTE = /^(?:windows-125\d|iso-8859-\d+|macintosh|koi8-[ru]|x-mac-cyrillic)$/;

/** Other encodings than Latin ones; those look alike without a language model. */
const GUESSES = /^(?:gb18030|big5|shift_jis|euc-jp|euc-kr|windows-1251|koi8-r)$/;
/** Per cent. Below it, chardet's first answer is as often wrong as right. */
const LEAST_CONFIDENCE = 40;
/** Letters outside ASCII stand alone in Latin scripts, and in words in all others. */
const SHORTEST_WORDS = 2;

/**
 * Returns a function that decodes one line. Lines in UTF-8 are read as such even where others are not,
 * because files that several people keep are mixed; all others are in the encoding that the file declares, or
 * else in the one that their bytes look like.
 * @param head the beginning of the file; it need not end between characters
 */
function openLineDecoder(head: Buffer): (bytes: Buffer) => string {
  const declared = declaredIn(head);
  const isMultibyte = declared !== undefined && !ONE_BYTE.test(declared.encoding);
  let legacy = declared;
  function decodeOther(bytes: Buffer): string {
    legacy ??= openDecoder(guessEncoding(head.every(isAscii) ? bytes : head));
    return legacy?.decode(bytes) ?? bytes.toString('latin1');
  }
  const isAllLegacy = isMultibyte || (declared === undefined && linesOutsideUtf8(head) > 0.5);
  return (bytes) => (!isAllLegacy && isUtf8(bytes) ? bytes.toString('utf8') : decodeOther(bytes));
}

type Decoder = InstanceType<typeof TextDecoder>;

function declaredIn(head: Buffer): Decoder | undefined {
  const [, name = ''] = DECLARED.exec(head.subarray(0, SAMPLE).toString('latin1')) ?? [];
  const plain = name.toLowerCase().replace(/^iso8859_/, 'iso-8859-');
  const decoder = openDecoder(ALIASES[plain] ?? plain);
  // UTF-16 was converted before, and a file in UTF-8 needs no other decoder.
  return decoder && /^utf-/.test(decoder.encoding) ? undefined : decoder;
}

function openDecoder(encoding: string): Decoder | undefined {
  try {
    return new TextDecoder(encoding);
  } catch {
    return undefined;
  }
}

const isAscii = (byte: number) => byte < 0x80;

/** Of the lines with other than ASCII characters, the share that is not UTF-8. */
function linesOutsideUtf8(head: Buffer): number {
  let strange = 0;
  let other = 0;
  for (let from = 0, end = 0; from < head.length; from = end + 1) {
    end = head.indexOf(0x0a, from);
    // The last line may be cut within a character.
    if (end === -1) break;
    const line = head.subarray(from, end);
    if (line.every(isAscii)) continue;
    strange += 1;
    if (!isUtf8(line)) other += 1;
  }
  return strange === 0 ? 0 : other / strange;
}

/** Bytes that chardet looks at in a few milliseconds. */
const GUESSED = 32 * 1024;

function firstOther(bytes: Buffer): number {
  return Math.max(
    0,
    bytes.findIndex((byte) => !isAscii(byte)),
  );
}

/**
 * Judges only the bytes outside ASCII, because the markup around them looks English. Chinese in GBK has an
 * even number of them in each word, and is the usual case where there are too few for a certain answer.
 */
function guessEncoding(bytes: Buffer): string {
  const words =
    bytes
      .subarray(firstOther(bytes))
      .subarray(0, GUESSED)
      .toString('latin1')
      .match(/[\x80-\xff]+[\x40-\x7e]?/g) ?? [];
  const lengths = words.map((word) => word.replace(/[\x40-\x7e]/, '').length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  if (words.length === 0 || mean < SHORTEST_WORDS) return LATIN;
  const [best] = chardet
    .analyse(Buffer.from(words.join(' '), 'latin1'))
    .map(({ name, confidence }) => ({ name: name.toLowerCase(), confidence }))
    .filter(({ name, confidence }) => confidence >= LEAST_CONFIDENCE && GUESSES.test(name));
  if (best) return best.name;
  return mean >= 2 * SHORTEST_WORDS && lengths.every((length) => length % 2 === 0) ? 'gb18030' : LATIN;
}

/** Bytes that decide about the encoding; most files of references are shorter. */
const JUDGED = 1024 * 1024;

/** The lines of a file that may be in an older encoding, or have the line ends of old Macs. */
export async function* decodeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<TextLine> {
  const { head, whole } = await readHead(chunks, JUDGED);
  yield* splitLines(unifyLineEnds(whole), openLineDecoder(head));
}
