/**
 * Removes invisible characters that terminals and chat clients interpret: a paper's title must not move the
 * cursor, recolour the screen, or reorder its letters.
 */
import { keepJoiners } from './joiners.ts';

/** Whole sequences, so that no letters of a colour or a link remain. ECMA-48, section 5.4. */
const SEQUENCE = new RegExp(
  [
    String.raw`(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)`, // operating system command, as in a link
    String.raw`(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]{0,4096}(?:\x1b\\|\x9c)`, // device control and other strings
    String.raw`(?:\x1b\[|\x9b)[\x30-\x3f]{0,64}[\x20-\x2f]{0,8}[\x40-\x7e]`, // control sequence, as in a colour
    String.raw`\x1b[\x20-\x2f]{0,8}[\x30-\x7e]`, // other escapes
  ].join('|'),
  'g',
);
/** Control characters that are white space. */
const BLANK = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;
/**
 * Control, format (bidirectional marks, zero width, tags, soft hyphen), private and other invisible
 * characters, except variation selectors of an emoji.
 */
const INVISIBLE = /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]|\u2800/gu;
const HALF_PAIR = /\p{Cs}/gu;

/** The visible text on one line. Tabs and line breaks become spaces. */
export function visible(text: string): string {
  const line = text.replace(SEQUENCE, '').replace(BLANK, ' ');
  return keepJoiners(line, (piece) => piece.replace(INVISIBLE, '')).replace(HALF_PAIR, '\uFFFD');
}

/** A normalised web address that no character can end early inside a link; `undefined` for any other text. */
export function webUrl(url: string): string | undefined {
  if (url.length > 2000 || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return /[\p{Cc}\p{Cf}\s]/u.test(href) ? undefined : href;
}
