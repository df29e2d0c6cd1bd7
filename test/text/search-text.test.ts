import { describe, expect, it } from 'vitest';
import { searchText } from '../../src/text/search-text.ts';

const { raw } = String;

describe('searchText', () => {
  it.each([
    [raw`CO$_2$, CO$_{2}$, CO₂, CO<sub>2</sub>, $\mathrm{CO}_2$ and CO_2`, 'CO2, CO2, CO2, CO2, CO2 and CO2'],
    [raw`H₂O, R², R$^2$ and R^2`, 'H2O, R2, R2 and R2'],
    [raw`Fe$_2$O$_3$ and $^{13}$C`, 'Fe2O3 and 13C'],
    [raw`\ce{CO2}, \SI{3}{\meter} and \verb|my_file|`, 'CO2, 3 m and my_file'],
    ['Łódź, Sørensen, Đorđe, Ħal, Straße, Þór', 'Lódź, Sorensen, Dorde, Hal, Strasse, THór'],
    [raw`K\"ahler, Erd\H{o}s and \L{}ojasiewicz`, 'Kähler, Erdős and Lojasiewicz'],
    [
      raw`$\alpha$-divergence, α-divergence, NF-κB, IL-1β`,
      'alpha-divergence, alpha-divergence, NF-kappaB, IL-1beta',
    ],
    [raw`\textbf{Bold} \emph{words}~\cite{a}`, 'Bold words'],
    ['Sigurðsson, Ðorn, ƶ, ℏ and ŋ', 'Sigurdsson, Dorn, z, h and n'],
    [raw`$\ell_1$-norm and ℓ∞`, 'L1-norm and L∞'],
    [
      raw`5 µm, 5 μm, 5 $\mu$m, $5\,\mathrm{\mu m}$ and \SI{3}{\micro\meter}`,
      '5 um, 5 um, 5 um, 5 um and 3 um',
    ],
    ['µ-opioid, μ-opioid, 5 µs and 5 μs', 'mu-opioid, mu-opioid, 5 mus and 5 mus'],
    ['ﬁne ＧＰＴ 𝒪(n)', 'fine GPT O(n)'],
  ])('reads %j as %j', (text, read) => {
    expect(searchText(text)).toBe(read);
  });

  it.each([
    ['a power', '10⁵, $10^5$, n², $O(n^2)$ and $R^d$', '10 5, 10 5, n 2, O(n 2) and R d'],
    ['an index', raw`$x_1$ and $x_i$`, 'x 1 and x i'],
    ['the mark of a footnote', 'model² here', 'model 2 here'],
    ['a name', 'layer_2 and snake_case', 'layer_2 and snake_case'],
    ['a word in Greek', 'λόγος', 'λόγος'],
  ])('does not join what is two: %s', (_, text, read) => {
    expect(searchText(text)).toBe(read);
  });
});
