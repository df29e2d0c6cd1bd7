/** One line of what the doctor says. */

export interface Finding {
  readonly state: 'works' | 'note' | 'broken';
  readonly subject: string;
  /** What was seen, and for what does not work what to do. */
  readonly text: string;
}

export const works = (subject: string, text: string): Finding => ({ state: 'works', subject, text });
export const note = (subject: string, text: string): Finding => ({ state: 'note', subject, text });
export const broken = (subject: string, text: string): Finding => ({ state: 'broken', subject, text });

export const isBroken = ({ state }: Finding): boolean => state === 'broken';
