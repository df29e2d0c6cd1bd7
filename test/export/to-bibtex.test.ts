import { describe, expect, it } from 'vitest';
import { hasBracesInPairs, toLatex } from '../../src/export/to-bibtex.ts';

describe('LaTeX', () => {
  it.each([
    ['100% & #1_a', String.raw`100\% \& \#1\_a`],
    ['a ~ b ^ c \\ d', String.raw`a \textasciitilde{} b \textasciicircum{} c \textbackslash{} d`],
    ['{open', String.raw`\{open`],
    ['$x$ and $O(n^2)$ stay', '$x$ and $O(n^2)$ stay'],
    ['$\\mathcal{L}_1$-norm', '$\\mathcal{L}_1$-norm'],
    ['from $5 to $10', String.raw`from \$5 to \$10`],
    ['a formula $\\frac{a$ that is broken', String.raw`a formula \$\textbackslash{}frac\{a\$ that is broken`],
    ['Schr\\"odinger and \\\'{e}', 'Schr\\"odinger and \\\'{e}'],
    ['Müller, 李明', 'Müller, 李明'],
  ])('of %s is %s', (text, latex) => {
    expect(toLatex(text)).toBe(latex);
  });

  it('always has its braces in pairs', () => {
    for (const text of ['}{', '$}{$', '$a{$ b $}c$', '\\"{o}}', '{{{$x$']) {
      const escaped = toLatex(text).replace(/\\[{}]/g, '');
      expect(hasBracesInPairs(escaped)).toBe(true);
    }
  });
});
