/** Splits abstracts into sentences with the runtime's segmenter, and corrects it after abbreviations. */
import { BULLETS, type Label, NUMBERED_PART, readLabel, type Section, splitAtLabels } from './sections.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Characters. Abstracts are shorter; the limit keeps a call within a few milliseconds. */
const MAX_LENGTH = 20_000;
/** Characters checked before the end of a sentence. A fixed slice keeps the whole linear. */
const LOOK_BEHIND = 24;

/** Minimum count of labels that end with nothing but a capital letter. */
const FEWEST_BARE = 3;
/** Abbreviations that never end a sentence. */
const ABBREVIATION =
  /(?:^|[^\p{L}])(?:e\.g|i\.e|w\.r\.t|wrt|w\.l\.o\.g|s\.t|cf|vs|viz|resp|approx|et|ca|incl|excl|esp)\.$/iu;
const TITLE = /(?:^|[^\p{L}])(?:Drs?|Profs?|Mrs?|Ms|Mt|St|Rev|Gen)\.$/u;
/** Abbreviations that end a sentence if the next piece looks like the start of one. */
const CLOSING_ABBREVIATION =
  /(?:^|[^\p{L}])(?:et al|etc|i\.i\.d|a\.k\.a|a\.s|a\.e|Ph\.? ?D|M\.?Sc)\.$|(?:^|[^\p{L}])(?:Inc|Ltd|Corp|Co|Jr|Sr)\.$/iu;
