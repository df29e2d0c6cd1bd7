/** The two root commands, as platforms register them: permissions go by root. */
import type { RootFacts } from '../src/command/define.ts';

export const roots: Readonly<Record<'papers' | 'paperfeed', RootFacts>> = {
  papers: { description: 'Find, read and save research papers.' },
  paperfeed: { description: 'Decide which papers this channel gets, and when.', forManagers: true },
};
