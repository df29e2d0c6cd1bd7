/** Finds the sections of a structured abstract (“Background: …”, “METHODS. …”) by their labels. */

export const SECTIONS = ['background', 'objective', 'methods', 'results', 'conclusions', 'other'] as const;
export type Section = (typeof SECTIONS)[number];

interface Named {
  readonly section: Section;
  readonly isTelling: boolean;
}

/** Labels that alone show that an abstract is structured. */
const TELLING: Readonly<Record<Section, readonly string[]>> = {
  background: words('background context motivation introduction importance rationale state_of_the_art'),
  objective: words('objective objectives aim aims purpose research_question'),
  methods: words(
    `method methods methodology materials_and_methods material_and_methods methods_and_materials
    patients_and_methods study_design proposed_method`,
  ),
  results: words('result results finding findings key_findings main_results main_outcomes_and_measures'),
  conclusions: words('conclusion conclusions discussion interpretation'),
  other: words('keywords key_words index_terms trial_registration'),
};
/** Words that count as labels only together with others. */
const USUAL: Readonly<Record<Section, readonly string[]>> = {
  background: words(
    'problem problem_statement problem_definition challenge challenges unmet_need need theory',
  ),
  objective: words('goal goals hypothesis question questions research_questions study_objective task'),
  methods: words(
    `approach approaches our_approach proposed_approach technical_approach
    experimental_approach design research_design
    experimental_design research_methods methodologies subjects_and_methods participants_and_methods
    data_and_methods setting settings participants patients subjects sample data dataset datasets data_sources
    study_selection data_extraction study_population intervention interventions exposure exposures procedure
    procedures technique implementation solution analysis statistical_analysis experiment experiments`,
  ),
  results: words(
    `main_findings key_results experimental_results outcome outcomes main_outcome main_outcomes
    main_outcome_measures measures observations evaluation performance results_and_discussion`,
  ),
  conclusions: words(
    `implication implications significance impact clinical_impact relevance clinical_relevance contribution
    contributions novelty originality value practical_implications managerial_implications
    concluding_remarks advances_in_knowledge summary lessons_learned recommendations outlook`,
  ),
  other: words(
    `registration funding limitations availability availability_and_implementation code_availability
    data_availability contact supplementary_information ethics future_work`,
  ),
};

const NAMES: ReadonlyMap<string, Named> = new Map(
  SECTIONS.flatMap((section) => [
    ...USUAL[section].map((name): [string, Named] => [name, { section, isTelling: false }]),
    ...TELLING[section].map((name): [string, Named] => [name, { section, isTelling: true }]),
  ]),
);

/** Few sentences begin with the first word of a name, and none of the others is labelled. */
const FIRST_WORD = new RegExp(
  `^(?:${[...new Set(Array.from(NAMES.keys(), (name) => name.split(' ', 1)))].join('|')})`,
);

export interface Label {
  /** Absent when a label names sections of several kinds: “Methods and Results”. */
  readonly section?: Section;
  readonly isTelling: boolean;
  /** True when only the next capital letter ends it: “Results Errors fell”. */
  readonly isBare: boolean;
  /** The sentence after the label; empty when there is none. */
  readonly rest: string;
}

