import { describe, expect, it } from 'vitest';
import { readable } from '../../src/papers/readable.ts';
import { cpuTime } from '../support/cpu-time.ts';

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
    [String.raw`$\log n$ rounds of \name{}`, 'log n rounds of'],
  ])('shows %j as %j', (text, shown) => {
    expect(readable(text)).toBe(shown);
  });

  it.each([
    'It costs $5 to $10 an hour, or $20-$30 with a GPU.',
    'We propose a method -- simple and fast -- for x_1 and snake_case.',
    'about ~10 models {one, two}',
    '',
  ])('leaves %j alone', (text) => {
    expect(readable(text)).toBe(text);
  });

  it('takes no time over texts that are made to take some', () => {
    const hostile = [
      '\\textbf{'.repeat(3_000),
      '$'.repeat(20_000),
      '\\'.repeat(20_000),
      '{A'.repeat(9_000),
      '$a'.repeat(9_000),
    ];
    for (const text of hostile) {
      const before = cpuTime();
      readable(text);
      expect(cpuTime() - before, text.slice(0, 10)).toBeLessThan(150);
    }
  });
});
