/**
 * Expands commands of packages whose arguments are a language of their own: units and numbers (siunitx),
 * chemical formulas (mhchem) and literal text (`\verb`). The result is simpler LaTeX. Linear.
 */

const MAY_OCCUR = /\\(?:SI|si|qty|unit|num|ang|ce|verb|lstinline)/;
/** A group with groups in it. Units and formulas are short. */
const GROUP = String.raw`\{((?:[^{}]|\{[^{}]{0,60}\}){0,200})\}`;
const OPTION = String.raw`\s?(?:\[[^[\]]{0,100}\]\s?)?`;
/** `\SI{3}[\$]{\per\kilo\gram}` */
const BETWEEN = String.raw`\s?(?:\[[^[\]]{0,20}\]\s?)?`;
const UNITS = new RegExp(String.raw`\\(?:si|unit)${OPTION}${GROUP}`, 'g');
const QUANTITY = new RegExp(String.raw`\\(?:SI|qty)(list)?${OPTION}${GROUP}${BETWEEN}${GROUP}`, 'g');
const QUANTITIES = new RegExp(
  String.raw`\\(?:SI|qty)range${OPTION}${GROUP}\s?${GROUP}${BETWEEN}${GROUP}`,
  'g',
);
const NUMBER = new RegExp(String.raw`\\num(list|product)?${OPTION}${GROUP}`, 'g');
const NUMBERS = new RegExp(String.raw`\\numrange${OPTION}${GROUP}\s?${GROUP}`, 'g');
const ANGLE = new RegExp(String.raw`\\ang${OPTION}${GROUP}`, 'g');
const CHEMICAL = new RegExp(String.raw`\\ce\s?${GROUP}`, 'g');
const LITERAL = /\\(?:verb\*?|lstinline(?:\[[^[\]]{0,100}\])?)([^\sA-Za-z*{[])([^\n]{0,200}?)\1/g;

const PREFIXES = wordPairs(
  'quecto q ronto r yocto y zepto z atto a femto f pico p nano n micro μ mu μ milli m centi c deci d deca da hecto h kilo k mega M giga G tera T peta P exa E zetta Z yotta Y kibi Ki mebi Mi gibi Gi tebi Ti',
);
const NAMED_UNITS = wordPairs(
  'meter m metre m gram g kilogram kg second s ampere A kelvin K mole mol candela cd hertz Hz newton N pascal Pa joule J watt W coulomb C volt V farad F ohm Ω siemens S weber Wb tesla T henry H degreeCelsius °C celsius °C lumen lm lux lx becquerel Bq gray Gy sievert Sv minute min hour h day d degree ° arcminute ′ arcsecond ″ litre L liter L tonne t electronvolt eV dalton Da bar bar angstrom Å percent % byte B decibel dB bel B neper Np astronomicalunit au parsec pc barn b hectare ha radian rad steradian sr knot kn um μm us μs uL μL ul μl uA μA uW μW ug μg uV μV uF μF umol μmol molar M',
);
const POWERS = new Map([
  ['squared', '^{2}'],
  ['cubed', '^{3}'],
]);
const POWERS_BEFORE = new Map([
  ['square', '^{2}'],
  ['cubic', '^{3}'],
]);
const UNIT_TOKEN = /\\(?:tothe|raiseto)\s?\{([^{}]{1,10})\}|\\([A-Za-z]+)\s?|[^$]/g;
/** Written without a space before them. */
const ATTACHED = /^[°′″%](?!C)/;

export function expandUnits(text: string): string {
  if (!text.includes('\\') || !MAY_OCCUR.test(text)) return text;
  return text
    .replace(LITERAL, (_, __, inside: string) => literally(inside))
    .replace(CHEMICAL, (_, inside: string) => chemical(inside))
    .replace(QUANTITY, (_, list: string | undefined, value: string, unit: string) =>
      quantity(list ? listOf(value) : numberOf(value), unit),
    )
    .replace(QUANTITIES, (_, from: string, to: string, unit: string) => quantity(rangeOf(from, to), unit))
    .replace(UNITS, (_, inside: string) => unitOf(inside))
    .replace(NUMBER, (_, kind: string | undefined, value: string) =>
      kind === 'list' ? listOf(value) : numberOf(value),
    )
    .replace(NUMBERS, (_, from: string, to: string) => rangeOf(from, to))
    .replace(ANGLE, (_, angle: string) => angleOf(angle));
}

/** The same characters for a reader of LaTeX. */
function literally(text: string): string {
  return text
    .replace(/[\\{}$%&#_^~]/g, (sign) => ESCAPES[sign] ?? `\\${sign}`)
    .replace(/-(?=-)|'(?=')|`(?=`)/g, '$&{}');
}
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
};

function quantity(value: string, units: string): string {
  const unit = unitOf(units);
  return value === '' || unit === '' || ATTACHED.test(unit) ? `${value}${unit}` : `${value} ${unit}`;
}

function listOf(numbers: string): string {
  return numbers.split(';').map(numberOf).join(', ');
}

function rangeOf(from: string, to: string): string {
  return `${numberOf(from)}–${numberOf(to)}`;
}

/** `1.2e-3`, `3 +- 0.1`, `2 x 3` */
function numberOf(text: string): string {
  return text
    .replace(/\s*(?:\+-|\\pm(?![A-Za-z]))\s*/g, ' ± ')
    .replace(/(?<=\d)\s*[eE]([+-]?\d{1,6})/g, ' × 10^{$1}')
    .replace(/^\s*e([+-]?\d{1,6})/i, '10^{$1}')
    .replace(/(?<=\d)\s*x\s*(?=\d)/g, ' × ')
    .replace(/\^\{\+/g, '^{')
    .trim();
}

/** Degrees, minutes and seconds: `1;2;3`. */
function angleOf(text: string): string {
  return text
    .split(';')
    .map((part, at) => (part === '' ? '' : part + ('°′″'[at] ?? '')))
    .join('');
}

/** `\kilo\meter\per\second\squared` becomes `km/s^{2}`. */
function unitOf(text: string): string {
  let written = '';
  let mark = '';
  let power = '';
  const typed = text.replace(/\^(-?\d)/g, '^{$1}');
  for (const [token, given, name = ''] of typed.matchAll(UNIT_TOKEN)) {
    if (name === 'per') mark = '/';
    else if (POWERS_BEFORE.has(name)) power = POWERS_BEFORE.get(name) ?? '';
    else if (given !== undefined && token.startsWith('\\raiseto')) power = `^{${given}}`;
    else if (given !== undefined) written += `^{${given}}`;
    else if (POWERS.has(name)) written += POWERS.get(name);
    else if (PREFIXES.has(name)) {
      written += mark === '' ? between(written) : mark;
      written += PREFIXES.get(name);
      mark = 'joined';
    } else if (name !== '') {
      const joint = mark === 'joined' ? '' : mark === '' ? between(written) : mark;
      written += `${joint}${NAMED_UNITS.get(name) ?? name}${power}`;
      [mark, power] = ['', ''];
    } else written += token === '.' || token === '~' ? ' ' : token;
  }
  return written.trim();
}

function between(written: string): string {
  return written === '' || /[\s/]$/.test(written) ? '' : ' ';
}

/** `H2O`, `SO4^2-`, `Na+`, `A -> B` */
function chemical(text: string): string {
  return text
    .replace(/<=>|<->/g, '⇌')
    .replace(/->/g, '→')
    .replace(/<-/g, '←')
    .replace(/(?<=[A-Za-z)\]}])(\d{1,4})(?![\d.])/g, '_{$1}')
    .replace(/\^(\d{0,3}[+-])/g, '^{$1}')
    .replace(/(?<=[A-Za-z)\]}])([+-])(?=$|[\s)\]])/g, '^{$1}')
    .replace(/(?<=[\w}])\s?\*\s?(?=\w)/g, '·');
}

function wordPairs(text: string): ReadonlyMap<string, string> {
  const words = text.split(' ');
  return new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ''] as const] : [])));
}
