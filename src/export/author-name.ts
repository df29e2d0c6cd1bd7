/** A name as papers print it, "Anton van den Hengel", in the parts that citation formats ask for. */

/** The parts of a CSL name (https://docs.citationstyles.org/en/stable/specification.html#name-particles). */
export interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly suffix?: string;
  readonly 'non-dropping-particle'?: string;
  /** For collaborations and single names, which have no parts. */
  readonly literal?: string;
}

const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/;
const GROUP = /\b(?:collaboration|consortium|team|group|lab|labs|project|initiative)$/i;
const PARTICLE = /^\p{Ll}[\p{Ll}'’]*$/u;

/**
 * The last word is the family name, with the lowercase words before it as its particle. That is wrong for
 * families of two words (`Garcia Marquez`) and for names written family first, which nothing in the text tells.
 */
export function toCslName(name: string): CslName {
  if (GROUP.test(name)) return { literal: name };
  const words = name.split(' ').filter((word) => word !== '');
  const last = words.at(-1)?.replace(/,$/, '') ?? '';
  const suffix = words.length > 2 && SUFFIX.test(last) ? last : undefined;
  if (suffix !== undefined) words.pop();
  const family = words.pop()?.replace(/,$/, '');
  if (family === undefined || words.length === 0) return { literal: name };
  const firstParticle = words.findIndex(
    (word, at) => at > 0 && words.slice(at).every(isParticle) && isParticle(word),
  );
  const particle = firstParticle === -1 ? [] : words.splice(firstParticle);
  return {
    family,
    given: words.join(' '),
    ...(particle.length > 0 && { 'non-dropping-particle': particle.join(' ') }),
    ...(suffix !== undefined && { suffix }),
  };
}

function isParticle(word: string): boolean {
  return PARTICLE.test(word);
}
