/** `/papers import`: saves many papers at once, from a text or from a channel's past messages. */
import { compact } from '../../src/base/compact.ts';
import { UserError } from '../../src/base/errors.ts';
import { type Card, sentence } from '../../src/chat/card.ts';
import { clip } from '../../src/chat/clip.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine } from '../../src/command/line.ts';
import { parseTags } from '../../src/library/tags.ts';
import type { ImportDetails, ImportedDays } from '../../src/list-import/list-import.ts';
import { defineCommand, type Services } from '../services.ts';
import { channelCountCard } from '../views/imports/channel-count-card.ts';
import { importedCard } from '../views/imports/outcome-card.ts';
import {
  IMPORT_CHANNEL_NAMES,
  IMPORT_FROM,
  IMPORT_NAMES,
  IMPORT_SINCE,
  IMPORT_STATE,
  IMPORT_TAGS,
  IMPORT_UNTIL,
  IMPORTED_TEXT,
} from './input/import-said.ts';

const THE_FILE =
  /^(?:(?:from|in|of|this|that|it|the|my|our|attached|these|file|bib|bibtex|bibliography|list|references|please)\W*)+$/iu;
const NOT_BOTH = 'Import the file and the text one after the other. Nothing was saved yet.';
/** Characters of a text that a button repeats. */
const REPEATED = 1_500;

export const importCommand: Command<Services> = defineCommand({
  root: 'papers',
  name: 'import',
  group: { name: 'library', as: 'import' },
  description: 'Save many papers: pasted links, BibTeX, or the papers of this channel.',
  visibility: 'private',
  options: {
    text: IMPORTED_TEXT,
    tags: IMPORT_TAGS,
    state: IMPORT_STATE,
    from: IMPORT_FROM,
    since: IMPORT_SINCE,
    until: IMPORT_UNTIL,
    sure: {
      type: 'choice',
      inMenu: false,
      description: 'yes saves the papers of the channel without asking',
      choices: ['no', 'yes'],
      default: 'no',
      input: 'none',
    },
  },
  changes: true,
  attachment: {
    name: 'file',
    description: 'A .bib, .ris, .json or text file',
  },
  rest: 'text',
  alsoCalled: IMPORT_NAMES,
  calledWith: IMPORT_CHANNEL_NAMES,
  formEverywhere: true,
  form: async ({ typed: { text, from, since, until } }) =>
    [text, from, since, until].every((value) => value === undefined) ? {} : undefined,
  examples: [
    '/papers import 2406.01574 https://arxiv.org/abs/2310.11511',
    '/papers import tags:thesis @article{vaswani, title={Attention Is All You Need}}',
    '/papers import from:channel since:2026-05',
  ],
  async run({ args, asTyped, file, services, caller, now, signal }): Promise<Card> {
    const { text, tags, state, from, since, until, sure } = args;
    const addTags = tags === undefined ? undefined : parseTags(tags).add;
    const details: ImportDetails = compact({ addTags, state });
    const isOfChannel = from !== undefined || (text === undefined && (since ?? until) !== undefined);
    const days: ImportedDays = compact({ since, until });
    if (!isOfChannel) {
      const written = asTyped ?? text;
      if (file) {
        if (text !== undefined && !THE_FILE.test(text)) throw new UserError(NOT_BOTH);
        const outcome = await services.imports.fromFile(caller, file, details, now, signal);
        return importedCard(outcome, { details, isOneLine: false });
      }
      if (written === undefined) return EXPLANATION;
      const outcome = await services.imports.fromText(caller, written, details, now, signal);
      const again = formatLine({ root: 'papers', name: 'import', args: { text: written, tags, state } });
      return importedCard(outcome, {
        details,
        isOneLine: !written.includes('\n'),
        ...(again.length <= REPEATED && { again }),
      });
    }
    if (text !== undefined) throw new UserError(whyOnlyAll(text));
    const { channel } = caller;
    if (channel === undefined)
      return sentence('There is no channel here whose messages could be read.', 'problem');
    const line = formatLine({
      root: 'papers',
      name: 'import',
      args: { from: 'channel', since, until, tags, state, sure: 'yes' },
    });
    if (sure === 'no') {
      const count = await services.imports.countChannel(caller, channel, days, signal);
      return count.kind === 'refused'
        ? sentence(count.reason, 'problem')
        : channelCountCard(count, until, line);
    }
    const outcome = await services.imports.fromChannel(caller, channel, days, details, now, signal);
    if ('kind' in outcome) return sentence(outcome.reason, 'problem');
    return importedCard(outcome, { details, isOneLine: true, again: line });
  },
});

function whyOnlyAll(text: string): string {
  return `All papers of a channel are imported, so “${clip(text, 40)}” cannot be said here; a time can: /papers import from:channel since:2026-05`;
}

const EXPLANATION: Card = {
  tone: 'plain',
  title: 'Import papers',
  blocks: [
    {
      kind: 'text',
      text: [
        'Add arXiv IDs, links, DOIs or titles after the command, or BibTeX or RIS: ',
        { kind: 'code', text: '/papers import 2406.01574 2310.11511' },
      ],
    },
    {
      kind: 'text',
      text: [
        'The papers of this channel’s past messages: ',
        { kind: 'code', text: '/papers import from:channel' },
      ],
    },
    {
      kind: 'text',
      text: ['All of them can get a tag: ', { kind: 'code', text: '/papers import tags:thesis 2406.01574' }],
    },
  ],
};
