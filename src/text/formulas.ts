/** Finds LaTeX formulas in titles and abstracts, and tells them apart from prices in dollars. */

/** Half-open ranges: `from` to `to` includes the delimiters, `start` to `end` is the formula. */
export interface FormulaRange {
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly to: number;
}

/** Characters. Formulas in titles and abstracts are shorter. */
const LONGEST = 1_000;
/** Characters. Limit for a formula that contains several words. */
const LONGEST_WORDS = 60;
const DELIMITER =
  /\\(?:begin|end)\{(?:equation|align|gather|eqnarray|math|displaymath|multline)\*?\}|\\.|\$\$?/gs;
const HAS_TEX = /[\\^_{]/;
/** Three consecutive words outside of `\text{…}`. */
const PROSE = /(?<![\\{A-Za-z])[A-Za-z]{3,}(?= [A-Za-z]{2,} [A-Za-z]{2,} )/;

/** Returns formulas in order, not nested. Linear: each part between two delimiters is checked once. */
export function findFormulas(text: string): FormulaRange[] {
  const found: FormulaRange[] = [];
  let open: { readonly sign: string; readonly at: number; readonly after: number } | undefined;
  for (const { 0: sign, index: at } of text.matchAll(DELIMITER)) {
    const after = at + sign.length;
    const kind = kindOf(sign);
    if (kind === undefined) continue;
    const closes = open !== undefined && kind !== 'opens' && isPair(open.sign, sign);
    if (open && closes && isFormula(text, open, at, after)) {
      found.push({ from: open.at, start: open.after, end: at, to: after });
      open = undefined;
    } else if (open?.sign === '$' && sign === '$$' && isFormula(text, open, at, at + 1)) {
      // The end of one formula and the start of the next: `$a$$b$`.
      found.push({ from: open.at, start: open.after, end: at, to: at + 1 });
      open = { sign: '$', at: at + 1, after };
    } else if (kind !== 'closes') open = { sign, at, after };
  }
  return found;
}

function kindOf(sign: string): 'opens' | 'closes' | 'either' | undefined {
  if (sign[0] === '$') return 'either';
  if (sign === '\\(' || sign === '\\[' || sign.startsWith('\\begin')) return 'opens';
  return sign === '\\)' || sign === '\\]' || sign.startsWith('\\end') ? 'closes' : undefined;
}

function isPair(open: string, close: string): boolean {
  if (open[0] === '$') return open === close;
  return close === { '\\(': '\\)', '\\[': '\\]' }[open] || close === open.replace('\\begin', '\\end');
}

/**
 * Pandoc's rule, unless a command shows that it is a formula: no space inside the dollars, no digit after the
 * second.
 */
function isFormula(
  text: string,
  open: { readonly sign: string; readonly after: number },
  end: number,
  after: number,
): boolean {
  if (end - open.after > LONGEST) return false;
  const inside = text.slice(open.after, end);
  if (inside.trim() === '') return false;
  if (open.sign !== '$') return true;
  const beginsAsPrice = /^\d/.test(inside);
  const endsInBlank = inside.endsWith(' ');
  const isTight = !inside.startsWith(' ') && !endsInBlank;
  if (PROSE.test(inside) && (!isTight || beginsAsPrice || inside.length > LONGEST_WORDS)) return false;
  if (HAS_TEX.test(inside)) return !(beginsAsPrice && endsInBlank);
  if (/^(?:[A-Za-z]|[^\w\s]+)$/.test(inside)) return true;
  return isTight && !/\d/.test(text.charAt(after)) && !(beginsAsPrice && / [A-Za-z]{3}/.test(inside));
}
