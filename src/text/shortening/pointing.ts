/** Patterns of openings that link a sentence to the one before it, or point at something in it. */

const WORD = String.raw`[\p{L}\p{N}'’$\\{}_-]{1,40}`;
/** Words that would begin another phrase. The noun that is pointed at ends before them. */
const PHRASE_START = `(?:and|or|of|in|for|on|with|without|to|by|from|at|when|if|not|no|than|that|which|as|under|during|while|via|through|across|between|within|against|among|more|most|only|we)`;
const GENERIC = `(?:gaps?|issues?|problems?|challenges?|limitations?|shortcomings?|drawbacks?|bottlenecks?|questions?|difficult(?:y|ies)|concerns?|needs?|goals?|aims?|ends?|deficienc(?:y|ies)|weakness(?:es)?|obstacles?|dilemmas?)`;
const DEMONSTRATIVE = `(?:(?:all|both) (?:of )?)?(?:this|these|those|such|(?:the )?(?:above|above-mentioned|aforementioned|abovementioned|former|latter|foregoing))`;

/** “this”, “these emerging threats”, “the above problems”, “the gap”: nothing but a pointer. */
const POINTED = String.raw`(?:${DEMONSTRATIVE}(?: (?!${PHRASE_START}\b)${WORD}){0,4}(?: (?:and|or) ${GENERIC})?|that(?: (?:end|goal|aim|purpose|problem|question|gap|issue))?|it|them|(?:both|all)(?: (?:of|the|these|two|three|four)){0,2} ${GENERIC}|the (?:(?!${PHRASE_START}\b)${WORD} )?${GENERIC})`;

const PAPER = String.raw`(?:short |position |survey |technical |research |review |perspective |white |system |case |empirical |tutorial |companion |vision |present |current |pilot |new )?(?:paper|work|study|article|survey|report|thesis|dissertation|letter|note|review|chapter|tutorial|manuscript|monograph|research(?! (?:area|field|direction|question|topic|gap|problem|line|agenda|landscape))|essay|preprint|demo|blog post)(?![\p{L}-])`;

/** “this paper”, “our work”. */
export const OWN_PAPER = new RegExp(
  String.raw`^(?:(?:this|the present|the current|our) ${PAPER}|this (?:(?!of\b|prior\b|previous\b|recent\b|related\b|earlier\b)[\p{L}-]{1,20} ){1,2}(?:paper|work|survey|study|article|review|report|thesis|tutorial)(?![\p{L}-]))`,
  'iu',
);

const LINKS = `
  however | furthermore | moreover | additionally | in addition | specifically | more specifically |
  in particular | particularly | concretely | more concretely | more precisely | precisely |
  to be specific | to be precise | finally | lastly | last | last,? but not least | notably |
  most notably | more notably | importantly | more importantly | most importantly | equally important |
  crucially | more crucially | most crucially | critically | more critically | most critically |
  second(?:ly)? | third(?:ly)? | fourth(?:ly)? | fifth(?:ly)? | besides | therefore | thus | hence |
  consequently | as a consequence | in consequence | as a result | as such | accordingly |
  correspondingly | so | next | subsequently | afterwards? | after that | after this | following this |
  following that | further | also | yet | nevertheless | nonetheless | even so | that said |
  having said that | instead | rather | in contrast | by contrast | conversely | on the contrary |
  on the other hand | alternatively | meanwhile | in the meantime | simultaneously | at the same time |
  concurrently | in parallel | in turn | similarly | likewise | indeed | in fact | for example |
  for instance | as an example | in other words | put differently | that is | namely | in summary |
  in short | in brief | in sum | in conclusion | to summari[sz]e | to sum up | to conclude |
  all in all | ultimately | more broadly | more generally | in doing so | by doing so | doing so |
  to do so | in response | at its core | at their core | in essence | still | again | here | of note |
  especially | what's more | what is more | along these lines | with (?:this|that|these|it) in mind |
  (?:as )?(?:a )?(?:solution|remedy|countermeasure) to this`
  .trim()
  .replace(/\s*\|\s*/g, '|');
const JOINT = `together|collectively|taken together|altogether|overall|in aggregate`;
const OWN_SUBJECT = String.raw`(?:we|i|our|this (?:paper|work|study|article|report|survey)|the (?:authors?|paper|present))\b`;

