/** `/papers export`: writes saved papers to a file, for a reference manager or a paper. */
import { counted } from '../../src/cards/counts.ts';
import { pageButton } from '../../src/cards/paper-list.ts';
import { type Card, sentence } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import { FILE_FORMATS } from '../../src/library/library.ts';
import { defineCommand } from '../services.ts';
import { problem } from '../views/empty-results.ts';
import { savedWords } from '../views/saved-words.ts';
import { EXPORT_SAID_BY } from './input/library-said.ts';
import { refuseAlone, SAVED_FILTERS, SCOPE, savedFilter } from './input/saved-by.ts';

export const exportCommand = defineCommand({
  root: 'papers',
  name: 'export',
  group: { name: 'library', as: 'export' },
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
        csv: ['excel', 'spreadsheet', 'table', '.csv'],
      },
      saidAs: {
        bibtex: ['(?:as |in |to |for )?(?:a )?(?:bibtex|\\.?bib|latex|overleaf)(?: file| format)?$'],
        ris: ['(?:as |in |to |for )?(?:an? )?(?:\\.?ris|endnote|zotero|mendeley)(?: file| format)?$'],
        'csl-json': ['(?:as |in |to )?(?:csl[- ]?json|csl|json)(?: file| format)?$'],
        markdown: ['(?:as |in |to )?(?:a )?(?:markdown|\\.?md)(?: file| format)?$'],
        csv: ['(?:as |in |to |for )?(?:an? )?(?:\\.?csv|excel|spreadsheet)(?: file| format)?$'],
      },
      standsAlone: true,
    },
    scope: SCOPE,
    link: {
      type: 'choice',
      description: 'yes: an address for Overleaf or Zotero; revoke ends all of yours',
      choices: ['no', 'yes', 'revoke'],
      default: 'no',
    },
    ...SAVED_FILTERS,
  },
  rest: 'words',
  saidBy: EXPORT_SAID_BY,
  alsoCalled: [
    'export my papers',
    'export my list',
    'export papers',
    'download my list',
    'download my papers',
    'download',
  ],
  calledWith: {
    'export my unread papers': 'state:unread',
    'export unread papers': 'state:unread',
    'export the team': 'scope:team',
    'export our papers': 'scope:team',
  },
  examples: ['/papers export', '/papers export format:ris tag:rl', '/papers export scope:team since:2026-05'],
  async run({ args, services, caller }): Promise<Card> {
    const { format, scope, words = '' } = args;
    const filter = savedFilter(args);
    if (args.link === 'revoke') return revoked(await services.addresses.revoke(caller));
    if (scope === 'team') refuseAlone(caller, '/papers export scope:team');
    const query = { scope, filter, ...(words !== '' && { text: words }) };
    if (args.link === 'yes')
      return addressCard(await services.addresses.create(caller, query, format), scope);
    const { file, papers } = await services.files.toFile(caller, { format, ...query });
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

function addressCard(address: string, scope: 'mine' | 'team'): Card {
  const whose = scope === 'mine' ? 'your list with your notes' : 'the team’s list';
  return {
    tone: 'done',
    title: 'Address of the list',
    blocks: [
      { kind: 'text', text: [{ kind: 'code', text: address }] },
      {
        kind: 'text',
        text: [
          `It always shows ${whose} as it is then. Everyone who knows the address can read it. With another ending (.bib, .ris, .json, .md), it is a file of that kind.`,
        ],
      },
    ],
    footer: ['End all your addresses: ', { kind: 'code', text: '/papers export link:revoke' }],
  };
}

function revoked(count: number): Card {
  if (count === 0) return sentence('You have no addresses of lists.');
  return sentence(
    `${count === 1 ? 'Your address no longer works' : `Your ${count} addresses no longer work`}.`,
    'done',
  );
}
