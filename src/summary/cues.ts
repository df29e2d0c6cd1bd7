/** Phrases that show the purpose of a sentence in an abstract. Run the benchmark after any change. */

const ADVERBS = String.raw`(?:\w+ly |also |then |here |thus |therefore |further |first |instead |now |next |hereby )?`;

/** "We propose": mostly the sentence with the main contribution. */
export const ANNOUNCES = new RegExp(
  String.raw`\b(?:we|i|authors?|(?:this|the|our) (?:present )?(?:paper|work|article|study|survey|report|thesis|letter|manuscript|note)) ${ADVERBS}(?:propos|introduc|present|develop|describ|design|devis|construct|formulat|creat|build|built|explor|stud(?:y|ies)|investigat|examin|analy[sz]|address|tackl|consider|offer|provid|suggest|extend|explain|review|survey|report|announc|releas|contribut|establish|aim|focus|revisit|deriv|formali[sz]|unif)(?:\w*)\b|\b(?:is|are) (?:proposed|presented|introduced|developed)\b`,
  'i',
);

/** The strongest of these phrases. */
export const PROPOSES = new RegExp(
  String.raw`\b(?:we|(?:this|the) (?:paper|work|article|study)) ${ADVERBS}(?:propose|introduce|present|develop|describe|design|devise)s?\b`,
  'i',
);

/** "In this paper": the turn from the background to the authors' own work. */
export const TURNS =
  /\b(?:in|with|through) (?:this|the present|our) (?:paper|work|article|study|survey|report|letter|note)\b|^here,? we\b|^to (?:this end|address|overcome|tackle|solve|alleviate|mitigate|remedy|bridge|fill)\b|\bthis (?:paper|work|article|study)\b/i;

/** "We show that": a finding. */
export const FINDS = new RegExp(
  String.raw`\b(?:we|i|(?:this|the|our) (?:paper|work|article|study|results?|experiments?|evaluations?|analysis|findings?)|results?|experiments?|evaluations?) ${ADVERBS}(?:show|demonstrat|find|found|prov|observ|argu|reveal|discover|establish|confirm|verif|indicat|suggest|conclud|illustrat|identif)\w*\b`,
  'i',
);

/** Results: measurements, comparisons, improvements. */
export const RESULTS =
  /\boutperform\w*|\bstate[- ]of[- ]the[- ]art\b|\bexperiments?\b|\bexperimental(?:ly)?\b|\bempirical(?:ly)?\b|\bevaluat\w+|\bachiev\w+|\bsurpass\w*|\bimprov\w+ (?:by|over|upon|on)\b|\bresults?\b|\bcompetitive\b|\bsuperior\b|\d(?:\.\d+)? ?(?:%|\\%|percent\b|times\b|x\b|×)|\bbenchmarks?\b/i;

/** Opens with a contrast to the previous sentence or to earlier work. */
export const CONTRASTS =
  /^(?:however|yet|but|despite|although|though|unfortunately|nevertheless|while|existing|current|previous|prior|traditional|conventional)\b/i;

/** Problems and gaps of earlier work. */
export const PROBLEMS =
  /\b(?:challeng\w+|difficult\w*|limit(?:ed|s|ations?|ing)?|suffer\w*|fails?|failing|lacks?|bottleneck|expensive|costly|drawbacks?|shortcomings?|open (?:problem|question)|poorly|struggl\w+|hinder\w*|remains?|prohibitive\w*|problem|unclear|little (?:is known|attention)|neglect\w*|overlook\w*|vulnerab\w+|hard to|cannot|not well)\b/i;

/** The method. */
export const APPROACHES =
  /\bour (?:\w+ ){0,3}(?:method|approach|model|framework|algorithm|architecture|system|technique|network|pipeline|agent|formulation|key idea|main idea|idea)\b|\bthe proposed\b|^(?:specifically|in particular|concretely|more specifically|more precisely|to this end|the key idea|the main idea|to achieve this|to do so|by|instead|unlike)\b|\b(?:consists? of|is based on|leverag\w+|we (?:use|employ|apply|train|utili[sz]e|adopt|combine|incorporate|leverage|build|optimi[sz]e|learn|formulate|model|exploit|integrate|decompose|achieve this|accomplish))\b/i;

/** The state of the field. */
export const BACKGROUND =
  /^for (?:example|instance)\b|\b(?:recent(?:ly)?|in recent years|has been|have been|has become|have become|widely|commonly|typically|popular|are often|is often|growing|increasing(?:ly)?|traditionally|success(?:es)? of|many|most)\b/i;

/** Availability of code and data, which belongs on the card's buttons and not in a summary. */
export const AVAILABILITY =
  /https?:\/\/|\bwww\.|\bgithub\b|\b(?:code|data|datasets?|models?|weights|checkpoints|videos?|demo|implementation|materials?|project page)\b[^.]{0,60}\b(?:is|are|will be|can be|has been|have been)\b[^.]{0,30}\b(?:available|released|open[- ]sourced?|found|accessed|public)\b/i;

/** The authors themselves. */
export const OURS = /\b(?:we|our)\b/i;

/** The authors as the subject. */
export const WE_FIRST = /^(?:\w+, )?(?:we|our)\b/i;

/** A subject that an earlier sentence names. */
export const POINTS_BACK = /^(?:it|this|these|they|such)\b/i;

export const NOVEL = /\b(?:novel|new)\b/i;

/** The name of the authors' method. */
export const NAMES = /\b(?:called|named|dubbed|termed|coined|namely)\b|\([A-Z]\w*[A-Z]\w*\)/;

/** An acronym or a name with capitals inside. */
export const ACRONYMS = /\b[A-Z][A-Za-z]*[A-Z]\w*\b/;

/** The means of a method. */
export const MEANS = /\b(?:using|based on|via|through|by \w+ing|leverag\w+|exploit\w+)\b/i;

/** “The key idea is”. */
export const KEY_IDEAS = /\b(?:key|core|main) (?:idea|insight|observation|contribution)/i;

/** A comparison. */
export const COMPARISONS = /\b(?:than|compared|over|outperform\w*)\b/i;

/** A contrast anywhere in the sentence. */
export const TURNS_AGAINST = /\b(?:however|but|yet|although|though|while)\b/i;

/** Figures of a result: `12%`, `3x`. */
export const FIGURES = /\d ?\\?%|\d(?:\.\d+)?x\b/;

/** `is computed`, `were trained`. */
export const PASSIVE = /\b(?:is|are|was|were) \w+ed\b/;

/** A sentence that adds to the one before. */
export const CONTINUES =
  /^(?:additionally|furthermore|moreover|in addition|besides|finally|lastly|also|conversely|meanwhile|similarly|then|next|more importantly|notably)\b|^(?:we|it|our \w+) (?:also|further|additionally)\b/i;
