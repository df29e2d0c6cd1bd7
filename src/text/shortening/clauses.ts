/** Fits a long sentence into a small place by ending it after a whole clause. */
import { CUTS, type Cut, GOVERNS } from './cuts.ts';
import { isSentence } from './main-verb.ts';

/** Characters. Longer sentences do not come from abstracts. */
const LONGEST = 4_000;
/** Characters that a clause needs to say something. */
const SHORTEST = 40;
/** Words of a name behind a colon. */
const LONGEST_NAME = 4;

/** “(SAM)”: removed unless the abbreviation is used later. */
const ABBREVIATION = / \(((?:\p{L}[\p{L}\p{N}&/.+-]{0,20} ?){1,2})\)/gu;
/** “(Smith et al., 2020)”, “(see Fig. 2)”, “[12]” */
const CITATION =
  / \((?:[^()]{0,120}\bet al\.?,? ?[^()]{0,60}|(?:see |cf\. )?(?:Figs?|Figures?|Tables?|Tabs?|Secs?|Sections?|Apps?|Appendix)\b[^()]{0,30}|https?:[^()\s]{1,120})\)| \[\d{1,3}(?:[,–-] ?\d{1,3}){0,8}\]/giu;
const EXAMPLES =
  / \((?:(?:e\.g\.,?|i\.e\.,?|such as|including|for example,?) [^()]{1,200}|[^()]{1,200},? etc\.?)\)/gi;

/** “(stencils, reductions, scans, and neighbor-list molecular dynamics)” */
const ASIDE = / \((?=[^()]{25})[^()]{0,400}\)/g;

/** “not just X” without “but Y” */
const NOT_ONLY = /\bnot (?:just|only|merely|simply)\b/i;
/** “three parts”, “a hierarchy of five rewriting strategies”: the list behind the colon is the content. */
const ANNOUNCED_LIST =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})(?: [\p{L}-]{1,30}){0,3} [\p{L}-]{1,30}s$/iu;

/** “1) …” without “2) …” */
const FIRST_ITEM = /(?:^|[\s(])(?:1[).]|i\)|a\))\s|\b(?:one|first(?:ly)?), |\bon the one hand\b/i;
const LATER_ITEM =
  /(?:^|[\s(])(?:[2-9][).]|i{2,3}\)|iv\)|[bc]\))\s|\b(?:second|third)(?:ly)?\b|\bon the other\b|\b(?:and|the) (?:the )?other\b/i;
/** “To support X, we propose”, “Inspired by X, we propose”: reasons, but no conditions. */
const REASON =
  /^(?:(?:in order )?to (?!date\b|our\b|the (?:best|extent)\b)|(?:inspired|motivated|driven|guided) by |building (?:up)?on |recognizing |drawing on |leveraging |by [a-z]+ing )/i;
/** It may mean something in the reason. */
const PRONOUN = /\b(?:its?|their|them|they)\b/i;
const NEAR = 60;
const OWN_CLAUSE =
  /, (?=(?:we|this (?:paper|work|study)) (?:[a-z]+ly )?(?:propose|introduce|present|develop|design|devise|build|create|construct|release|describe|study|investigate|explore|curate)s?\b)/i;

/**
 * Returns the sentence, or its longest part that is a whole sentence of at most `limit` UTF-16 units, with
 * a full stop. The part begins where the sentence does, or behind the reason for what “we propose”.
 * `undefined` if there is none, or if the rest governs it by a negation, condition, contrast or hedge.
 * Citations, examples and abbreviations in brackets go first.
 * @param mayEndBeforeList allows “X has three parts.” from “X has three parts: …”
 */
export function fitSentence(sentence: string, limit: number, mayEndBeforeList = false): string | undefined {
  const text = sentence.trim();
  if (text.length <= limit) return text;
  if (text.length > LONGEST) return undefined;
  const lighter = [
    withoutCitations(text),
    withoutCitations(text.replace(EXAMPLES, '')),
    withoutCitations(text.replace(ASIDE, (aside) => (GOVERNS.test(aside) ? aside : ''))),
  ];
  const whole = lighter.find((each) => each.length <= limit);
  if (whole !== undefined) return whole;
  // Mostly the same text.
  const all = [...new Set([text, ...lighter])];
  const part = longestPart(all, limit, mayEndBeforeList);
  const own = longestPart([...new Set(all.map(behindReason))], limit, mayEndBeforeList);
  // What the authors did says more than the reason.
  const reason = text.length - behindReason(text).length;
  return part === undefined || (own !== undefined && own.length > part.length - reason) ? own : part;
}

function longestPart(texts: readonly string[], limit: number, mayEndBeforeList: boolean): string | undefined {
  const parts = texts.flatMap((text) =>
    text !== '' && text.length <= limit ? text : (leadingClause(text, limit, mayEndBeforeList) ?? []),
  );
  return parts.toSorted((a, b) => b.length - a.length)[0];
}

