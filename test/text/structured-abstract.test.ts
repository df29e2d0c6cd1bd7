import { describe, expect, it } from 'vitest';
import { findAspects } from '../../src/answers/aspects.ts';
import { extractSummary } from '../../src/summary/extractive.ts';
import { splitSentences } from '../../src/text/sentences/sentences.ts';
import { leastCpuTime } from '../support/cpu-time.ts';

const BACKGROUND = 'Sleep is important for shift workers, and little is known about naps.';
const METHODS = 'We recruited 40 nurses and gave half of them a nap room for six weeks.';
const RESULTS = 'Errors fell by 31% in the group with naps (p<0.05).';
const CONCLUSIONS = 'Nap rooms reduce errors and hospitals should offer them.';
const SENTENCES = [BACKGROUND, METHODS, RESULTS, CONCLUSIONS];

/** How one label is printed before its part, such as `Methods: We …`. */
type Print = (label: string) => string;

const PRINTS: ReadonlyArray<readonly [string, Print]> = [
  ['a colon', (label) => `${label}: `],
  ['a colon after a space', (label) => `${label} : `],
  ['capitals and a colon', (label) => `${label.toUpperCase()}: `],
  ['small letters and a colon', (label) => `${label.toLowerCase()}: `],
  ['a hyphen', (label) => `${label} - `],
  ['capitals and a dash', (label) => `${label.toUpperCase()} – `],
  ['a long dash without spaces', (label) => `${label}—`],
  ['a full stop', (label) => `${label}. `],
  ['capitals and a full stop', (label) => `${label.toUpperCase()}. `],
  ['a line of its own', (label) => `\n\n${label}\n`],
  ['a line of its own, in capitals', (label) => `\n${label.toUpperCase()}\n`],
  ['brackets', (label) => `[${label}] `],
  ['bold Markdown', (label) => `**${label}:** `],
  ['bold Markdown before the colon', (label) => `**${label}**: `],
  ['bold LaTeX', (label) => `\\textbf{${label}:} `],
  ['bold LaTeX before the colon', (label) => `\\textbf{${label}}: `],
  ['old bold LaTeX', (label) => `{\\bf ${label}:} `],
  ['italic LaTeX and a full stop', (label) => `\\textit{${label}.} `],
  ['bold Markdown and a full stop', (label) => `**${label}.** `],
  ['italic Markdown and a full stop', (label) => `*${label}.* `],
  ['round brackets', (label) => `(${label}) `],
  ['Chinese brackets', (label) => `【${label}】`],
  ['a heading in Markdown', (label) => `\n## ${label}\n`],
  ['bullets and a colon', (label) => `• ${label}: `],
  ['a square and a colon', (label) => `■ ${label}: `],
  ['a bar', (label) => `${label} | `],
  ['quotes and a colon', (label) => `"${label}": `],
  ['a number in Roman letters', (label) => `(ii) ${label}: `],
  ['a letter', (label) => `b) ${label}: `],
  ['bold HTML', (label) => `<b>${label}</b>: `],
];

/** Labels of the four parts. */
const NAMES: ReadonlyArray<readonly [string, string, string, string]> = [
  ['Background', 'Methods', 'Results', 'Conclusions'],
  ['Background and aims', 'Method', 'Findings', 'Interpretation'],
  ['Motivation', 'Approach', 'Main results', 'Significance'],
  ['Introduction', 'Materials and Methods', 'Results', 'Discussion'],
  ['Context', 'Methodology', 'Key findings', 'Implications'],
  ['Problem', 'Approach', 'Evaluation', 'Impact'],
  ['Context and motivation', 'Experimental approach', 'Key results', 'Conclusions and Future Work'],
  ['State of the art', 'Methods', 'Results', 'Conclusion and Outlook'],
];

const structured = (names: readonly string[], print: Print) =>
  SENTENCES.map((sentence, at) => `${print(names[at] ?? '')}${sentence}`).join(' ');

