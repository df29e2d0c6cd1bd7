import { describe, expect, it } from 'vitest';
import { hasBracesInPairs, toLatex } from '../../src/export/latex.ts';

const { raw } = String;

describe('text in LaTeX', () => {
  it.each([
    ['100% & #1_a', raw`100\% \& \#1\_a`],
    ['a ~ b ^ c', raw`a \textasciitilde{} b \textasciicircum{} c`],
    ['p < 0.05 | x', 'p $<$ 0.05 $|$ x'],
    ['{open', 'open'],
    ['A {Braced} title with a loose } brace', 'A Braced title with a loose brace'],
    ['a set {one, two} and \\{', raw`a set \textbraceleft{}one, two\textbraceright{} and \textbraceleft{}`],
    ['$x$ and $O(n^2)$ stay', '$x$ and $O(n^2)$ stay'],
    ['$\\mathcal{L}_1$-norm', '$\\mathcal{L}_1$-norm'],
    ['from $5 to $10', raw`from \$5 to \$10`],
    ['a formula $\\frac{a$ that is broken', raw`a formula $\frac{}{a}$ that is broken`],
    [
      raw`A $\sim$10-fold Gain at 360$^\circ$ for $\times$2 Cost`,
      raw`A $\sim$10-fold Gain at 360$^{\circ}$ for $\times$2 Cost`,
    ],
    [raw`$100\%$, $a_b^c$ and $\{0,1\}^n$`, raw`$100\%$, $a_b^c$ and $\lbrace 0,1\rbrace ^n$`],
    ["$x^a^b$ and $f'^2$", "$x^a{}^b$ and $f'{}^2$"],
    [raw`$\ours$ and $\text{if a\_b}$`, raw`$\mathrm{ours}$ and $\text{if a\_b}$`],
    ['H₂O, R² ≤ 5 °C', raw`H$_2$O, R$^2$ $\leq$ 5 $^\circ$C`],
    ['α·β and $x$$y$', [raw`$\alpha$`, raw`$\cdot$`, raw`$\beta$ and $x$`, '$y$'].join('{}')],
    [raw`\textbf{Bold} \emph{words}~\cite{a}`, 'Bold words'],
    ['Schr\\"odinger and \\\'{e}', 'Schrödinger and é'],
    ['Nguyễn', raw`Nguy{\~{\^{e}}}n`],
    ['Müller, 李明', 'Müller, 李明'],
    [raw`$\mathcal O(\sqrt n)$ and $\hat y$`, raw`$\mathcal{O}(\sqrt{n})$ and $\hat{y}$`],
    ['Περὶ λόγου, NF-κB and λ', raw`Περὶ λόγου, NF-$\kappa$B and $\lambda$`],
    ['ħω', [raw`$\hbar$`, raw`$\omega$`].join('{}')],
  ])('%s becomes %s in LaTeX', (text, latex) => {
    expect(toLatex(text)).toBe(latex);
  });

  it('LaTeX output always has balanced braces', () => {
    for (const text of [
      '}{',
      '$}{$',
      '$a{$ b $}c$',
      '\\"{o}}',
      '{{{$x$',
      '\\{ \\} \\}',
      '$\\}$ and \\textbf{a',
    ]) {
      expect(hasBracesInPairs(toLatex(text)), text).toBe(true);
    }
  });
});
