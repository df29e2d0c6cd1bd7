/** Places where a sentence may end early, and words after them that forbid it. */

export interface Cut {
  /** Begins the dropped part. */
  readonly pattern: RegExp;
  /** What the kept part must match. */
  readonly behind?: RegExp;
  /** The dropped part is a statement of its own: its conditions are not those of the kept part. */
  readonly isSeparate?: boolean;
}

/** An alternative of patterns that are written with “ | ” between them, over several lines. */
function oneOf(patterns: string): string {
  return `(?:${patterns
    .trim()
    .split(/\s*\|\s*/)
    .join('|')})`;
}

const ADVERBS = '(?:(?:thereby|thus|hence|further|also|even|[a-z]+ly) )?';
/** Gerunds that name a task or join a noun, and participles that are conditions. */
const NO_ADDITION = oneOf(`
  during | according | regarding | concerning | excluding | assuming | depending | requiring | lacking |
  barring | pending | training | learning | reasoning | modeling | understanding | planning | testing |
  processing | computing | engineering | editing | rendering | tracking | sampling | scaling |
  prompting | parsing | coding | writing | reading | tuning | pruning | masking | routing | filtering |
  matching | mapping | caching | decoding | encoding | embedding | grounding | captioning | nothing |
  something | anything | everything | existing | remaining | emerging | growing | following`);
const FINITE = oneOf(`
  is | are | was | were | has | have | can | could | may | might | will | should | do | does | shows? |
  demonstrates? | achieves? | outperforms? | reveals? | suggests? | indicates? | provides? | enables? |
  improves? | reduces? | remains? | yields? | exhibits? | surpass(?:es)? | allows? | leads? to |
  relies | rely | fails? | requires? | confirms? | validates?`);
const CLAUSE = `(?:we|it|they|(?:our|the|this|these|its|their|experiments?|experimental|results?|extensive|both|all|such) (?:[^\\s,;:]{1,30} ){0,6}${FINITE})\\b`;
const ADDED_VERB = `(?:is|are|can|has|have|${oneOf(`
  formulat | us | train | develop | design | build | construct | curat | establish | apply | appl |
  deriv | prov | implement | perform | produc | optimiz | learn | explor | investigat | highlight |
  offer | open-sourc | test | compar | examin | creat | achiev | demonstrat | show | provid | releas |
  evaluat | outperform | conduct | introduc | propos | present | analyz | identif | reduc | improv |
  generaliz | enabl | find | validat | discuss`)}(?:e?s|e|ies|y)?)`;
const PURPOSE = `(?:[a-z]+ly |further |better |jointly )?${oneOf(`
  facilitate | improve | enhance | reduce | achieve | ensure | address | mitigate | support | enable |
  deliver | analyze | boost | accelerate | guide | evaluate | assess | overcome | tackle | balance |
  maintain | preserve | promote | strengthen | synthesize | generate | perform | bridge | recover |
  capture | produce | increase | optimize | refine | align | provide | predict | learn | identify |
  model | build | create | select | handle | solve | serve | form | keep | train | test | measure`)}`;
/** Words that “to …” may complete. */
const EXPECTS = oneOf(String.raw`
  enabl\w+ | allow\w* | encourag\w+ | forc\w+ | requir\w+ | prompt\w* | teach\w* | train\w* | guid\w+ |
  help\w* | lead\w* | caus\w+ | ask\w* | instruct\w* | permit\w* | empower\w* | expect\w* | need\w* |
  seek\w* | aim\w* | attempt\w* | design\w* | able | abilit\w+ | capab\w+ | capacit\w+ | potential |
  opportunit\w+ | effort\w* | ways? | how | what | order | steps? | sufficient | insufficient | enough |
  likely | difficult | hard | easy | crucial | important | necessary | possible | used | learns? |
  learned | fail\w* | struggl\w* | tends? | continues? | motivat\w+`);
/** The end of a piece that does not need “to …”. */
const COMPLETE = new RegExp(
  String.raw`^(?!.*\b${EXPECTS}(?: [^\s,]{1,30}){0,6}$).*(?<!ed|ly|able|ive|ous|al)$`,
  's',
);

const OWN =
  '(?:we|this (?:paper|work|study|report)) (?:propose|introduce|present|develop|design|build|release|describe|create|construct|curate|devise)s?';
/** Adjectives that say nothing about what something is. */
const PRAISE = oneOf(`
  novel | new | first | simple | simpler | yet | and | but | effective | efficient | unified | general |
  principled | powerful | fully | lightweight | innovative | comprehensive | scalable | large-scale |
  flexible | robust | practical | versatile`);
const KIND = oneOf(`
  frameworks? | methods? | approach(?:es)? | models? | benchmarks? | datasets? | systems? |
  architectures? | algorithms? | pipelines? | paradigms? | strateg(?:y|ies) | techniques? | modules? |
  recipes? | objectives? | procedures? | agents? | schemes? | corpus | suites? | environments? |
  mechanisms? | libraries | library | toolkits? | tasks? | families | family of [a-z -]{3,40} |
  measure | metric | representation | editor | rule`);
