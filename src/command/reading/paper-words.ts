/** Words around the name of a paper: `of 2406.01574`, `the paper MMLU-Pro, please`. */
import { UserError } from '../../base/errors.ts';
import { NUMBERS, numberIn, ORDINALS } from './phrases.ts';

/** Characters of the name of a paper. */
const LONGEST = 400;
const LEAD =
  /^\s*(?:(?:please|pls)[,!]?\s+)?(?:(?:me|us)\s+)?(?:(?:of|to|for|about|on|like|as)\s+)?(?:(?:similar\s+)?papers?\s+(?:to|like)\s+)?(?:(?:the|this|that)\s+)?(?:(?:paper|article|preprint)s?(?:\s+(?:called|titled|named|with\s+(?:the\s+)?id))?[\s:#]+)?(?=\S)/iu;
const TRAIL =
  /[\s,]+(?:please|pls|thanks|thank\s+you|thx|for\s+me|(?:to|on|onto|in|into|from|off)\s+(?:my|the)\s+(?:(?:saved|reading)\s+)?(?:list|library|papers|saves|bookmarks|favou?rites|collection)|for\s+later|for\s+me)[\s.!]*$/iu;
const ORDINAL = new RegExp(
  String.raw`^(?:the\s+)?(?:(${ORDINALS.join('|')}|\d{1,2}(?:st|nd|rd|th))(?:\s+(?:one|paper|result|of\s+(?:them|these)))?|(?:no\.?|nr\.?|number|paper|result|#)\s*#?(\d{1,3}|${NUMBERS.join('|')})|#(\d{1,3}))$`,
  'iu',
);

export function withoutPaperFillers(typed: string): string {
  if (typed.length > LONGEST) return typed;
  if (/^["“”„«]/u.test(typed.trim())) return typed;
  let name = typed;
  for (let round = 0; round < 2; round++) name = name.replace(TRAIL, '').replace(ABOUT, '');
  name = name.replace(LEAD, '').trim().replace(NOUN_AFTER, '$1');
  return name === '' ? typed : name;
}

/** “what is 2406.01574 about?” */
const ABOUT = /(?<=\d{4,5}(?:v\d)?)\s+about\s*\??$|\s*\?+$/iu;
/** `the MMLU-Pro paper`. */
const NOUN_AFTER = /^(\S*[\p{Lu}\d]\S*)\s+(?:paper|article|preprint)$/u;

/** @param known the numbers of the last list, not empty */
export function noSuchNumber(number: number, known: readonly number[]): UserError {
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const choice = first === last ? `${first}, its only paper` : `a number from ${first} to ${last}`;
  return new UserError(`The last list has no number ${number}. Choose ${choice}.`);
}

/** The number in a list that a text means: 2 for `the second one`, `#2`, `no. 2`. */
export function numberMeant(typed: string): number | undefined {
  if (typed.length > LONGEST) return undefined;
  const [, ordinal, ...numbers] = ORDINAL.exec(typed.trim()) ?? [];
  const number = numbers.find((each) => each !== undefined);
  if (number !== undefined) return Number(numberIn(number));
  if (ordinal === undefined) return undefined;
  const index = ORDINALS.indexOf(ordinal.toLowerCase());
  return index < 0 ? Number.parseInt(ordinal, 10) : index + 1;
}

/** One word with a capital or a digit inside, such as MMLU-Pro. */
const COINED_BEFORE =
  /^\s*(?:(?:about|in|on|for)\s+)?(?:the\s+)?(\S*\p{L}\S*[\p{Lu}\d]\S*?)(?:\s+paper)?(?:[:,]\s+(\S.*)|\s+((?:what|how|why|does|do|did|is|are|was|were|which|who|when|where|can|could)\s.*))$/su;
const ID =
  /(?:https?:\/\/)?(?:www\.)?(?:arxiv\.org\/(?:abs|pdf|html)\/|huggingface\.co\/papers\/|hf\.co\/papers\/|arxiv:\s?)?(?<![\d.])\d{4}\.\d{4,5}(?:v\d{1,2})?(?:\.pdf)?(?![\d.]\d)/giu;

/** “about :”, “in ,” before the question. */
const LEFT_OF_ID =
  /^\s*(?:(?:about|in|on|for|of|regarding|from|according\s+to)\b)?(?:\s*(?:the\s+)?paper\b)?[\s:,;-]+(?=\S)/iu;

/** @returns the one paper that a question names by id, link or coined name, and the rest of the question */
export function paperInQuestion(
  typed: string,
): { readonly paper: string; readonly question: string } | undefined {
  const ids = typed.match(ID) ?? [];
  const [id, ...others] = ids;
  if (id !== undefined && others.length === 0) {
    const question = typed.replace(id, ' ').replace(/\s+/gu, ' ').replace(LEFT_OF_ID, '').trim();
    return /[\p{L}\p{N}]/u.test(question) ? { paper: id, question } : undefined;
  }
  const [, name, said, asked] = COINED_BEFORE.exec(typed) ?? [];
  const question = said ?? asked;
  return id === undefined && name !== undefined && question !== undefined
    ? { paper: name, question }
    : undefined;
}

const ASKS =
  /^(?:what|which|how|why|who|when|where|does|do|did|is|are|was|were|has|have|can|could)(?:'s|’s)?\s/iu;
/** Each has the number in one group. A number alone counts only as a subject or at the end. */
const NUMBER_IN_QUESTION = [
  new RegExp(
    String.raw`\b(?:the\s+)?(${ORDINALS.join('|')}|\d{1,2}(?:st|nd|rd|th))\s+(?:one|paper|result)\b`,
    'iu',
  ),
  /(?:\b(?:paper|result|number|no\.?|nr\.?)\s*#?|(?<!\S)#)(\d{1,3})\b(?![.\d])/iu,
  /(?<=\b(?:does|did|do|has|can|could)\s)(\d{1,2})(?=\s+(?:(?:not|also|really|actually|ever)\s+)?(?:have|use|need|work|show|report|beat|outperform|release|compare|evaluate|train|test|support|require|claim|say|find|propose|run|scale|explain|include|provide|contain|introduce|describe|mention|handle|solve|help|cost|take|come|do|open|publish|share|cover)\b)/iu,
  /(?<=\b(?<!\b(?:sizes?|factors?|orders?|dimensions?|depth|numbers?|rank|scale|powers?|sets?|groups?|levels?|rates?|ratio|total|average)\s)(?:of|in|from|about)\s)(\d{1,2})(?=\s*[?.!]*$)/iu,
  /(?<=^(?:is|was)\s|\bof\s)(\d{1,2})(?=\s+(?:open|public|available|published|peer|about|based|a|an|the|on)\b)/iu,
];

/** @returns the number in a list of the paper that a question is about, and the question about “it” */
export function numberInQuestion(
  typed: string,
): { readonly number: number; readonly question: string } | undefined {
  if (typed.length > LONGEST || !ASKS.test(typed)) return undefined;
  const found = NUMBER_IN_QUESTION.map((form) => form.exec(typed)).find((match) => match !== null);
  const number = numberMeant(found?.[1] ?? '') ?? Number(found?.[1]);
  if (!found || !Number.isInteger(number)) return undefined;
  const question = `${typed.slice(0, found.index)}it${typed.slice(found.index + found[0].length)}`;
  return { number, question };
}

const NUMBER_WORD = String.raw`(?:(?:the\s+)?(?:${ORDINALS.join('|')}|\d{1,2}(?:st|nd|rd|th))|#?\d{1,3}|(?:no\.?|nr\.?|number|paper|result)\s*#?(?:\d{1,3}|${NUMBERS.join('|')}))`;
/** “the first two”. */
const FIRST_FEW = new RegExp(
  String.raw`^(?:the\s+)?(?:first|top)\s+([2-9]|${NUMBERS.slice(1).join('|')})(?:\s+(?:ones?|papers?|results?))?$`,
  'iu',
);
const NUMBER_LIST = new RegExp(
  String.raw`^(?:(?:paper|result)s?\s+)?${NUMBER_WORD}(?:(?:\s*,?\s*(?:and|&|\+|vs\.?|versus|with|to)\s+|\s*[,;]\s*|\s+|\s*[-–]\s*)${NUMBER_WORD})*(?:\s+(?:ones?|papers?|results?))?$`,
  'iu',
);

/** `1 3` for “the first and third ones”; `undefined` where the text names no numbers of a list. */
export function numbersMeant(typed: string): string | undefined {
  if (typed.length > LONGEST) return undefined;
  const text = withoutPaperFillers(typed).trim();
  const [, first] = FIRST_FEW.exec(text) ?? [];
  if (first !== undefined)
    return Array.from({ length: Number(numberIn(first)) }, (_, at) => at + 1).join(' ');
  if (text.length > 80 || !NUMBER_LIST.test(text)) return undefined;
  return text
    .replace(/\b(?:no\.?|nr\.?|number|papers?|results?|ones?|the)(?=\s|#|$)/giu, ' ')
    .replace(/#/gu, ' ')
    .replace(new RegExp(String.raw`\b(${ORDINALS.join('|')})\b`, 'giu'), (word) =>
      String(ORDINALS.indexOf(word.toLowerCase()) + 1),
    )
    .replace(new RegExp(String.raw`\b(${NUMBERS.join('|')})\b`, 'giu'), (word) => numberIn(word))
    .replace(/(\d)(?:st|nd|rd|th)\b/giu, '$1')
    .replace(/\b(?:and|vs\.?|versus|with)(?=\s)|[&+;]/giu, ',')
    .replace(/\s+to\s+/giu, '-')
    .replace(/[\s,]+/gu, ' ')
    .trim();
}

const NAMES_PAPERS =
  /[\r\n]|\d{4}\.\d{4}|:\/\/|(?<!\d)10\.\d{4}|@\p{L}+\s*[{(]|[a-z-]\/\d{7}|^\s*[[{]|^\s*TY {1,2}-/iu;

/** A text with several lines, ids, links, or entries of a bibliography. */
export function namesPapersAnywhere(text: string): boolean {
  return NAMES_PAPERS.test(text);
}
