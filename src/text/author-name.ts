/** Splits a printed name, "Anton van den Hengel", into the parts that citation formats need. */

/** The parts of a CSL name (https://docs.citationstyles.org/en/stable/specification.html#name-particles). */
export interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly suffix?: string;
  readonly 'non-dropping-particle'?: string;
  /** The whole name, for collaborations and single names. */
  readonly literal?: string;
}

/** Placeholder for the authors that a list omits. */
export const OTHERS = 'et al.';

export const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/;
const GROUP =
  /\b(?:collaborations?|consortium|consortia|teams?|groups?|labs?|laborator(?:y|ies)|projects?|initiative|institute|university|committee|foundation|association|society|network|community|contributors|research|workshop|alliance|collective|council|agency|task force|partnership|federation|organi[sz]ation|corporation)\b/i;
/** `Qingyao Ai` is a person. */
const COMPANY = / AI$/;
/** "Jane Doe for the ALICE Collaboration" is Jane Doe. */
const BEHALF = /,? [([]?(?:for|on behalf of|representing) (?:the )?[^,]*$/i;
/** Text in brackets is another spelling of the name or an affiliation. */
const ASIDE = / ?[(（][^()（）]*[)）]/g;
const PARTICLE = /^\p{Ll}[\p{Ll}'’]*$/u;
/**
 * Particles in any case: those of arXiv's own parser (https://github.com/arXiv/arxiv-base,
 * arxiv/util/authors.py), and Irish ones.
 */
const PREFIX = /^(?:van|der|de|la|von|del|della|da|mac|ter|dem|di|ó|ní|uí|nic)$/i;
/** Between two family names: "Ortega y Gasset". */
const LINK = /^[yei]$/;
/** Written without a space, or with a space after the family name. */
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・]+$/u;

/** “S. -H. Chan”, as arXiv writes “S.-H. Chan”. */
const APART = /\. -(?=\p{L})/gu;

export function withInitialsJoined(name: string): string {
  return name.replace(APART, '.-');
}

export function isGroup(name: string): boolean {
  const signer = name.replace(BEHALF, '');
  return GROUP.test(signer) || COMPANY.test(signer) || (signer !== name && !signer.includes(' '));
}

/**
 * @param parsedRecords the family name, if a source gave it. Otherwise it is the last word and the particles
 * before it, as on arXiv. That is wrong for most family names of two words (`Garcia Marquez`), which cannot
 * be detected.
 */
export function toCslName(name: string, parsedRecords?: string): CslName {
  if (isGroup(name)) return { literal: name };
  // Stored names can be from before spaces were left out.
  const bare = withInitialsJoined(name.replace(BEHALF, '').replace(ASIDE, '').trim());
  if (bare === '') return { literal: name.replace(/[()（）]/g, '').trim() };
  const words = bare.split(' ').filter((word) => word !== '');
  const last = words.at(-1)?.replace(/,$/, '') ?? '';
  const suffix = words.length > 2 && SUFFIX.test(last) ? last : undefined;
  if (suffix !== undefined) words.pop();
  const plain = words.join(' ').replace(/,$/, '');
  const [given, family] =
    parsedRecords !== undefined && plain.endsWith(` ${parsedRecords}`)
      ? [plain.slice(0, -parsedRecords.length - 1), parsedRecords]
      : splitName(plain);
  if (given === '') return { literal: family };
  return { ...toParts(given.split(' '), family.split(' ')), ...(suffix !== undefined && { suffix }) };
}

function splitName(name: string): readonly [given: string, family: string] {
  const words = name.split(' ');
  if (words.length > 1 && words.every((word) => EAST_ASIAN.test(word))) {
    return [words.slice(1).join(' '), words[0] ?? ''];
  }
  let start = words.length - 1;
  if (start > 2 && LINK.test(words[start - 1] ?? '')) start -= 2;
  while (start > 1 && isParticle(words[start - 1] ?? '')) start -= 1;
  return [words.slice(0, start).join(' '), words.slice(start).join(' ')];
}

export function isParticle(word: string): boolean {
  return PARTICLE.test(word) || PREFIX.test(word);
}

/** Moves lower-case particles to their own part, from whichever part the source put them in. */
function toParts(given: readonly string[], family: readonly string[]): CslName {
  const own = family.findIndex((word, at) => at === family.length - 1 || !PARTICLE.test(word));
  const first = given.findLastIndex((word, at) => at === 0 || !PARTICLE.test(word)) + 1;
  const particle = [...given.slice(first), ...family.slice(0, own)];
  return {
    family: family.slice(own).join(' '),
    given: given.slice(0, first).join(' '),
    ...(particle.length > 0 && { 'non-dropping-particle': particle.join(' ') }),
  };
}
