/** Decides whether the first part of a sentence is grammatical on its own, by a list of verbs. */

const AUXILIARIES = wordSet(
  `is are am was were has have had can cannot could may might will would should must shall do does did became
  remained achieved outperformed showed`,
);
/** Verbs of abstracts. Their forms in “-s” count as well. */
const VERBS = wordSet(
  `accelerate accept accomplish allocate anchor apply assemble attribute centralize co-evolve curate decide design
  devise elicit equip estimate flow fine-tune group ground inform instantiate leave materialize navigate orchestrate parse
  pioneer pre-train prompt reframe rethink revise search simulate split sustain test unite verify visualize achieve act adapt add address admit adopt advance aggregate aim align allow analyze
  appear apply approach argue arise ask assess assign attain attend augment automate avoid balance become begin
  benefit boost bound bridge bring broaden build calibrate capture cast categorize change characterize close
  collapse collect combine come compare complement complete compress comprise compute conclude condition confirm
  consist constitute constrain construct contain contribute control converge convert coordinate correct correlate
  cover create decompose decouple define degrade deliver demand demonstrate depend deploy derive describe detect
  determine develop differ discuss disentangle distill drive drop eliminate embed emerge employ enable encode
  encourage enforce enhance ensure establish evaluate examine exceed execute exhibit exist expand explain exploit
  explore expose express extend extract facilitate fail fall fill filter find focus follow formalize formulate fuse
  generalize generate get give go govern guide handle help highlight hinder hold identify ignore illustrate imitate
  impose improve incorporate increase incur indicate induce infer inherit inject integrate interact introduce
  investigate involve keep lack lead learn leverage lie lift limit link localize maintain make map mask match merge
  mitigate model monitor need neglect observe obtain occur offer open operate optimize organize outline outpace
  outperform overcome overlook partition pave perceive perform permit persist plan point pose predict present
  preserve prevent prioritize process produce promote propagate propose prove provide prune quantify quantize raise
  rank reach reconstruct recover reduce refine reflect reformulate reframe regularize release rely remain remove
  render replace report represent require resolve restrict result retain retrieve reuse reveal revisit rival route
  run sample scale score seek seem segment select separate serve set shape share shift show showcase simplify solve
  span stabilize stand start steer stem store strengthen struggle study suffer suggest summarize support suppress top
  surpass sustain switch synthesize tackle tailor take target tell tend track train transfer transform translate
  treat trigger turn uncover underscore understand unify unlock update use utilize validate vary verify want weaken
  work yield`,
);
/** Those that are nouns, adjectives or participles as often: verbs only before what an object begins with. */
const NOUNS_TOO = wordSet(
  `act advance aim approach balance benefit boost bound bridge cast change close collapse complement complete
  compress condition control correct cover demand drive drop exploit express fall filter find focus guide handle
  help highlight hold lack lead lift limit link map mask match model need open partition plan point pose present
  process prune rank reach release render report result reuse rival route run sample scale score segment separate
  set shape share shift show span stand start steer stem store study support switch target track train transfer
  transform trigger turn update use work yield`,
);
const OBJECT_START =
  /^(?:a|an|the|this|these|those|their|its|our|it|them|how|whether|what|why|both|all|any|each|every|no|one|two|three|multiple|several|existing|new|more|only|up|over|well|poorly|state-of-the-art|significant|strong|substantial|better|competitive|superior|\d.*|\$.*)$/;
/** Of them, verbs before “that” or a preposition. */
const VERB_BEFORE_WORD =
  /^(?:(?:shows?|finds?) that|leads? to|focus(?:es)? on|benefits? from|stems? from|works? (?:with|for|on)|supports? (?:for|both)|helps? to|runs? (?:on|in|at))$/;
/** Words that open a clause with a verb of its own. */
const OPENS_CLAUSE =
  /^(?:that|which|who|whose|whom|where|whether|while|when|whenever|if|because|although|though|whereas|unless|how|why|what)$/;
const PRONOUN = /^(?:we|i|they|it|he|she|you|there)$/;
const ADVERB =
  /^(?:\p{L}+ly|also|then|thus|further|often|still|now|first|even|not|never|always|both|here|instead|therefore|better|jointly)$/u;
/** Behind these, a verb is an infinitive or a noun. */
const BEFORE_NO_VERB =
  /^(?:to|can|cannot|could|may|might|will|would|should|must|not|does|do|did|the|a|an|of|for|with|in|by|and\/or|this|these|our|their|its|help|helps)$/;
/** “that” behind these opens a statement, not a description. */
const BEFORE_STATEMENT =
  /^(?:(?:show|find|demonstrate|reveal|observe|suggest|argue|indicate|prove|hypothesize|confirm|ensure|note|claim|conclude|assume|believe|discover|establish|verify|illustrate|posit|propose|highlight|report|mean|imply|recogni[sz]e)(?:s|d|ed|ing)?|found|shown|proven|meaning|is|are|such|so|fact|hypothesis|evidence|assumption|finding|findings|observation|insight|conclusion|given|provided|ensuring|showing|and)$/;