function summarise(abstract: string) {
  const { tldr, points } = extractSummary({ title: 'Naps at Night', abstract }) ?? {};
  return { tldr, ...Object.fromEntries((points ?? []).map(({ kind, text }) => [kind, text])) };
}

const EXPECTED = { tldr: RESULTS, problem: BACKGROUND, approach: METHODS, result: CONCLUSIONS };

describe('a structured abstract', () => {
  it.each(PRINTS)('is summed up by its parts, without its labels: %s', (_, print) => {
    expect(summarise(structured(NAMES[0] ?? [], print))).toEqual(EXPECTED);
  });

  it.each(NAMES.map((names) => [names.join(', '), names] as const))('may call its parts %s', (_, names) => {
    expect(summarise(structured(names, (label) => `${label}: `))).toEqual(EXPECTED);
  });

  it('has labels that nothing but the label itself separates from the part before', () => {
    const abstract = 'Background: Sleep matters; Methods: We recruited nurses; Results: Errors fell.';
    expect(splitSentences(abstract)).toEqual(['Sleep matters', 'We recruited nurses', 'Errors fell.']);
  });

  it('has numbered parts that nothing but a semicolon ends', () => {
    const abstract =
      '(1) Background: Sleep matters; (2) Methods: We recruited nurses; (3) Results: Errors fell.';
    expect(splitSentences(abstract)).toEqual(['Sleep matters', 'We recruited nurses', 'Errors fell.']);
  });

  it('has an approach that is more than the place or the number of people', () => {
    const parts = [
      'Design: A randomised trial.',
      'Setting: Two hospitals.',
      'Participants: 60 people over 70.',
    ];
    const abstract = `Background: ${BACKGROUND} ${parts.join(' ')} Results: ${RESULTS} Conclusions: ${CONCLUSIONS}`;
    expect(summarise(abstract)).toMatchObject({ approach: 'A randomised trial.' });
  });

  it('is never summed up by an aim that is no sentence, nor by its keywords', () => {
    const aim = 'Objective: To find out whether naps help.';
    const abstract = `${structured(NAMES[0] ?? [], (label) => `${label}: `)} ${aim} Keywords: naps, nurses.`;
    expect(Object.values(summarise(abstract))).not.toContain('To find out whether naps help.');
    expect(Object.values(summarise(abstract))).not.toContain('Naps, nurses.');
  });

  it('gives its methods as the approach when papers are compared', () => {
    const abstract = structured(NAMES[0] ?? [], (label) => `${label}: `);
    expect(findAspects({ title: 'Naps at Night', abstract }).approach).toBe(METHODS);
  });
});

describe('an abstract without labels', () => {
  it.each([
    ['Results show that naps help nurses. Methods of this kind were limited before. We propose rooms.'],
    ['Background noise is hard to filter. Approach lights help pilots. Conclusions are drawn from errors.'],
    ['Objective functions are hard to choose. Methods vary. Findings differ between 40 hospitals.'],
    ['Approach to learning: a survey. We survey trees and nets. The results: 12% and 13%.'],
  ])('loses no word: %s', (abstract) => {
    expect(splitSentences(abstract).join(' ')).toBe(abstract);
  });

  it('with one label alone is read by its cues, without the label', () => {
    const summary = summarise(
      `Purpose: Naps are important, and little is known about them. We propose nap rooms for hospitals. Our method gives half of the nurses a room. ${RESULTS}`,
    );
    expect(summary).toMatchObject({ tldr: 'We propose nap rooms for hospitals.', result: RESULTS });
    expect(Object.values(summary).join(' ')).not.toContain('Purpose');
  });
});

it('labels are found quickly in a text made to be slow', () => {
  for (const piece of ['Methods ', 'methods: ', '**', '<b>', '\\textbf{', 'A, ', '— ', '1. ', '. <b>A']) {
    const took = leastCpuTime(500, () => splitSentences(piece.repeat(20_000)));
    expect(took, piece).toBeLessThan(500);
  }
});
