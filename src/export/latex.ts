/** Plain text to LaTeX. arXiv's titles hold formulas and accents in LaTeX already; those stay. */

/** A formula by pandoc's rule (https://pandoc.org/MANUAL.html#math): no space inside the dollars, no digit after them. */
const MATH = String.raw`\$(?=[^\s$])[^$]*?[^\s$\\]\$(?!\d)|\$[^\s$\\]\$(?!\d)`;
/** `\"o`, `\'{e}` */
const ACCENT = String.raw`\\["'\x60^~=.](?:[a-zA-Z]|\{[a-zA-Z]\})`;
const TOKEN = new RegExp(String.raw`${MATH}|${ACCENT}|[&%$#_{}~^\\]`, 'g');

const ESCAPED: Readonly<Record<string, string>> = {
  '~': String.raw`\textasciitilde{}`,
  '^': String.raw`\textasciicircum{}`,
  '\\': String.raw`\textbackslash{}`,
};

/** The result has its braces in pairs, so it can stand in a BibTeX field. Letters of any script stay as UTF-8. */
export function toLatex(text: string): string {
  return text.replace(TOKEN, (token) => {
    if (token.length > 1 && hasBracesInPairs(token)) return token;
    return token.replace(/[&%$#_{}~^\\]/g, (special) => ESCAPED[special] ?? `\\${special}`);
  });
}

export function hasBracesInPairs(text: string): boolean {
  let depth = 0;
  for (const [brace] of text.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