/** What stands before a pointer, so that nothing but the pointer is said. */
const BEFORE_POINTED = [
  `(?:in order )?to (?:[a-z]+ly |better |further |help |begin to ){0,2}[a-z]+(?:-[a-z]+)?(?: (?:to|with|for|on|upon|around|toward|towards|at|up|into))?(?: (?:and|or) [a-z]+)?`,
  `towards?(?: (?:address|achiev|solv|tackl|bridg|fill|mitigat|overcom)ing)?`,
  `(?:strongly |partly |primarily |directly )?(?:motivated|inspired|guided|driven|informed|prompted|encouraged|spurred|enlightened) by`,
  `(?:based|building|built|drawing|capitali[sz]ing|expanding|reflecting|acting)(?: directly| further)? (?:up)?on(?: top of)?`,
  `(?:leveraging|following|recogni[sz]ing|addressing|exploiting|complementing|extending|considering|observing|grounded in|in accordance with|in keeping with|in line with|taking advantage of)`,
  `(?:in light of|in view of|in response to|in the face of|because of|due to|owing to|thanks to|despite|in spite of|notwithstanding|beyond|besides|in addition to|on top of|alongside|apart from|aside from|along with|as a (?:first |concrete )?step towards?|in pursuit of)`,
];
/**
 * Purposes, reasons and contrasts that are nothing but a pointer. The pointer stands once behind all of its
 * beginnings: once behind each, the expression would take 80 ms to compile.
 */
const POINTING_CLAUSES = [
  `(?:${BEFORE_POINTED.join('|')}) ${POINTED}`,
  `taking ${POINTED} as (?:an? )?[a-z]{3,20}`,
  `to (?:that|this|the) (?:end|aim|goal)`,
  `given ${DEMONSTRATIVE} (?:[a-z]+ ){0,2}(?:observations?|insights?|findings?|background|motivation|context|${GENERIC})`,
  String.raw`with these (?:[\p{L}-]{1,20} ){0,2}(?:designs?|components|innovations|improvements|techniques|contributions|advance(?:ment)?s|modifications|optimi[sz]ations|enhancements|features|strategies|insights|findings)`,
  `(?:for|on) (?:this|that|these|those) (?:reasons?|purposes?|basis|grounds|end|foundation)|for this|in (?:this|that|the same) (?:way|manner|regard|respect|spirit|vein|light|sense|direction|fashion)|from this (?:perspective|viewpoint|motivation|observation|insight)`,
];

/** A way of working that is only pointed at: it may go before “we propose”, but not before a finding. */
const POINTING_MEANS = `(?:using|with|through|from|via|by (?:using|applying|leveraging)|in|under|within|on top of|after) ${POINTED}`;
const DOES = `(?:[a-z]+ly |also |then |further |thus )?(?:propose|introduce|present|develop|design|devise|build|create|construct|curate|train|collect|formulate|release|derive|study|investigate|explore|conduct|benchmark|fine-tune|establish|describe|open-source|pre-train|implement|contribute|offer)`;

const FLAGS = 'iu';
/** Each matches at the start of a sentence, up to what remains. */
export const OPENINGS: readonly RegExp[] = [
  new RegExp(String.raw`^(?:${LINKS}),\s+`, FLAGS),
  new RegExp(
    String.raw`^(?:however|furthermore|moreover|additionally|in addition|specifically|in particular|finally|lastly|first|second|third|therefore|thus|hence|consequently|then|next|subsequently|further|also|besides|here|as a result|to this end|to that end)\s+(?=(?:we|i)\s)`,
    FLAGS,
  ),
  new RegExp(String.raw`^(?:then|first(?:ly)?|to begin with|on the one hand),\s+(?=${OWN_SUBJECT})`, FLAGS),
  /^overall,\s+(?=[^\d]*$)/iu,
  new RegExp(
    String.raw`^(?:${JOINT}),\s+(?=(?:we|i|our|these|this|those|the) (?:[\p{L}-]{1,20} ){0,2}(?:results?|findings?|experiments?|evaluations?|analys[ei]s|work|paper|study|show|demonstrate|find|hope|believe|propose|introduce|present|contributions?|insights?|evidence|components?)\b)`,
    FLAGS,
  ),
  new RegExp(
    String.raw`^(?:in|within|with|through|throughout) (?:this|our|the present|the current) ${PAPER}(?:,\s+|\s+(?=(?:we|i|the authors)\s))`,
    FLAGS,
  ),
  new RegExp(
    String.raw`^(?:${POINTING_CLAUSES.join('|')})(?:,\s+|\s+(?=(?:we|i)\s|this (?:paper|work)\s))`,
    FLAGS,
  ),
  new RegExp(String.raw`^${POINTING_MEANS},\s+(?=(?:we|i|this paper|this work) ${DOES}s?\b)`, FLAGS),
  new RegExp(
    String.raw`^(?:but|and|yet),?\s+(?=(?:we|i|our|this|these|the|it|they|existing|current|most|many|a|an|how|what|can|do|does|is|are|no|recent|prior|previous|today's|in this)\s)`,
    FLAGS,
  ),
  new RegExp(String.raw`^so,?\s+(?=(?:we|i|our|this|these|the|it|they|existing|current)\s)`, FLAGS),
];