/** Maximum characters of a label with its markup. */
const LONGEST = 90;
/** `1. `, `(ii) `, `b) `: the number of a part. */
export const NUMBERED_PART = String.raw`\(?(?:\d{1,2}[.)]|(?:[ivx]{1,4}|[a-h])\)) ?`;
/** Signs before the entries of a list. */
export const BULLETS = '[•■▪●◆►▶–—-]{1,3} ?';
/** A number, a bullet, a bracket, and the start of bold text or a heading. */
const LEADING = new RegExp(
  String.raw`^(?:${NUMBERED_PART}|${BULLETS}|#{1,4} |[*_[(【"“]|\\[a-z]{2,12}\{|\{\\[a-z]{2,12} |<[a-z]{1,6}>){1,4}`,
  'i',
);
const CLOSING = /^(?:[\])}*_ ]|<\/[a-z]+>)+/i;
const MARKS = /<\/?[a-z]+>|[\])}*_[({】>"”]/gi;
const ENDED =
  /^([A-Z][A-Za-z ,&/)\]}*_<>"”]{2,70}?|[a-z][a-z ]{2,30}(?=:))(?:[:：】]| ?— ?| (?:[–—-]{1,2}|[|·→]) |\.(?=[\])}*_ ]{0,3}$|<\/|[*_]{1,2} ))/;
/** Maximum words of a label. */
const MOST_WORDS = 6;

const TELLING_NAMES = SECTIONS.flatMap((section) => TELLING[section]).join('|');
/** Labels in the middle of a line, without a full stop before them. */
const INLINE = new RegExp(
  String.raw`(?<=^|\S )(?:${NUMBERED_PART})?(?:${BULLETS})?(?:\*{1,2}|\[)?(?:(?:${TELLING_NAMES})(?:, | and | & |\/)){0,2}(?:${TELLING_NAMES})[\]* ]{0,3}: `,
  'gi',
);
/** Minimum count of inline labels, because “the results: 12% and 13%” is a sentence. */
const FEWEST_INLINE = 3;

/** Splits an abstract at its inline labels; without such labels, returns it as one part. */
export function splitAtLabels(text: string): string[] {
  if (!text.includes(': ')) return [text];
  const starts = [...new Set([0, ...Array.from(text.matchAll(INLINE), ({ index }) => index)])];
  if (starts.length < FEWEST_INLINE) return [text];
  return starts.map((start, at) => {
    const part = text.slice(start, starts[at + 1]);
    return at + 1 < starts.length ? part.replace(/[;,] $/, ' ') : part;
  });
}

/** Reads the label at the start of a sentence. */
export function readLabel(sentence: string): Label | undefined {
  const lead = LEADING.exec(sentence.slice(0, LONGEST))?.[0].length ?? 0;
  const head = sentence.slice(lead, lead + LONGEST);
  if (!FIRST_WORD.test(head.replace(MARKS, '').toLowerCase().trim())) return undefined;
  const ended = ENDED.exec(head);
  const named = ended && sectionNamed(ended[1] ?? '');
  if (!ended || !named) return bareLabel(sentence, head);
  const rest = sentence.slice(lead + ended[0].length).replace(CLOSING, '');
  return { ...named, isBare: false, rest: capitalised(rest) };
}

/** Finds the longest label that is followed by a sentence: “Main Outcomes and Measures Errors …”. */
function bareLabel(sentence: string, head: string): Label | undefined {
  const all = head.split(' ');
  for (let count = Math.min(MOST_WORDS, all.length - 1); count > 0; count--) {
    if (!/^[A-Z]/.test(head) || !/^[A-Z\d(]/.test(all[count] ?? '')) continue;
    const label = all.slice(0, count).join(' ');
    const named = sectionNamed(label);
    if (named)
      return { ...named, isBare: true, rest: sentence.slice(sentence.indexOf(label) + label.length + 1) };
  }
  return undefined;
}

function sectionNamed(label: string): Pick<Label, 'section' | 'isTelling'> | undefined {
  const name = label
    .replace(MARKS, '')
    .toLowerCase()
    .replace(/ ?[&/] ?/g, ' and ')
    .trim();
  const whole = NAMES.get(name);
  if (whole) return whole;
  const parts = name.split(/,? and |, /).map((part) => NAMES.get(part));
  const named = parts.filter((part) => part !== undefined);
  if (named.length < parts.length) return undefined;
  const section = common(named.map((part) => part.section));
  return { ...(section && { section }), isTelling: named.some(({ isTelling }) => isTelling) };
}

/** “Background and Objective” counts as one section, “Methods and Results” as two. */
function common(named: readonly Section[]): Section | undefined {
  const telling = named.filter((section) => section !== 'other');
  const sections = telling.length > 0 ? telling : named;
  const [first, ...others] = [...new Set(sections)];
  if (others.length === 0) return first;
  const kinds = [
    ['background', 'objective'],
    ['results', 'conclusions'],
  ] as const;
  return kinds.find((kind) => sections.every((section) => kind.some((each) => each === section)))?.[0];
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function words(names: string): string[] {
  return names.split(/\s+/).map((name) => name.replaceAll('_', ' '));
}
