/** Shortens sentences so that they can be read without the sentence before them, in the paper's own words. */
import {
  CARRIES_MEANING,
  COMPARES,
  FIRST_SUBJECT,
  FRAGMENT,
  FURTHER_WORK,
  LINK_BEHIND_SUBJECT,
  LINKED_SUBJECT,
  OPENINGS,
  OWN_PAPER,
  POINTED_WORK,
  POINTER_AND_PURPOSE,
  POINTER_WITH_DETAIL,
  POINTING_CONTRAST,
} from './pointing.ts';

/** Characters. Longer sentences stay as they are. */
const LONGEST = 2_000;
/** Openings that may stand before each other: “However, to address this, in this paper, we …”. */
const MOST_OPENINGS = 4;
/** Words of the shortest sentence that may remain. */
const FEWEST_WORDS = 3;

const ENUMERATOR = /^(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)|[-–—•*])\s+/i;
/** Another item behind the first: “First, …; second, …”. */
const LATER_ITEM =
  /\b(?:second(?:ly)?|then|next|subsequently|afterwards?|finally|before)\b|\((?:2|ii|b)\)|\b2\)/i;
const ON_THE_OTHER_HAND = /\bon the other\b/i;

export interface StandAlone {
  readonly text: string;
  readonly isShortened: boolean;
}

/**
 * Removes openings and adverbs that only link a sentence to others or point at them: “To address this gap,
 * we thus introduce X” becomes “We introduce X”. Negations, numbers, conditions, comparisons, hedges and
 * purposes that are named stay.
 */
export function standAlone(sentence: string): StandAlone {
  const trimmed = sentence.trim();
  if (trimmed.length > LONGEST) return { text: sentence, isShortened: false };
  let rest = withoutEnumerator(trimmed);
  for (let round = 0; round < MOST_OPENINGS; round += 1) {
    const shorter = withoutOpening(rest);
    if (shorter === rest) break;
    rest = shorter;
  }
  const text = capitalised(withoutLink(rest));
  return text === capitalised(trimmed) ? { text: sentence, isShortened: false } : { text, isShortened: true };
}

function withoutEnumerator(sentence: string): string {
  const rest = sentence.replace(ENUMERATOR, '');
  return isWhole(rest) && !LATER_ITEM.test(rest) ? rest : sentence;
}

function withoutOpening(sentence: string): string {
  for (const opening of OPENINGS) {
    const found = opening.exec(sentence)?.[0];
    if (found === undefined) continue;
    const rest = sentence.slice(found.length);
    if (isWhole(rest) && !CARRIES_MEANING.test(found) && !isFirstOfSeveral(found, rest)) return rest;
  }
  const contrast = POINTING_CONTRAST.exec(sentence)?.[0];
  if (contrast !== undefined) {
    const rest = sentence.slice(contrast.length);
    if (isWhole(rest) && !COMPARES.test(rest) && !CARRIES_MEANING.test(contrast)) return rest;
  }
  return sentence.replace(POINTER_AND_PURPOSE, '$1').replace(POINTER_WITH_DETAIL, '$1');
}

function isFirstOfSeveral(opening: string, rest: string): boolean {
  if (/^first/i.test(opening)) return LATER_ITEM.test(rest);
  return /^on the one hand/i.test(opening) && ON_THE_OTHER_HAND.test(rest);
}

function withoutLink(sentence: string): string {
  const linked = sentence
    .replace(FURTHER_WORK, '')
    .replace(POINTED_WORK, '$1 ')
    .replace(LINKED_SUBJECT, '$1 ')
    .replace(LINK_BEHIND_SUBJECT, '$1 ');
  return LATER_ITEM.test(linked) ? linked : linked.replace(FIRST_SUBJECT, '$1 ');
}

function isWhole(rest: string): boolean {
  return !FRAGMENT.test(rest) && rest.split(' ', FEWEST_WORDS).length === FEWEST_WORDS;
}