/** “In contrast to these methods, …”: may go unless the rest compares. */
export const POINTING_CONTRAST = new RegExp(
  String.raw`^(?:in (?:sharp |stark )?contrast (?:to|with)|as opposed to|unlike|contrary to|departing from) ${DEMONSTRATIVE}(?: (?!${PHRASE_START}\b)${WORD}){0,3},\s+`,
  FLAGS,
);
export const COMPARES =
  /\b(?:more|less|fewer|than|better|worse|higher|lower|faster|slower|larger|smaller|cheaper|longer|shorter|stronger|weaker|richer|deeper|greater|simpler|easier|closer|wider|broader|only)\b/i;

/** “To address these limitations and automate X”: the pointer goes, the purpose stays. */
export const POINTER_AND_PURPOSE = new RegExp(
  String.raw`^(to )(?:[a-z]+ly )?[a-z]+ ${DEMONSTRATIVE}(?: (?!${PHRASE_START}\b)${WORD}){0,3},? and (?:to )?(?=(?:(?:further|better|fully) )?(?:enable|improve|advance|achieve|provide|support|facilitate|enhance|ensure|automate|unlock|promote|reduce|build|make|foster|evaluate|explore|understand|accelerate|develop|establish|study|investigate|increase|train|generate|create|handle|leverage|capture|learn|obtain|preserve|maintain|assess|push|drive|allow|extend|boost|encourage|scale|unify|optimi[sz]e|exploit|guide|stimulate|strengthen|realize|help|deliver|harness|maximi[sz]e|minimi[sz]e|avoid) )`,
  FLAGS,
);
/** “To address these limitations of earlier work”: without “these”. */
export const POINTER_WITH_DETAIL =
  /^(to (?:[a-z]+ly )?[a-z]+ )(?:these|such|the aforementioned|the above) (?=(?:[\p{L}-]{1,20} ){0,2}[\p{L}-]{2,20}s (?:of|in|with|for|faced|posed|caused|associated|from)\s[^,]{3,80},)/iu;

/** Where something else than a pointer would go with the opening. */
export const CARRIES_MEANING =
  /\b(?:not|no|never|without|unless|if|when|whenever|while|only|may|might|often|most|mostly|sometimes|usually|half|twice|than|instead of|rather than)\b|[%\d]/i;

const LINKING = `(?:thus|therefore|hence|then|also|additionally|furthermore|moreover|consequently|accordingly|subsequently|next|finally|lastly|here|instead|further(?! (?:improve|reduce|boost|enhance|increase|decrease|accelerate|lower|extend|strengthen|refine|fine-tune|train|optimi[sz]e|scale|push|pre-?train)))`;
/** “We study this question and propose X”: the first verb has no object of its own. */
export const POINTED_WORK =
  /^(we|i|this (?:paper|work|study)) (?:[a-z]+ly )?(?:study|studies|address(?:es)?|tackles?|formalizes?|investigates?|explores?|examines?|analyzes?|identif(?:y|ies)|revisits?|verif(?:y|ies)) (?:this|these) (?:[\p{L}-]{1,20} ){0,2}[\p{L}-]{1,20},? and (?:then |also )?(?=(?:propose|introduce|present|develop|design|build|release)s? )/iu;
/** “We thus propose”, “We, therefore, propose”. */
export const LINKED_SUBJECT = new RegExp(
  `^(we|i|this (?:paper|work|study|article)|the (?:authors|paper)),? ${LINKING},? (?=[a-z]+)`,
  FLAGS,
);
/** “We first propose”, unless something else comes second. */
export const FIRST_SUBJECT = /^(we|i|this (?:paper|work|study)) first(?:ly)?,? (?=[a-z]+)/i;
/** “Further analysis shows”. */
export const FURTHER_WORK =
  /^further (?=(?:[a-z-]{1,20} )?(?:analys[ei]s|experiments?|experimentation|studies|ablations?|evaluations?|results|investigations?|tests)\b)/i;
/** “Existing methods, however, struggle”. */
export const LINK_BEHIND_SUBJECT =
  /^((?:the|these|this|existing|current|most|many|such|prior|previous|recent|our|all|it|they)(?: (?!(?:and|or|is|are|was|has|have|can)\b)[\p{L}\p{N}-]{1,30}){0,5}), (?:however|therefore|thus|hence|moreover|furthermore|consequently|though|in turn), /iu;

/** The start of what cannot stand alone. */
export const FRAGMENT =
  /^(?:and|or|but|nor|which|who|whose|whom|such as|including|e\.g|i\.e|namely|is|are|was|were|has|have|had|be|been|being|to be|than|as well as|both of which|respectively|(?:second|third|fourth)(?:ly)?\b,?)(?![\p{L}-])/iu;
