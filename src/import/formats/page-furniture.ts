/** Recognises the rest of a page of papers: its banner, headings, counts, buttons and links. */
import { type ArxivId, findPaperReferences } from '../../text/ids.ts';

const BANNER = [
  /^new$/i,
  /^get trending papers in your email inbox!?$/i,
  /^subscribe$/i,
  /^by\s*AK and the research community$/i,
  /^(daily|trending) papers$/i,
];

const MONTH = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*';
const SITE =
  '(?:arxiv|hugging ?face|hf|alphaxiv|github|project|paper|pdf|html|code|demo|models?|datasets?|spaces?|page|repo|link)';
/** Characters. Longer lines are prose. */
const LONGEST = 120;
const FURNITURE = [
  new RegExp(String.raw`^(?:published |submitted |updated )?(?:on )?${MONTH}\.? \d{1,2}(?:,? \d{4})?$`, 'i'),
  new RegExp(String.raw`^(?:published |submitted |updated )?(?:on )?\d{1,2} ${MONTH}\.?(?:,? \d{4})?$`, 'i'),
  // As scirate and arXiv print it: “Jun 03 2024 cs.LG arXiv:2406.01574v1”, “Date: Mon, 3 Jun 2024 …”.
  new RegExp(
    String.raw`^${MONTH}\.? \d{1,2},? \d{4}(?: [a-z-]{2,9}(?:\.[a-z-]{2,9})?)?(?: arxiv:\S+)?$`,
    'i',
  ),
  /^date: [a-z]{3}, \d/i,
  /^(?:comments?|subjects?|categories|keywords|journal[ -]ref|report[ -]no|(?:msc|acm)[ -]class|cite as|readers)\s?: /i,
  /^(submitted by|published on|upvote|view all|view (?:arxiv|pdf|paper|on|in)|ranked #?\d|#\d+ paper of the)\b.{0,60}$/i,
  /^[\d.,]+ ?k?\+?\s*(authors?|comments?|(?:up)?votes?|likes?|stars?|citations?|models?|datasets?|spaces?)?$/i,
  /^(authors?|comments?|(?:up)?votes?|likes?|stars?)\s*[:(]?\s*[\d.,]+k?\)?$/i,
  // Links labelled with their target: “arXiv page”, “GitHub ★ 412”, “PDF | Code”.
  new RegExp(String.raw`^(?:[\s|·,/★⭐\d.k+-]{0,6}${SITE})+[\s|·,/★⭐\d.k+-]*$`, 'i'),
  /^(previous|next|read more|show more|load more|see more|show less|share|save|cite|bibtex|add to collection|community|log ?in|sign up|loading)\b[^\p{L}]*$/iu,
  /^(abstract|summary|ai[- ]generated summary|introduction|authors?|links?|resources|tl;?dr)\s*[:.]?$/i,
  /^(?:(?:this|last|the|top|new|latest|recent|popular|trending|daily|weekly|monthly|hot|all|related|similar|more|of|research|reading|(?:today|week|month|day|paper|article|list)(?:['’]?s)?)\s?)+[^\p{L}]*$/iu,
  /^(?:\[\d{1,4}\] ?)?(?:doi:|arxiv:|https?:\/\/|www\.)\S+(?:\s[[(][\w., -]+[\])]){0,2}$/i,
  /^(?:system theme|company|tos|terms|privacy|about|careers|jobs|website|pricing|docs|help|blog|contact|view blog|scited?)\b[^\p{L}]*$/iu,
  // “42”, “👍 1.2k”
  /^(?:[^\p{L}]|(?<=\d)k(?!\p{L}))*$/iu,
];

const IMAGE = /!\[[^\][]{0,300}\]\([^()\s]{0,2000}\)/g;
const LINK = /\[([^\][]{0,1000})\]\([^()\s]{0,2000}\)/g;
/** Markers of lists, headings and quotes. */
const MARKER = /^(?:[-–—*•·+>|]|#{1,6}|\d{1,3}[.)])\s+/;
const HEADING = /^\s*#{1,6}\s/;
const EMPHASIS = /^(\*\*|__|\*|_|`)(.+)\1$/;
/** “(arXiv, 5 authors)” behind a title. */
const ASIDE = / \(([^()]{1,80})\)$/;
const LABEL = /^(?:title|abstract|summary)\s?:\s+/i;

export interface PageLine {
  readonly text: string;
  /** A Markdown heading. Without an abstract it is a section heading, not a title. */
  readonly isHeading: boolean;
  /** The paper that the line links to. */
  readonly reference?: ArxivId;
}

/** Strips the markup of lists, headings, emphasis and links. */
export function tidyLine(line: string): PageLine {
  const plain = line.replace(IMAGE, ' ').replace(LINK, '$1').replace(/\s+/g, ' ').trim();
  const unmarked = withoutAside(withoutMarkers(plain));
  const text = (EMPHASIS.exec(unmarked)?.[2] ?? unmarked).replace(LABEL, '').trim();
  const [reference] = plain === line.trim() ? [] : findPaperReferences(withWholeLinks(line));
  return { text, isHeading: HEADING.test(line), ...(reference && { reference }) };
}

/** Blanks the name of a person, which the site prints below “Submitted by”. */
export function withoutSubmitters(lines: readonly PageLine[]): PageLine[] {
  let isNext = false;
  return lines.map((line) => {
    if (line.text === '') return line;
    const isName = isNext && /^\S{1,40}$/.test(line.text);
    isNext = /^submitted by:?$/i.test(line.text);
    return isName ? { ...line, text: '' } : line;
  });
}

export function isBanner(text: string): boolean {
  return BANNER.some((words) => words.test(text));
}

export function isFurniture(text: string): boolean {
  return text.length <= LONGEST && FURNITURE.some((words) => words.test(text));
}

function withoutAside(text: string): string {
  const aside = ASIDE.exec(text);
  return aside?.[1]?.split(/[,;|·]/).every((part) => isFurniture(part.trim()))
    ? text.slice(0, aside.index)
    : text;
}

/** Handles nested markers: `> - ## Title`. */
function withoutMarkers(text: string): string {
  let rest = text;
  for (let depth = 0; depth < 4 && MARKER.test(rest); depth++) rest = rest.replace(MARKER, '');
  return rest;
}

/** Makes the page's relative links to papers absolute. */
function withWholeLinks(line: string): string {
  return line.replaceAll('](/papers/', '](https://huggingface.co/papers/');
}