/** Abbreviations before a number: "No. 1", "pp. 3". */
const NUMBERED =
  /(?:^|[^\p{L}])(?:Ch|Nos?|Vols?|Vers?|pp?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$/iu;
/** Abbreviations before a number, a letter or a reference: "Fig. 3", "Eq. (4)", "Sec. [2.1]", "App. B". */
const LABEL =
  /(?:^|[^\p{L}])(?:Figs?|Eqs?|Eqns?|Sect?s?|Tabs?|Tbls?|Refs?|Thms?|Lem|Props?|Cor|Defs?|Rem|Exs?|Algs?|Algo|Apps?|Appx|Suppl?|Chaps?|Chs?)\.$/iu;
const NUMBER = /^[([]?[\d$]/;
const LETTER = /^[([]?(?:[A-Z](?:[\d.,;:)\]-]| [^A-Z]|$)|[IVX]+\b|\\|(?:Figs?|Tabs?|Secs?|Eqs?)\.)/;
/** Initials: "J. Smith", "C. elegans". In contrast, "On dataset A. We test" ends after the letter. */
const INITIAL = /(?:^|[\s(.])\p{Lu}\.$/u;
/** Names with an exclamation mark: "Yahoo! Answers". */
const MARKED_NAME = /\b(?:Yahoo|Jeopardy|Kahoot|Yum|E)!$/;
/** ".NET", "ASP.NET", "Node.JS": no space after the full stop, or one before it. */
const BARE_STOP = /(?:^|[\s(])\.$/;
const DOTTED_NAME = /^(?:NET|JS|AI|IO)\b/;
/** The rest of a link, of a number or of a formula, where there is no space before it. */
const UNSPACED_REST = /^(?!\$\^|\d{1,2}\))[\p{Ll}\d=$~}*\\?&]/u;
/** “Gemini 2.X” */
const VERSION = /\d\.$/;
const OPEN_BRACKET = /[([]$/;
const VERSION_LETTER = /^(?![AI] )\p{Lu} /u;
/** Bold text at the start of the next sentence: `\textbf{Then`. */
const PRINTED_OPENING =
  /(?<=[\p{Ll}\d)%][.!?] )(?=\\[a-z]{2,12}\{\p{Lu}|\*\*\p{Lu}|\{\\[a-z]{2,12} \p{Lu}|<[a-z]{1,6}>\p{Lu})/u;
/** A name with capitals later on: `minWM provides`, `iSparse finds`. */
const SMALL_OPENING = /[.!?] [^A-Z]/;
const NAMED_OPENING = /(?<=[\p{Ll}\d)%][.!?] )(?=\p{Ll}{1,12}\p{Lu}\p{L}{0,20} )/u;
/** “Done… Next one”, but not “1, …, N”, “A … Z”, or a pause within a sentence. */
const AFTER_ELLIPSIS = /(?<=[\p{L}\d]{2}[)”"’]?…[)”"’]? )(?=["“(]?(?:\p{Lu}\p{Ll}|\p{Lu}{2}|[AI] ))/u;
/** References behind the full stop: “It works.[1,2] We agree.” */
const AFTER_REFERENCE = /(?<=[\p{L}\d)%”"][.!?]\[\d{1,3}(?:[,–-] ?\d{1,3}){0,5}\] )(?=["“(]?\p{Lu})/u;
const NOTE_MARK = /^(?:[¹²³⁰⁴-⁹]{1,4}|\$\^\{?[\d,]{1,8}\}?\$)\s/u;
/** The beginning of a range or list with dots, “1 ...”, “A, B, ...”, and its end. */
const RANGE_START = /(?:,|(?:^|[\s(“"$])\p{L}?[_\d]{0,4}[”"$]?) ?(?:\.\.\.|\. \. \.|…)$/u;
const RANGE_END = /^["“$]?(?![AI] \p{Ll})\p{Lu}(?:[_\d][^\s,]{0,8})?["”$]?(?:[\s,.;:)]|$)/u;
/** A question or a call in quotes or brackets within a sentence: “Why?” and how. */
const QUOTED_END = /[?!]["”’'»)\]]{1,2}$/u;
const OTHER_SPACES = /[^\S ]| {2}/;
/** Longer than all abbreviations. Most sentences end like this. */
const LONG_WORD_END = /[a-z]{7}\.$/;
const LOWER = /^\p{Ll}/u;
/** “2. Methods: …”, “• Methods: …” */
const ENUMERATOR = new RegExp(`^(?:${NUMBERED_PART}|${BULLETS}|#{1,4} )$`);
const OPENING =
  /^(?:We|In|The|This|These|Our|It|Its|To|For|However|By|On|As|And|But|While|Here|Then|Thus|When|With|From|An|Such|Finally|Moreover|Furthermore|Additionally|First|Second|They|There|If|Also|Since|Although|After|Because|Experiments|Results)\b/;

export interface Sentence {
  readonly text: string;
  /** The section of a structured abstract. */
  readonly section?: Section;
}

/** Returns the sentences of `text` with white space collapsed. Reads at most 20,000 characters. */
export function splitSentences(text: string): string[] {
  return readSentences(text).map((sentence) => sentence.text);
}

/** Turns the labels of a structured abstract into sections: “Methods: We …” becomes “We …” in `methods`. */
export function readSentences(text: string): Sentence[] {
  const read = text.slice(0, MAX_LENGTH).trim();
  const flat = OTHER_SPACES.test(read) ? read.replace(/\s+/g, ' ') : read;
  const pieces: string[] = [];
  for (const piece of segmentsOf(flat)) {
    let segment = piece;
    const [mark] = NOTE_MARK.exec(segment) ?? [];
    if (mark !== undefined && pieces.length > 0 && !pieces.at(-1)?.endsWith(' ')) {
      pieces[pieces.length - 1] += mark;
      segment = segment.slice(mark.length);
    }
    const previous = pieces.at(-1);
    if (previous !== undefined && goesOn(previous, segment)) pieces[pieces.length - 1] = previous + segment;
    else pieces.push(segment);
  }
  return withoutLabels(pieces.map((piece) => piece.trim()).filter((piece) => piece !== ''));
}

/**
 * Labels count when one of them is unambiguous (“Methods”) or when there are three. Labels without
 * punctuation count only when there are three. A section lasts until the next label.
 */
function withoutLabels(pieces: readonly string[]): Sentence[] {
  const labels = pieces.map(readLabel);
  const ended = labels.filter((label) => label && !label.isBare).length;
  const all = labels.filter((label) => label !== undefined).length;
  const isTold = ended >= FEWEST_BARE || labels.some((label) => label?.isTelling);
  const counts = (label: Label | undefined, piece: string): label is Label => {
    if (!label || !isTold) return false;
    if (label.isBare) return all >= FEWEST_BARE;
    return ended > 1 || all >= FEWEST_BARE || (label.isTelling && label.rest !== '' && piece.includes(':'));
  };
  let section: Section | undefined;
  const sentences = pieces.flatMap((piece, at): Sentence[] => {
    const label = labels[at];
    const isLabelled = counts(label, piece);
    if (isLabelled) section = label.section;
    const text = isLabelled ? label.rest : piece;
    return text === '' ? [] : [{ text, ...(section !== undefined && { section }) }];
  });
  const parts = new Set(sentences.map((sentence) => sentence.section).filter((part) => part !== 'other'));
  parts.delete(undefined);
  // One label alone, as “Findings: …”, does not say what the other sentences are for.
  return parts.size > 1
    ? sentences
    : sentences.map(({ text, section: part }) => (part === 'other' ? { text, section: part } : { text }));
}

/** To the segmenter, the name of a LaTeX command is a lower-case word, and no sentence begins with one. */
function segmentsOf(text: string): string[] {
  const parts = splitAtLabels(text)
    .flatMap((part) => (/[\\*<]/.test(part) ? part.split(PRINTED_OPENING) : [part]))
    .flatMap((part) => (SMALL_OPENING.test(part) ? part.split(NAMED_OPENING) : [part]))
    .flatMap((part) => (part.includes('…') ? part.split(AFTER_ELLIPSIS) : [part]))
    .flatMap((part) => (part.includes('[') ? part.split(AFTER_REFERENCE) : [part]));
  return parts.flatMap((part) => Array.from(segmenter.segment(part), ({ segment }) => segment));
}

function goesOnUnspaced(end: string, next: string): boolean {
  if (BARE_STOP.test(end) || DOTTED_NAME.test(next) || OPEN_BRACKET.test(end)) return true;
  return UNSPACED_REST.test(next) || (VERSION.test(end) && VERSION_LETTER.test(next));
}

function goesOn(previous: string, next: string): boolean {
  const written = previous.slice(-LOOK_BEHIND);
  const end = written.trimEnd();
  if (end === written && goesOnUnspaced(end, next)) return true;
  if (ENUMERATOR.test(previous)) return true;
  if (QUOTED_END.test(end) && LOWER.test(next)) return true;
  if (LONG_WORD_END.test(end)) return false;
  if (RANGE_START.test(end) && RANGE_END.test(next)) return true;
  if (ABBREVIATION.test(end) || TITLE.test(end)) return true;
  if (NUMBERED.test(end) && NUMBER.test(next)) return true;
  if (LABEL.test(end)) return NUMBER.test(next) || LETTER.test(next);
  const mayGoOn = CLOSING_ABBREVIATION.test(end) || INITIAL.test(end) || MARKED_NAME.test(end);
  return mayGoOn && !OPENING.test(next) && !readLabel(next)?.isTelling;
}
