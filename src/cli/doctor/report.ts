/** Findings as lines for a terminal. */
import { styleText } from 'node:util';
import type { Finding } from '../../finding.ts';

/** A line a finding, with the broken ones last, where they are seen. */
export function reportOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const marks = { works: styleText('green', 'ok'), note: '··', broken: styleText('red', '!!') };
  const order = ['works', 'note', 'broken'];
  return findings
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map(({ state, subject, text }) => `${marks[state]}  ${subject.padEnd(width)}  ${text}`)
    .join('\n');
}
