import { describe, expect, it } from 'vitest';
import { readable } from '../../src/text/readable.ts';
import { leastCpuTime } from '../support/cpu-time.ts';

describe('readable', () => {
  it.each([
    [String.raw`\textbf{SOTA} results, \emph{without} training`, 'SOTA results, without training'],
    [String.raw`a $2.5\times$ speed-up at $10^{-3}$ and $O(n^2)$`, 'a 2.5× speed-up at 10⁻³ and O(n²)'],
    [String.raw`$\alpha$-divergence with $\epsilon \leq 0.1$`, 'α-divergence with ε ≤ 0.1'],
    [String.raw`$\tilde{\mathcal{O}}(\sqrt{T})$ regret`, 'O(√T) regret'],
    [
      String.raw`\href{https://evil.example}{our page} and \url{https://a.example/b}`,
      'our page and https://a.example/b',
    ],
    [String.raw`as shown before~\cite{smith2020}, see Table~1`, 'as shown before, see Table 1'],
    [String.raw`Erd\H{o}s, Poincar\'e and Schr\"{o}dinger`, 'Erdős, Poincaré and Schrödinger'],
    ["the ``best'' model---so far", 'the “best” model—so far'],
    [String.raw`95\% of R\&D, \#1 in my\_file`, '95% of R&D, #1 in my_file'],
    [String.raw`the set $\{0,1\}^n$`, 'the set {0,1}ⁿ'],
    [String.raw`$\frac{1}{2}$ of $x_{i}$ and $f_\theta$`, '1/2 of xᵢ and f_θ'],
    ['{BERT} and {GPT}', 'BERT and GPT'],
    [
      '<mml:math xmlns:mml="x"><mml:mi>Q</mml:mi></mml:math> <jats:italic>of</jats:italic> 1 < 2',
      'Q of 1 < 2',
    ],
    [String.raw`$\log n$ rounds of \name{}`, 'log n rounds of'],
    [
      String.raw`A $\sim$10-fold Gain at 360$^\circ$ for $\times$2 Cost`,
      'A ~10-fold Gain at 360° for ×2 Cost',
    ],
    [String.raw`$\sim 10\%$, $\pm$5 and $ \alpha $`, '~10%, ±5 and α'],
    [String.raw`CO$_2$, H<sub>2</sub>O, $\mathrm{H}_2$ and 60\textsuperscript{th}`, 'CO₂, H₂O, H₂ and 60ᵗʰ'],
    [String.raw`\(x^2\), \[y\] and \begin{equation}z\end{equation}`, 'x², y and z'],
    [String.raw`S\o rensen, see Fig.~1. One line\\another.`, 'Sørensen, see Fig. 1. One line another.'],
    [String.raw`of \begin{itemize} \item One. \item Two. \end{itemize}`, 'of • One. • Two.'],
    [
      String.raw`The end\footnote{Code at \url{https://example.org/a_b}.} is near.`,
      'The end (Code at https://example.org/a_b) is near.',
    ],
    [
      String.raw`$n\log n$, $\frac{n+1}{2}$, $x \not\in S$, $3\times 10^{-4}$`,
      'n log n, (n+1)/2, x ∉ S, 3×10⁻⁴',
    ],
    [String.raw`\textbf{a $x_{\mathrm{train}}$ \emph{b {C}}}`, 'a x_train b C'],
    [String.raw`\eg, cats, \ie dogs, Smith \etal. agree`, 'e.g., cats, i.e. dogs, Smith et al. agree'],
    [String.raw`Peter St\ütz, $\|x\|$ and $\left. y \right|_0$`, 'Peter Stütz, ‖x‖ and y |₀'],
    [String.raw`5~10\% of Table~\ref{t}`, '5~10% of Table'],
    [String.raw`$h_i^{(t+1)}$, mAP\@0.5, V3\+, $a\_b$`, 'hᵢ⁽ᵗ⁺¹⁾, mAP@0.5, V3+, a_b'],
    [String.raw`the first \textbf{half of`, 'the first half of'],
    [String.raw`\constructor and \toString{x}`, 'constructor and x'],
    ['A {Braced} Title with a loose } brace', 'A Braced Title with a loose brace'],
    ['Navier--Stokes, (a)--(b) and 3--5 of git --all', 'Navier–Stokes, (a)–(b) and 3–5 of git --all'],
    ['a method -- simple and fast -- in $O(n)$--$O(n^2)$', 'a method – simple and fast – in O(n)–O(n²)'],
    [String.raw`\begin{itemize} \item[(a)] One \item[] Two \end{itemize}`, '• (a) One • Two'],
    [
      String.raw`5 \textdegree C, 3 \textmu m, \S 3, \pounds 5 and \alpha helices`,
      '5 °C, 3 μm, §3, £5 and α helices',
    ],
    [String.raw`${'$'}{\cal L}$, \LaTeX{} and \textquotedblleft a\textquotedblright`, 'L, LaTeX and “a”'],
    [
      String.raw`$\mathcal O(n)$, $\mathbb R^n$, $\mathrm{d}x$, $\mathbf x_i$, $\hat y$ and $R^\textbf2$AI`,
      'O(n), Rⁿ, dx, xᵢ, y and R²AI',
    ],
    ['<i>E. coli</i> and <b>more</b><br>here', 'E. coli and more here'],
  ])('shows %j as %j', (text, shown) => {
    expect(readable(text)).toBe(shown);
  });

  it.each([
    'It costs $5 to $10 an hour, or $20-$30 with a GPU.',
    'We propose a method - simple and fast - for x_1 and snake_case, called with --fast.',
    'about ~10 models {one, two} (~90%)',
    'US$5M is money, $5 million and not $6 million of 20$ words',
    'p < 0.05 and <SEG> with a < b',
    '',
  ])('leaves %j alone', (text) => {
    expect(readable(text)).toBe(text);
  });

  it.each([
    [String.raw`\SI{3}{\meter} and $\qty{10}{km}$`, '3 m and 10 km'],
    [String.raw`\SI[per-mode=symbol]{9.81}{\meter\per\second\squared}`, '9.81 m/s²'],
    [String.raw`\SI{5}{\percent}, \SI{30}{\degree}, \SI{25}{\degreeCelsius}`, '5%, 30°, 25 °C'],
    [String.raw`\SIrange{1}{3}{\kilo\hertz}, \qtyrange{1}{3}{\GHz}`, '1–3 kHz, 1–3 GHz'],
    [String.raw`\SIlist{1;2;3}{\mm}, \ang{1;30}`, '1, 2, 3 mm, 1°30′'],
    [String.raw`\SI{3}{$\mu$m}, \SI{4}{\um}, \unit{m/s^2}`, '3 μm, 4 μm, m/s²'],
    [String.raw`\num{36000} tiles, \num{1.2e-3}, \num{3 +- 0.1}`, '36000 tiles, 1.2 × 10⁻³, 3 ± 0.1'],
    [String.raw`\ce{H2O}, \ce{SO4^2-}, $\ce{Na+}$`, 'H₂O, SO₄²⁻, Na⁺'],
    [String.raw`\ce{2H2 + O2 -> 2H2O}, \ce{Ca(OH)2}-based`, '2H₂ + O₂ → 2H₂O, Ca(OH)₂-based'],
    [
      String.raw`\verb|snake_case|, \verb+a$b{}+ and \verb!\alpha --all!`,
      'snake_case, a$b{} and \\alpha --all',
    ],
    [String.raw`\simeq, \unitary, \number, \qty(x)`, '≃, unitary, number, qty(x)'],
  ])('units, chemical formulas and literal text: %s', (latex, plain) => {
    expect(readable(latex)).toBe(plain);
  });

  it('takes no time over texts that are made to take some', () => {
    const hostile = [
      '\\textbf{',
      '\\frac',
      '\\sqrt[',
      '\\begin{align}',
      '\\item',
      '\\not',
      "\\'{",
      '$',
      '$a',
      '$x^',
      '$\\a_{',
      '\\(',
      '\\',
      '{A',
      '^{',
      'a~',
      '<i>',
      '<sub>a',
      '\\ce{',
      '\\SI{a}',
      '\\verb|',
      '\\verb|a$',
      '\\num{e1',
    ];
    // 200 ms on a busy machine; a quadratic pattern would take minutes.
    for (const piece of hostile) {
      const text = piece.repeat(100_000 / piece.length);
      const took = leastCpuTime(2_000, () => readable(text));
      expect(took, piece).toBeLessThan(2_000);
    }
  });
});
