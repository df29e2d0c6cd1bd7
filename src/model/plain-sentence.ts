/** Whether a sentence that a stranger or a model wrote is nothing but a sentence. What is more is dropped, not mended. */
import { visible } from '../chat/invisible.ts';
import { readable } from '../text/readable.ts';

/** `https://…`, `www.…`, and anything with a dot between letters, as chat clients make links of. */
const LINK =
  /\p{L}[\p{L}\d+.-]{0,20}:\/\/|\bwww\.|[\p{L}\d-]\.\p{L}{2}|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:mailto|javascript|data):/iu;
/** `@everyone`, `<@1>`, `<!channel>`, `<#1>`, `</command:1>`, `#general`; `pass@1` is a measure. */
const MENTION = /(?<![\p{L}\p{N}])[@＠][\p{L}\p{N}]|<[@#!:/\p{L}]|(?<!\S)#\p{L}/u;
/** A masked link, a fence of code, a spoiler. */
const MARKUP = /\]\s?\(|```|\|\|/;
/** No word, but an encoded text. */
const ENDLESS_WORD = /[!-~]{60}/;

/** Both as it stands and as readers see it: LaTeX holds a link apart until it is shown. @param text white space collapsed */
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
