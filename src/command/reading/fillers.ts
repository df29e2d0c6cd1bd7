/**
 * Prepares a request for reading: quoted phrases stay whole, words that say nothing about what is wanted are
 * left out (`show me papers about …, please`), and `or` and `but not` become commas and minus signs.
 */

const POLITE = String.raw`(?:(?:please|pls|hey|hi|hello|ok|okay|so|and|now)[,!]?\s+)*`;
const ASKING = String.raw`(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|(?:i|we)(?:'d|’d|\s+would)?\s+(?:like|want|need)\s+(?:to\s+(?:see|read|find|get)\s+)?|(?:i'm|i’m|i\s+am|we're|we’re|we\s+are)\s+)?`;
const VERB = String.raw`(?:(?:show|give|get|find|fetch|bring|recommend|suggest|list)\s+(?:me|us)\s+|(?:search|look|looking|searching)\s+for\s+|(?:show|give|get|find|list|recommend|suggest)\s+(?=(?:(?:any|some|all|the|more|me|recent|new|good)\s+)*(?:research\s+)?(?:papers?|articles?|preprints?|publications?|literature|works?|studies)\b)|(?:are|is)\s+there\s+|(?:what|which)\s+is\s+there\s+(?=(?:on|about)\b)|(?:do|does)\s+(?:you|we|i|it)\s+(?:have|know|know\s+of)\s+|(?:have\s+)?(?:you\s+)?got\s+(?=(?:any|some))|look\s+up\s+(?=(?:any\s+|some\s+)?papers?\b)|help\s+me\s+(?:to\s+)?(?:find|look\s+for|search\s+for)\s+|(?:what|which)\s+(?=papers?\b)|anything\s+(?:new\s+)?(?=(?:on|about)\b))?`;
const NOUN = String.raw`(?:(?:any|some|all|the|a\s+few|a|an|more|good|interesting|relevant)\s+)*(?:(?:research|scientific|academic|arxiv)\s+)?(?:papers?|articles?|preprints?|publications?|literature|works?|studies|research|stuff|something|anything|everything)\s+(?:(?:that|which)\s+)?(?:about|on|regarding|concerning|discuss(?:es|ing)?|address(?:es|ing)?|cover(?:s|ing)?|stud(?:y|ies|ying)|investigat(?:e|es|ing)|dealing\s+with|deals?\s+with|related\s+to|exist\s+(?:on|about)|are\s+there\s+(?:on|about)|(?:is|are)\s+(?:on|about)|there\s+(?:are|is)\s+(?:on|about))\s+`;
const LEAD_NOUN = new RegExp(
  `^\\s*${POLITE}${ASKING}${VERB}(?:${NOUN}|(?<=there\\s+)(?:on|about)\\s+)(?:the\\s+topic\\s+of\\s+)?(?=\\S)`,
  'iu',
);
const LEAD_VERB = new RegExp(
  String.raw`^\s*${POLITE}(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?|(?:i'm|i’m|i\s+am|we're|we’re|we\s+are)\s+)?(?:(?:show|give|get|find|bring)\s+(?:me|us)\s+(?:(?:some|any|all)\s+)?(?:papers?\s+)?|(?:search|look|looking|searching)\s+for\s+(?:(?:some|any|all)\s+)?(?:papers?\s+)?|(?:i|we)(?:'d|’d|\s+would)?\s+(?:want|need|like)\s+(?:papers?\s+|to\s+read\s+))(?=\S)`,
  'iu',
);
const LEAD_POLITE = /^\s*(?:please|pls)[,!]?\s+(?=\S)/iu;
const ABOUT = /^\s*(?:about|regarding|on\s+the\s+topic\s+of)\s+(?=\S)/iu;
/** Before the topic of a feed. */
const ORDERED =
  /^\s*(?:(?:only|just|post|send|deliver|give\s+us|send\s+us|the|new|latest|trending|top|all)\s+)*papers?\s+(?:(?:about|on|from)\s+)?(?=\S)|^\s*(?:only|just)\s+(?:about\s+|on\s+)?(?=\S)|^\s*(?:post|send|deliver)(?:\s+us)?\s+(?:about|on)\s+(?=\S)/iu;
/** `trending robotics papers`. */
const AROUND = /^\s*(?:trending|new|latest|hot|top|popular)\s+(\S.*?)\s+papers?\s*$/iu;
/** `in cs.CV`. */
const IN_CATEGORY = /^\s*(?:in|from)\s+(?=[a-z-]+\.[a-z]{2}\S*\s*$)/iu;
const TRAIL = /[\s,]+(?:please|pls|thanks|thank\s+you|thx|for\s+me|if\s+possible)[\s.!?]*$/iu;
const TRAIL_NOUN = /(?<=\S)\s+(?:papers?|articles?|preprints?)[\s.!?]*$/iu;
/** Before `papers`, these make it a subject: “summaries of scientific papers”. */
const SUBJECT_BEFORE =
  /(?:^|\s)(?:of|in|from|between|across|for|on|to|and|with|using|scientific|academic|research|review|survey|position|white|medical|clinical|theoretical|conference|withdrawn|retracted|arxiv|news|historical|legal)$/iu;
