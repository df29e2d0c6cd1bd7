/** One line of what the doctor says. */

export interface Diagnostic {
  readonly state: 'works' | 'note' | 'broken';
  readonly subject: string;
  /** What was seen, and for what does not work what to do. */
  readonly text: string;
}

export const ok = (subject: string, text: string): Diagnostic => ({ state: 'works', subject, text });
export const info = (subject: string, text: string): Diagnostic => ({ state: 'note', subject, text });
export const failing = (subject: string, text: string): Diagnostic => ({ state: 'broken', subject, text });

export const isBroken = ({ state }: Diagnostic): boolean => state === 'broken';