function withoutCitations(text: string): string {
  const plain = text.replace(CITATION, '');
  return plain.replace(ABBREVIATION, (aside: string, name: string) =>
    isAbbreviation(name) && plain.split(name).length === 2 ? '' : aside,
  );
}

function isAbbreviation(name: string): boolean {
  return /\p{Lu}\P{Lu}*\p{Lu}/u.test(name) && !/^(?:not|no|only)\b/i.test(name);
}

/** The clause of the authors, without their reason; empty if there is none. */
function behindReason(text: string): string {
  const own = REASON.test(text) ? OWN_CLAUSE.exec(text.slice(0, 1_000)) : null;
  if (!own) return '';
  const clause = text.slice(own.index + own[0].length);
  if (PRONOUN.test(clause.slice(0, NEAR))) return '';
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}

function leadingClause(text: string, limit: number, mayEndBeforeList: boolean): string | undefined {
  for (const end of endsOf(text, limit).toReversed()) {
    const kept = text.slice(0, end).trimEnd();
    if (kept.length < SHORTEST) return undefined;
    const rest = text.slice(end);
    if (!mayEndBeforeList && rest.startsWith(': ') && ANNOUNCED_LIST.test(kept)) continue;
    if (CUTS.some((cut) => cut.pattern.test(rest) && isAllowed(cut, kept, rest))) return `${kept}.`;
  }
  return undefined;
}

function isAllowed({ isSeparate = false, behind }: Cut, kept: string, rest: string): boolean {
  if (!isSeparate && GOVERNS.test(ownPart(rest))) return false;
  if (behind?.test(kept) === false) return false;
  if (NOT_ONLY.test(kept) && /\bbut\b/i.test(rest)) return false;
  if (/[^\p{L}\p{N})\]}”"'$%+]$|, [a-z]+ly$/u.test(kept) || (FIRST_ITEM.test(kept) && LATER_ITEM.test(rest)))
    return false;
  return isSentence(kept) && !isInList(withoutBrackets(kept), rest) && !isInColonList(kept, rest);
}

/** The dropped part up to the next statement of its own. */
function ownPart(rest: string): string {
  const text = withoutBrackets(rest);
  const end = text.search(/; (?!(?:but|yet|however|although|though)\b)/i);
  return end === -1 ? text : text.slice(0, end);
}

function withoutBrackets(text: string): string {
  return text.replace(/\([^()]{0,400}\)/g, '');
}

const NAME = /^\S*[\p{Lu}\d]\S*$/u;
/** Appositions look like this too, but not two of them. */
const ITEM = /^(?:an? |the |including |such as |namely )/i;

/** True if the last piece looks like an item of a list whose “and” comes later. */
function isInList(kept: string, rest: string): boolean {
  const pieces = kept.split(', ');
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1 || !/^ and |, (?:and|or) /.test(rest)) return false;
  const isAside =
    /^(?:and |or |an? |the |our |one of |which |where |who |while |thereby |thus |including |such |with |by |from |to |without |named |called |termed |dubbed |we |it |this |these |using |via |on |in |for |[a-z]+(?:ed|ing) )/i;
  // “provides A, clarifies B”
  if (/^[a-z]+s /.test(last) && /^,? and /.test(rest)) return true;
  if (/ and /.test(last) || (pieces.length === 2 && (isSentence(last) || NAME.test(last)))) return false;
  return !isAside.test(last) || (ITEM.test(last) && pieces.slice(1, -1).some((piece) => ITEM.test(piece)));
}

/** “…: A; and B”, “two parts: A”: a list behind a colon must be complete. */
function isInColonList(kept: string, rest: string): boolean {
  const [, ...further] = kept.split('; ');
  if (!further.every(isSentence)) return true;
  const colon = kept.lastIndexOf(': ');
  if (colon === -1) return false;
  const list = kept.slice(colon + 2);
  const isName =
    !/s$/.test(kept.slice(0, colon)) &&
    /^\p{Lu}\S{2}/u.test(list) &&
    list.split(' ').length <= LONGEST_NAME &&
    !list.includes(',');
  return !isName && !isSentence(list) && (!/ and /.test(list) || /^;|; and /.test(rest));
}

/** Positions before a space or a sign outside brackets, quotations and formulas; leaves room for a stop. */
function endsOf(text: string, limit: number): number[] {
  const ends: number[] = [];
  let depth = 0;
  let isQuoted = false;
  let isFormula = false;
  for (let at = 0; at < limit; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\') at += 1;
    else if (sign === '$') isFormula = !isFormula;
    else if (sign === '"') isQuoted = !isQuoted;
    else if ('([{“«'.includes(sign)) depth += 1;
    else if (')]}”»'.includes(sign)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && !isQuoted && !isFormula && /[,;: –—]/.test(sign)) ends.push(at);
  }
  return ends;
}
