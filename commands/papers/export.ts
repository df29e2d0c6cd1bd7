/** `/papers export`: writes saved papers to a file, for a reference manager or a paper. */
import { counted } from '../../src/cards/counts.ts';
import { pageButton } from '../../src/cards/paper-list.ts';
import type { Card } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import { FILE_FORMATS } from '../../src/library/library.ts';
import { defineCommand } from '../services.ts';
import { problem } from '../views/empty-results.ts';
import { savedWords } from '../views/saved-words.ts';
import { refuseAlone, SAVED_FILTERS, SCOPE, savedFilter } from './input/saved-by.ts';

export const exportCommand = defineCommand({
  root: 'papers',
  name: 'export',
  description: 'Get a file of the papers that you or your team saved.',
  visibility: 'private',
  options: {
    words: {
      type: 'string',
      description: 'Only papers with these words',
      maxLength: 300,
      reads: 'topic',
    },
    format: {
      type: 'choice',
      description: 'Kind of file',
      choices: FILE_FORMATS,
      default: 'bibtex',
      alsoCalled: ['as', 'type'],
      synonyms: {
        bibtex: ['bib', 'latex', 'overleaf', '.bib'],
        ris: ['endnote', 'zotero', 'mendeley', '.ris'],
        'csl-json': ['csl', 'json', '.json'],
        markdown: ['md', 'text', '.md'],
      },
      saidAs: {
        bibtex: ['(?:as |in |to |for )?(?:a )?(?:bibtex|\\.?bib|latex|overleaf)(?: file| format)?$'],
        ris: ['(?:as |in |to |for )?(?:an? )?(?:\\.?ris|endnote|zotero|mendeley)(?: file| format)?$'],
        'csl-json': ['(?:as |in |to )?(?:csl[- ]?json|csl|json)(?: file| format)?$'],
        markdown: ['(?:as |in |to )?(?:a )?(?:markdown|\\.?md)(?: file| format)?$'],
      },
      standsAlone: true,
    },
    scope: SCOPE,
    ...SAVED_FILTERS,
  },
  rest: 'words',
  alsoCalled: ['export my papers', 'export my list', 'export papers', 'download'],
  calledWith: { 'export the team': 'scope:team', 'export our papers': 'scope:team' },
  examples: ['/papers export', '/papers export format:ris tag:rl', '/papers export scope:team since:2026-05'],
  async run({ args, services, caller }): Promise<Card> {
    const { format, scope, words = '' } = args;
    const filter = savedFilter(args);
    if (scope === 'team') refuseAlone(caller);
    const { file, papers } = await services.files.toFile(caller, {
      format,
      scope,
      filter,
      ...(words !== '' && { text: words }),
    });
    const what = savedWords(words, filter);
    const list = scope === 'mine' ? 'your list' : 'the team’s list';
    if (papers === 0) {
      const whole = formatLine({ root: 'papers', name: 'saved', args: { scope } });
      return problem(
        [`No paper on ${list}${what === '' ? '' : ` is${what}`}, so there is nothing to export.`],
        [pageButton('Whole list', whole)],
      );
    }
    return {
      tone: 'plain',
      title: `${counted(papers, 'paper')} from ${list}${what}`,
      blocks: [{ kind: 'text', text: ['File: ', { kind: 'code', text: file.name }] }],
      file,
    };
  },
});
