/** A diagnostic: one line of the doctor's report. */

export interface Diagnostic {
  readonly state: 'works' | 'note' | 'broken';
  readonly subject: string;
  /** The finding and, if something does not work, the fix. */
  readonly text: string;
}

export const ok = (subject: string, text: string): Diagnostic => ({ state: 'works', subject, text });
export const info = (subject: string, text: string): Diagnostic => ({ state: 'note', subject, text });
export const failing = (subject: string, text: string): Diagnostic => ({ state: 'broken', subject, text });

export const isBroken = ({ state }: Diagnostic): boolean => state === 'broken';
