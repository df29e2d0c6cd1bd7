/**
 * Tells sentences that state something from those that announce a study, name a gap or describe a procedure.
 * The weights are set by hand; `npm run bench -- --only ask.pubmedqa` measures them.
 */
import { PROPOSES } from '../summary/cues.ts';
import type { Section } from '../text/sentences/sections.ts';
import type { Sentence } from '../text/sentences/sentences.ts';

/** Verbs for what a study sets out to do, without their endings. */
const STUDIES =
  '(?:examin|investigat|explor|assess|evaluat|compar|test|stud|determin|address|analy[sz])(?:es|e|ed|s|y|ies|ied)?';

/** "The purpose was to determine whether": what the authors wanted to know. */
const ANNOUNCES_STUDY = new RegExp(
  [
    // “To find out whether it helps.”, but not “To find out, we asked 40 people.”
    String.raw`^to (?!our\b|the best\b|date\b|conclude\b|summari[sz]e\b)(?![^.]*, (?:we|the authors|this|our)\b)[a-z]`,
    String.raw`\b(?:aim|purpose|objective|goal|intention)s?\b[^.]{0,80}\b(?:is|are|was|were)\b`,
    String.raw`\b(?:study|trial|review|analysis|paper|survey|project|work) (?:was (?:designed|undertaken|conducted|performed|carried out|initiated|planned)|aim(?:s|ed)|sought|seeks|${STUDIES}\b)`,
    String.raw`\b(?:we|i|authors) (?:\w+ly |also |then |have )?(?:aim(?:ed)? to|sought|set out|want(?:ed)? to|wished|ask(?:ed)? (?:whether|if|how|what)|${STUDIES})\b`,
    String.raw`\bhypothes(?:[ie]s|i[sz]ed?)\b`,
  ].join('|'),
  'i',
);

/** The same in words that leave the answer open, unlike “We tested it on C4”. */
const WONDERS =
  /\bwhether\b|\b(?:examin|investigat|explor|ask|stud)(?:es|e|ed|s|y|ies|ied)? (?:if|how|what|why|which)\b|\b(?:aim(?:s|ed)?|purpose|objectives?|goals?|hypothes(?:[ie]s|i[sz]ed?)|sought|set out)\b/i;

/** "Little is known": the gap that the study is to fill. */
const NAMES_GAP =
  /\?$|\b(?:little|not much|nothing|less) (?:is|was|has been) (?:known|understood)\b|\b(?:is|are|remains?|been|was) (?:\w+ly |still |not )?(?:unclear|unknown|uncertain|controversial|debated|contentious|disputed|unresolved|questioned|poorly understood|(?:well |fully )?(?:known|understood))\b|\b(?:controversy|few studies|no stud(?:y|ies)|lack of (?:data|evidence|studies))\b/i;

/** Procedures, which the field reports in the passive of the past. */
const DESCRIBES_PROCEDURE =
  /\b(?:was|were) (?:\w+ly |then |also )?(?:randomi[sz]ed|enrolled|included|excluded|recruited|measured|assessed|collected|divided|performed|obtained|reviewed|evaluated|analy[sz]ed|compared|treated|used|asked|invited|identified|selected|studied|calculated|recorded|assigned|examined|conducted|carried out|administered|tested|determined|interviewed|estimated|retrieved|searched|given|taken|investigated|undertaken|applied|extracted|surveyed|sent|questioned)\b|\b(?:questionnaires?|multivaria\w+|regression|retrospectively|prospectively|consecutive patients)\b/i;

/** "These results suggest that": the words of a conclusion. */
const CONCLUDES =
  /\bconclu(?:de|ded|sion|sions)\b|\b(?:results?|data|findings?|study|observations?|analysis|evidence|experience|experiments?|we|trial|review|series)\b[^.]{0,60}\b(?:suggest|indicate|show|demonstrate|support|confirm|imply|implies|reveal|highlight|underline|emphasi[sz]e|prove|provide|establish|recommend|believe|found)(?:s|d|ed|n)?\b/i;

/** A measured outcome, even beside an announcement: “We evaluate it on C4, where it outperforms …”. */
const MEASURES = /\b(?:outperform|achiev|yield)|\d ?%/i;

/** Claims and advice: present tense and modal verbs. */
const JUDGES =
  /\b(?:should|may|might|can|cannot|could|must|seems?|appears?|recommend\w*|is|are|does|do|has|have)\b/i;

/** An effect, a relation or a comparison, or its absence. */
const COMPARES =
  /\b(?:associated|association|correlat\w+|related|relationship|predict\w*|effective\w*|significant\w*|improv\w+|increas\w+|decreas\w+|reduc\w+|affect\w*|influenc\w+|risk|benefi\w+|safe|useful|superior|inferior|better|worse|higher|lower|greater|no (?:\w+ )?(?:difference|effect|evidence|benefit)|not|role|outperform\w*|impact\w*)\b/i;

/** Work to come, with which many abstracts close. */
const NAMES_FUTURE =
  /\b(?:further|future|additional|more|larger|continued|prospective) (?:\w+ ){0,2}(?:stud(?:y|ies)|research|work|trials?|investigations?|data|analys[ie]s|evaluation)\b|\bwarrant\w*\b/i;

/** "This could be …": another sentence names the subject. */
const POINTS_BACK =
  /^(?:however, |therefore, |thus, |hence, )?(?:it|they|this|these|that|those|such)\b(?! (?:\w+ )?(?:study|studies|results?|data|findings?|paper|work|trial|review|analysis|series|report|experiments?|observations?))/i;

/** The authors' own labels tell more than any cue. */
const SECTION: Readonly<Record<Section, number>> = {
  background: -1,
  objective: -1.5,
  methods: -1,
  results: 0.3,
  conclusions: 1.5,
  other: -1.5,
};
const CUES: readonly (readonly [cue: RegExp, weight: number])[] = [
  [CONCLUDES, 0.5],
  [JUDGES, 0.4],
  [COMPARES, 0.2],
  [ANNOUNCES_STUDY, -0.8],
  [NAMES_GAP, -0.5],
  [PROPOSES, -0.5],
  [NAMES_FUTURE, -0.5],
  [DESCRIBES_PROCEDURE, -0.5],
  [POINTS_BACK, -0.3],
  // Numbers are details of the findings that a conclusion sums up.
  [/\d/, -0.3],
];
/** Weight of the end of the abstract, which has the conclusion. */
const END = 1.3;
/** Share of an abstract after which all sentences count as its end. */
const END_FROM = 0.85;

/** True if the sentence says only what the authors want to know, or what nobody knows yet. */
export function onlyAnnounces(sentence: string): boolean {
  return (ANNOUNCES_STUDY.test(sentence) || NAMES_GAP.test(sentence)) && !tells(sentence);
}

/** True if the sentence asks: it answers neither whether something is so nor why, and little else. */
export function leavesOpen(sentence: string): boolean {
  return (WONDERS.test(sentence) || NAMES_GAP.test(sentence)) && !tells(sentence);
}

function tells(sentence: string): boolean {
  return CONCLUDES.test(sentence) || MEASURES.test(sentence);
}

/**
 * Scores how clearly a sentence states a conclusion; comparable only within one abstract.
 * @param place from 0, the first sentence, to 1, the last
 */
export function conclusiveness({ text, section }: Sentence, place: number): number {
  const told = section === undefined ? 0 : SECTION[section];
  const cues = CUES.reduce((total, [cue, weight]) => total + (cue.test(text) ? weight : 0), 0);
  return told + cues + END * Math.min(1, place / END_FROM);
}
