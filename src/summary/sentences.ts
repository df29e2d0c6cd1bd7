/** Where the sentences of an abstract end: the runtime's segmenter, mended where it takes an abbreviation for an end. */

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Longer texts are no abstracts; the cap keeps one call within some milliseconds. */
const MAX_LENGTH = 20_000;

/** Something always follows these. */
const ABBREVIATION = /(?:^|[^\p{L}])(?:e\.g|i\.e|w\.r\.t|cf|vs|viz|resp|approx|et|ca)\.$/iu;
/** These may end a sentence, and do when the next piece opens as sentences do. */
const CLOSING_ABBREVIATION = /(?:^|[^\p{L}])(?:et al|etc|i\.i\.d|a\.k\.a)\.$/iu;
/** These go before a number: "Fig. 3", "Eq. (4)", "No. 1". */
const LABEL = /(?:^|[^\p{L}])(?:Figs?|Eqs?|Eqns?|Secs?|Tabs?|Refs?|Thms?|Alg|Ch|Nos?|Vols?|pp?)\.$/iu;
/** "J. Smith", "C. elegans": a name's letter. "On dataset A. We test" ends after its letter. */
const INITIAL = /(?:^|[\s(.])\p{Lu}\.$/u;
const OPENING =
  /^(?:We|In|The|This|These|Our|It|Its|To|For|However|By|On|As|And|But|While|Here|Then|Thus|When|With|From|An|Such|Finally|Moreover|Furthermore|Additionally|First|Second|Experiments|Results)\b/;
const NUMBER = /^[(\d]/;

/** The sentences of `text` in order, with white space collapsed. At most 20,000 characters are read. */
export function splitSentences(text: string): string[] {
  const flat = text.slice(0, MAX_LENGTH).replace(/\s+/g, ' ').trim();
  const sentences: string[] = [];
  for (const { segment } of segmenter.segment(flat)) {
    const piece = segment.trim();
    const previous = sentences.at(-1);
    if (piece === '') continue;
    if (previous !== undefined && goesOn(previous, piece)) {
      sentences[sentences.length - 1] = `${previous} ${piece}`;
    } else sentences.push(piece);
  }
  return sentences;
}

function goesOn(previous: string, next: string): boolean {
  // The end alone decides; matching a slice keeps the whole linear in the text.
  const end = previous.slice(-16);
  if (ABBREVIATION.test(end)) return true;
  if (LABEL.test(end)) return NUMBER.test(next);
  return (CLOSING_ABBREVIATION.test(end) || INITIAL.test(end)) && !OPENING.test(next);
}
