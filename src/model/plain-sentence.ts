/** Checks that untrusted text is a plain sentence. Other text is dropped, not repaired. */
import { visible } from '../chat/invisible.ts';
import { readable } from '../text/readable.ts';

/** `https://…`, `www.…`, and words with dots, which chat clients turn into links. */
const LINK =
  /\p{L}[\p{L}\d+.-]{0,20}:\/\/|\bwww\.|[\p{L}\d-]\.\p{L}{2}|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:mailto|javascript|data):/iu;
/** `@everyone`, `<@1>`, `<!channel>`, `<#1>`, `</command:1>`, `#general`; but not the metric `pass@1`. */
const MENTION = /(?<![\p{L}\p{N}])[@＠][\p{L}\p{N}]|<[@#!:/\p{L}]|(?<!\S)#\p{L}/u;
/** A masked link, a code fence, a spoiler. */
const MARKUP = /\]\s?\(|```|\|\|/;
/** Encoded text. */
const ENDLESS_WORD = /[!-~]{60}/;

/** Checks raw and rendered text, because LaTeX can hide a link. @param text with collapsed white space */
export function isPlainSentence(text: string): boolean {
  return isPlain(text) && isPlain(readable(text));
}

function isPlain(text: string): boolean {
  return (
    visible(text) === text &&
    !LINK.test(text) &&
    !MENTION.test(text) &&
    !MARKUP.test(text) &&
    !ENDLESS_WORD.test(text)
  );
}
