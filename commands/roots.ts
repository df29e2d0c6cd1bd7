/** The two root commands. Platforms grant permissions by root. */
import type { RootFacts } from '../src/command/define.ts';

export const roots: Readonly<Record<'papers' | 'paperfeed', RootFacts>> = {
  papers: {
    description: 'Find, read and save research papers.',
    groups: {
      channel: 'See what channels get, and why.',
      watch: 'Be told about new papers.',
      zotero: 'Keep your list and a collection in Zotero the same.',
    },
  },
  paperfeed: { description: 'Choose which papers this channel gets, and when.', forManagers: true },
};