/** All that is left of “everything in quant-ph” or “what was hot on Monday?”. */
const NOTHING =
  /^[\s?.!,]*(?:(?:all|any|some|the|me|of|in|on|by|from|for|and|only|list|what|which|is|are|was|were|hot|trending|popular|new|up|papers?|articles?|preprints?|publications?|works?|research|everything|anything|something|stuff|results?)[\s?.!,]*)*$/iu;
const LONGEST = 400;

/** Leaves out “please” and “thanks” at the end. */
export function withoutCourtesy(text: string): string {
  return text.slice(0, LONGEST).replace(TRAIL, '') + text.slice(LONGEST);
}

/** Leaves out words before the topic of a feed: `only robotics`, `new papers about robotics`. */
export function withoutOrders(text: string): string {
  return text
    .replace(AROUND, '$1')
    .replace(ORDERED, '')
    .replace(/^\s*(?:post|send|best|top|papers?|only)\s*$/iu, '');
}

/**
 * @param all whether a noun at the end (`agents papers`) goes too: it does where other options were said
 * @param mayAsk false for the topic of a feed: “search for new physics” is one
 * @returns the text itself where nothing else would be left
 */
export function withoutFillers(text: string, all: boolean, mayAsk = true): string {
  if (text.length > LONGEST) return text;
  let rest = text;
  for (let round = 0; round < 3; round++) rest = rest.replace(TRAIL, '');
  rest = rest.replace(LEAD_NOUN, '');
  if (rest === text.replace(TRAIL, '')) {
    rest = (mayAsk ? rest.replace(LEAD_VERB, '') : rest).replace(LEAD_POLITE, '');
  }
  rest = rest.replace(ABOUT, '').replace(IN_CATEGORY, '');
  const words = rest.trim().split(/\s+/).length;
  const before = rest.replace(TRAIL_NOUN, '');
  if (before !== rest && !SUBJECT_BEFORE.test(before) && (all || words <= 3)) rest = before;
  if (rest !== text || all) rest = rest.replace(/\s*\?+\s*$/u, '');
  if (all && NOTHING.test(rest)) return '';
  return rest.trim() === '' ? text : rest;
}

const QUOTED =
  /"[^"]*"|[“”„‟][^“”„‟"]*[“”„‟"]|«[^«»]*»|‹[^‹›]*›|「[^「」]*」|‚[^‘’‚]+[‘’]|(?:''|``)[^'`]+''|`[^`]+`|(?<=^|\s)['‘‚‛][^'‘’‚‛]+['’‛](?=$|[\s,.?!])/gu;
const HIDDEN = /\uE000(\d+)\uE001/gu;

interface Protected {
  readonly text: string;
  /** Puts the phrases back, in plain double quotes. */
  restore(text: string): string;
}

export function protectQuotes(typed: string): Protected {
  const phrases: string[] = [];
  const text = typed
    .replace(/[\uE000\uE001]/gu, '')
    .replace(/(?<=^|\s)--(?=\p{L})/gu, '')
    .replace(
      QUOTED,
      (phrase) =>
        `\uE000${phrases.push(`"${phrase.replace(/^(?:''|``|.)|(?:''|.)$/gu, '').trim()}"`) - 1}\uE001`,
    )
    .replace(/(?<=\S)\s+(?:AND|&&)\s+(?=\S)/gu, ' ')
    .replace(/(?<=^|\s)(?:AND\s+)?NOT\s+(?=[\p{L}\p{N}])|(?<=\s)!(?=\p{L})/gu, '-');
  return { text, restore: (read) => read.replace(HIDDEN, (_, at: string) => phrases[Number(at)] ?? '') };
}

const NAME_WORDS = String.raw`\p{Lu}[\p{L}.'’-]+(?:\s+\p{Lu}[\p{L}.'’-]*){1,3}`;
const BY_NAME = new RegExp(
  String.raw`(?<=^|[\s,])(?:papers\s+)?by\s+(?:the\s+author\s+)?(${NAME_WORDS})(?=$|\s*,)`,
  'gu',
);

/** `robotics or vision` are two terms, and `by Ada Lovelace` is an author. */
export function asList(text: string): string {
  return text
    .replace(/\s+(?:or|and\/or|as\s+well\s+as)\s+/giu, ', ')
    .replace(/,\s*and\s+/giu, ', ')
    .replace(/(?<=[a-z]\.[a-z]{2})\s+(?:and|&)\s+(?=[a-z-]+\.[a-z]{2})/giu, ', ')
    .replace(BY_NAME, (_, name: string) => `, author:"${name}"`);
}

/** `without surveys`, which is no topic. */
const EXCLUDED_KIND =
  /[\s,]+(?:but\s+)?(?:without|no|not)\s+(?:any\s+)?(surveys?|reviews?|benchmarks?|datasets?|tutorials?|overviews?)$/iu;
/** `, but not video` leaves papers out. */
const EXCLUDED =
  /[\s,]+(?:but\s+not|and\s+not|not\s+about|but\s+without|excluding|except(?:\s+for)?)\s+(?:(?:about|on|papers?)\s+)*(\S[^,]*)$/iu;

export function withExclusions(text: string): string {
  return text.replace(EXCLUDED_KIND, ' -$1').replace(EXCLUDED, (_, words: string) =>
    words
      .split(/\s+(?:or|and)\s+|\s+/u)
      .map((word) => ` -${word}`)
      .join(''),
  );
}