/** “We propose X, a planning framework”: what follows only describes it. */
const DESCRIBED = new RegExp(
  `^${OWN} [^,]{2,100}, (?:an?|the|our|one) (?!(?:${PRAISE},? )*[a-z]+$)[^]{0,160}${KIND}$`,
  'i',
);

export const CUTS: readonly Cut[] = [
  { pattern: /^; (?!(?:but|yet|however|although|though|only|otherwise|or|and)\b)/i, isSeparate: true },
  { pattern: new RegExp(`^(?:, and (?=${CLAUSE})| and (?=we ))`, 'i'), isSeparate: true },
  {
    pattern:
      /^, (?:(?:in|for|of|from|on|to|by|at|through|with|all of|both of|each of|most of|some of|one of) )?(?:which|where|who|whose|whom)\b/i,
  },
  { pattern: /^(?:,? while (?=(?:[a-z]+ly )?[a-z]{3,20}ing\b))/i },
  { pattern: /^, while\b/i, behind: /^(?!.*: )/s },
  { pattern: new RegExp(`^, ${ADVERBS}(?!${NO_ADDITION})[a-z]{3,20}ing (?!and |or )`, 'i') },
  { pattern: /^, (?:and )?thereby\b/i },
  {
    pattern:
      /^, (?:[a-z]+ly )?[a-z]{3,20}(?:ed|built|drawn) (?:by|from|with|on|upon|to|for|in|as|into|through|via|across)\b/i,
  },
  { pattern: /^(?: (?:[–—]|--|---) |[—] ?| - )/, behind: /^(?!.*(?: (?:[–—]|-{1,3}) |—))/s },
  {
    pattern:
      /^, (?:such as|including|e\.g\.|for example|for instance|especially|particularly|namely|i\.e\.|that is,|specifically|with (?:an?|gains|improvements|up to|speedups?|results)|as well as|along with|alongside|together with|ranging|spanning|via|through|using|based on|by [a-z]+ing|each|so that|such that|as (?:demonstrated|shown|evidenced)|(?:in order )?to [a-z-]{2,20})(?![\p{L}-])/iu,
  },
  {
    pattern: /^: (?!(?:not|but|only)\b)/,
    isSeparate: true,
    behind:
      /(?<!\b(?:is|are|be|as follows|following|questions?|asks?|that|this|these|remains?|arises?|emerges?)|\b(?:an?|one) (?:[\p{L}-]+,? ){0,4}(?:task|paradigm|approach|method|question|issue|problem|idea|principle|find|finding|insight|observation|departure))$/iu,
  },
  { pattern: new RegExp(`^, and ${ADVERBS}${ADDED_VERB}\\b`, 'i') },
  {
    pattern: /^ (?:by (?:[a-z]+ly )?[a-z]{3,20}ing|via|through)\b/i,
    behind:
      /^(?!(?:existing|current|prior|previous|recent|most|many|some|such|these|traditional|conventional|standard|they)\b)(?!.*\b(?:can|could|frames?|casts?|views?|treats?) [^,]*$).*(?<!ed|en|ly|built|is|are|go|goes|pass|run|learn|evolve)$/is,
  },
  { pattern: /^, (?:and )?then [a-z]+s\b/i },
  {
    pattern:
      /^ and (?:[a-z]+ly [a-z-]+s|(?:removes|derives|enables|reduces|improves|generates|introduces|provides|allows|enforces|refines|aligns|maintains|selects|updates|produces|achieves|optimizes|learns|integrates|converts|captures|adapts|leverages|predicts|eliminates|preserves) [a-z])/,
    behind: /\b(?:that|which) (?:[a-z]+ly )?[a-z]+s [^,]*$/i,
  },
  {
    pattern:
      /^,? (?:comprising|consisting of|spanning|containing|covering|leveraging|exploiting|targeting|sourced|derived|based|built|designed|tailored|advocating|trained|using|equipped|driven|powered|in which|where|that|capable of)\b/i,
    behind: DESCRIBED,
  },
  {
    pattern: /^, (?:an?|the) [^,]{3,60} (?:in which|that|which|where|for|of|to)\b(?!.*, (?:and|or) )/is,
    behind: /^.{50}/s,
  },
  { pattern: new RegExp(`^ to ${PURPOSE}(?![\\w-])`, 'i'), behind: COMPLETE },
];

/** Where these follow, the kept part alone could say something else. */
export const GOVERNS =
  /(?:^|[,;:–—]| --?) ?(?:but|yet|although|though|albeit|however|whereas|despite|rather than|instead of|even (?:if|when|though)|if|when|under|given|without|subject to|only|with(?:in)? (?:some|certain|limited)|in (?:most|many|some|all|certain) cases|on average|in expectation|with (?:high )?(?:probability|confidence)|in general|at (?:least|most)|at the (?:cost|expense)|or|except|not)(?![\p{L}-])|(?<![\p{L}-])(?:unless|except|provided that|assuming|only (?:if|when|for|in|on|under|after|where)|as long as|so long as|on the condition|in the absence|with the exception)(?![\p{L}-])/iu;
