/** Formats diagnostics for a terminal. */
import { styleText } from 'node:util';
import type { Diagnostic } from '../base/diagnostic.ts';

/** One line per diagnostic, broken ones last, where they are noticed. */
export function diagnosticsAsText(diagnostics: readonly Diagnostic[]): string {
  const width = Math.max(...diagnostics.map(({ subject }) => subject.length));
  const marks = { works: styleText('green', 'ok'), note: '··', broken: styleText('red', '!!') };
  const order = ['works', 'note', 'broken'];
  return diagnostics
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map(({ state, subject, text }) => `${marks[state]}  ${subject.padEnd(width)}  ${text}`)
    .join('\n');
}