/** Names that begin with a small letter keep it: `iPhone`, `t-SNE`, `k-means`, `wav2vec`. */
function capitalised(sentence: string): string {
  const [word = ''] = /^\S+/.exec(sentence.slice(0, 80)) ?? [];
  const isName = /[\p{Lu}\d@_]/u.test(word.slice(1)) || /^\p{L}(?:-|$|[,:])/u.test(word.replace(/^a$/, 'an'));
  if (isName || !/^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(word)) return sentence;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Subjects that are nothing without the sentence before. */
const POINTING_SUBJECT =
  /^(?:it|its|itself|they|their|theirs|them|he|she|his|her|these|those(?! who)|this|such|another|others|the (?:former|latter|same|other|others|second|third|above|aforementioned|resulting|said)|(?:each|all|some|many|most|one|two|both|none|neither|either|any|several) of (?:these|those|them|which|the (?:above|two))|neither|either|here|there(?! (?:is|are|exists?|has|have|was|were|remains?)\b)|doing so|so|otherwise|thereby|thereafter|then|thus|hence|therefore|also|too|and|but|or|yet|nor|again|similar|likewise|further(?!more)\b,?)(?![\p{L}-])/iu;
const BOTH = /^both(?![\p{L}-])(?! (?:[^,.]{1,60} )?and\b)/iu;
/** “It is well known that …” */
const IMPERSONAL =
  /^it(?:['’]s| (?:is|was|has been|remains|becomes|seems|appears|can be|has become)) (?:(?:also|still|now|often|therefore|thus|not|very|well|widely|generally|commonly|more|highly|increasingly|particularly|even) ){0,2}[\p{L}-]{1,20} (?:that|to|whether|how|why|what|if|for)\b/iu;
/** A purpose, condition or reason that points, before the main clause. */
const POINTING_OPENING =
  /^(?:to|in|on|for|with|within|by|through|from|under|at|as|using|based|building|built|given|after|before|during|despite|beyond|across|among|between|against|because|since|since|when|whenever|if|while|although|though|once|unless|unlike|compared|relative|following|leveraging|motivated|inspired|guided|driven|recogni[sz]ing|rather|instead|alongside|throughout|via|over|until|upon|without|having|addressing|starting|trained|evaluated|applied|combined|together|taken|due|owing|thanks|according)(?![\p{L}-])[^,;:]{0,160}?\b(?:this|these|those|such(?! as)|aforementioned|latter|former|above(?!-)|them|it|they|their)\b/iu;

/** “We study this question from …”: the object is what another sentence says. */
const POINTING_OBJECT =
  /^(?:we|i|our \p{L}{1,20}|this (?:paper|work|study)) (?:\p{L}{1,20}ly )?\p{L}{1,20} (?:this|these|those|such(?! as)|it|them)(?![\p{L}-])(?! (?:\p{L}{1,20} )?(?:paper|work|study|article|survey)\b)/iu;

const POINTING_PART =
  /(?<![\p{L}-])(?:this|these|those|both|such)\s+(?!(?:paper|work|study|article|survey|report|is|that|as|and)\b)[\p{L}-]+/iu;

/**
 * True if the sentence begins by pointing at something that another sentence says: “It”, “These”, “The
 * former”, “In this case”. The paper itself (“This paper”, “Our method”) is known to any reader.
 */
export function pointsBack(sentence: string): boolean {
  const text = sentence.trim().slice(0, LONGEST);
  if (OWN_PAPER.test(text) || IMPERSONAL.test(text)) return false;
  if (POINTING_SUBJECT.test(text) || BOTH.test(text) || POINTING_OBJECT.test(text)) return true;
  const opening = text.slice(0, openingEnd(text));
  return (
    POINTING_OPENING.test(opening) && !/^(?:in|with|by|through) (?:this|our) (?:paper|work)\b/i.test(opening)
  );
}

/** True if a later part of the sentence points: “We propose X, which fills this gap.” */
export function pointsWithin(sentence: string): boolean {
  return POINTING_PART.test(sentence.slice(0, LONGEST));
}

/** The end of what stands before the first comma, or of the first words. */
function openingEnd(text: string): number {
  const comma = text.indexOf(',');
  return comma === -1 ? 0 : comma;
}

const NAME = String.raw`((?:\\[a-z]{2,12}\{)?(?=[\p{L}\p{N}$^_{}+.-]{0,40}[\p{Lu}$])[\p{L}\p{N}$\\^_{}+-][\p{L}\p{N}$\\^_{}+.-]{1,40})`;
/** “We propose X, a …”, “We introduce X (…), a …” */
const INTRODUCED = new RegExp(
  String.raw`\b(?:we|this (?:paper|work)) (?:propose|introduce|present|develop|design|release|build)s? ${NAME}(?: \([^()]{1,120}\))?, (an? (?:[^,.;]{1,160}))`,
  'iu',
);
/** “a framework called X” */
const CALLED = new RegExp(
  String.raw`\b((?:a|an|our|the) (?:[^\s,.;]{1,30} ){0,8}?)(?:called|named|termed|dubbed|coined|, namely,?) ${NAME}`,
  'iu',
);
const BACK_TO_NAME =
  /^(?:it(?= (?:also |further |thus |then )?(?!is\b|was\b|remains\b|seems\b|has been\b|can be\b)[a-z]+s\b)|this (approach|method|framework|model|system|benchmark|dataset|architecture|algorithm|pipeline|technique|strategy|toolkit|library|agent|corpus|suite|metric|paradigm|module|design|formulation))(?![\p{L}-])/iu;

/**
 * Names what “It” or “This framework” means, if the sentence before introduces exactly that: “It reaches
 * 90%” becomes “X reaches 90%”. `undefined` unless it is certain.
 */
export function withSubject(sentence: string, before: string): string | undefined {
  const pointer = BACK_TO_NAME.exec(sentence.slice(0, LONGEST));
  if (!pointer) return undefined;
  const introduced = introducedIn(before.slice(0, LONGEST));
  if (introduced === undefined) return undefined;
  const [text, noun] = pointer;
  const isNamed =
    noun === undefined ||
    new RegExp(String.raw`\b${noun}s?\b`, 'i').test(introduced.description) ||
    isGeneric(noun);
  return isNamed ? `${introduced.name}${sentence.slice(text.length)}` : undefined;
}

function isGeneric(noun: string): boolean {
  return /^(?:approach|method)$/i.test(noun);
}

function introducedIn(before: string): { readonly name: string; readonly description: string } | undefined {
  const [, name, description = ''] = INTRODUCED.exec(before) ?? [];
  const [, what = '', called] = CALLED.exec(before) ?? [];
  const found =
    name !== undefined
      ? { name: name.replace(/[.,]+$/, ''), description }
      : called !== undefined
        ? { name: called.replace(/[.,]+$/, ''), description: what }
        : undefined;
  if (found === undefined || (name !== undefined && called !== undefined && name !== called))
    return undefined;
  return found;
}