/** A sentence does not end with these. */
const LEFT_OPEN =
  /^(?:a|an|the|of|in|on|for|with|by|to|from|at|as|and|or|but|that|which|who|whose|where|when|while|if|is|are|was|were|be|been|has|have|can|may|will|than|not|no|we|our|their|its|these|those|such|either|neither|between|into|via|through|using|including|namely|e\.g|i\.e|more|most|less|how|whether|so|then|thus|shows?|finds?|asks?|observes?|argues?|demonstrates?|proposes?|introduces?|presents?|reveals?|indicates?|suggests?|proves?|enables?|allows?|follows|following|built|designed|trained|used|aimed|intended|aiming|called|named|termed|dubbed)$/;
/** An earlier half of a pair, and what must follow it. */
const PAIRS: readonly (readonly [RegExp, RegExp])[] = [
  [/\bnot (?:only|just|merely|simply)\b/i, /\bbut\b|\balso\b/i],
  [/\beither\b/i, /\bor\b/i],
  [/\bneither\b/i, /\bnor\b/i],
  [/\bboth\b/i, /\band\b|\bboth (?:\p{L}+ )?\p{L}+s\b/iu],
  [/\bbetween\b/i, /\band\b|\bbetween (?:\p{L}+ ){0,3}\p{L}+s\b/iu],
  [/\bwhether\b/i, /\bor\b|\bwhether (?:[\p{L}-]+ ){3}/iu],
  [/\b(?:combin|coupl|pair)(?:es?|s|ing)\b/i, /\bwith\b|\band\b|s$/i],
  [/\b(?:more|less|rather|other|fewer) than\b/i, /than \S+/i],
  [/\bon (?:the )?one hand\b/i, /\bother\b/i],
];

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

/** True if the first part of a longer sentence can end here. Rather misses one than lets a fragment pass. */
export function isSentence(text: string): boolean {
  const words = text
    .replace(/\([^()]*\)/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^["'“‘([]+|["'”’)\].,;:!?]+$/g, '').toLowerCase())
    .filter((word) => word !== '');
  const [last = '', before = ''] = words.toReversed();
  if (LEFT_OPEN.test(last) || (/[^s]s$/.test(last) && /^(?:which|that|who|first|then)$/.test(before)))
    return false;
  return hasMainVerb(words) && PAIRS.every(isClosed(text));
}

function isClosed(text: string): (pair: readonly [RegExp, RegExp]) => boolean {
  return ([first, second]) => {
    const at = text.search(first);
    return at === -1 || second.test(text.slice(at));
  };
}

/** Each clause that is opened takes the next verb. A verb with no open clause is the main verb. */
function hasMainVerb(words: readonly string[]): boolean {
  let open = 0;
  let hasMain = false;
  words.forEach((_, at) => {
    if (opensClause(words, at)) open += 1;
    else if (isFiniteVerb(words, at)) {
      if (open > 0) open -= 1;
      else hasMain = true;
    }
  });
  return hasMain && open === 0;
}

/** “that of”, “when scaling” and “how to” open no clause. */
function opensClause(words: readonly string[], at: number): boolean {
  const [before, word = '', next = ''] = [words[at - 1] ?? '', words[at], words[at + 1]];
  if (!OPENS_CLAUSE.test(word) || next === 'to') return false;
  if (word === 'that') return next !== 'of' && next !== 'in' && !/^(?:like|than|to|as)$/.test(before);
  const isBare =
    /ing$|ed$|^(?:possible|necessary|available|applicable|only|then|needed|still|not|\d.*)$/.test(next);
  return !(isBare && at > 0 && /^(?:when|while|if|although|though|where|unless|whenever)$/.test(word));
}

function isFiniteVerb(words: readonly string[], at: number): boolean {
  const [before = '', word = '', next = ''] = [words[at - 1], words[at], words[at + 1]];
  const subject = ADVERB.test(before) ? (words[at - 2] ?? '') : before;
  if (PRONOUN.test(subject) && !ADVERB.test(word)) return /^\p{L}/u.test(word) && !PRONOUN.test(word);
  if (AUXILIARIES.has(word)) return !AUXILIARIES.has(subject);
  if (/^(?:paper|work|study|survey|report|article|thesis)$/.test(subject) && /[^s]s$/.test(word)) return true;
  const noun = words[at - (subject === before ? 2 : 3)] ?? '';
  if (isRelativeVerb(subject, noun, word, next)) return true;
  const verb = verbOf(word);
  if (verb === undefined || BEFORE_NO_VERB.test(before) || BEFORE_NO_VERB.test(subject)) return false;
  // “to detect and correct”
  if (verb === word && /^(?:and|or)$/.test(subject)) return false;
  if (!NOUNS_TOO.has(verb)) return at > 0;
  return at > 0 && (OBJECT_START.test(next) || VERB_BEFORE_WORD.test(`${word} ${next}`));
}

/** A word in “-s” is a verb in “which mines” and “a method that mines”, but not in “show that miners are”. */
function isRelativeVerb(subject: string, noun: string, word: string, next: string): boolean {
  if (!/[^su]s$/.test(word)) return false;
  if (/^(?:which|who)$/.test(subject)) return true;
  return subject === 'that' && !BEFORE_STATEMENT.test(noun) && !AUXILIARIES.has(next);
}

/** The verb in the base form: `relies` gives `rely`. */
function verbOf(word: string): string | undefined {
  return [word, word.replace(/s$/, ''), word.replace(/es$/, ''), word.replace(/ies$/, 'y')].find((form) =>
    VERBS.has(form),
  );
}
