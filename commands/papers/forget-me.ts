/** `/papers forget-me`: shows the data stored about the caller, and deletes it. */

import { counted } from '../../src/cards/counts.ts';
import { type Card, sentence } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import type { KeptOfPerson } from '../../src/privacy/personal-data.ts';
import { defineCommand } from '../services.ts';

export const forgetMe = defineCommand({
  root: 'papers',
  name: 'forget-me',
  description: 'Show the data that is stored about you, or delete it.',
  visibility: 'private',
  options: {
    sure: {
      type: 'choice',
      inMenu: false,
      description: 'yes deletes your data at once and for good',
      choices: ['no', 'yes'],
      default: 'no',
    },
  },
  saidBy: {
    'forget me': {},
    'forget everything': {},
    'forget about me': {},
    'forget all about me': {},
    'forget everything about me': {},
    'forget everything you know about me': {},
    'forget my data': {},
    'delete my data': {},
    'delete everything about me': {},
    'what do you know about me': {},
    'what do you store about me': {},
    'what data do you have about me': {},
  },
  changes: true,
  forgets: true,
  examples: ['/papers forget-me'],
  async run({ args, services: { people }, caller, now }): Promise<Card> {
    // Deletes without counting first: there may be data that `people.of` does not count.
    if (args.sure === 'yes') {
      await people.forget(caller, now.toISOString());
      return sentence(
        'Your data is deleted. A hash of your ID is kept for 14 days, so that your old reactions do not save papers again. Backups expire on their usual schedule.',
        'done',
      );
    }
    const lines = inWords(await people.of(caller));
    if (lines.length === 0) return sentence('The bot stores no data about you here.');
    return {
      tone: 'plain',
      title: 'Data stored about you',
      blocks: [
        ...lines.map((text) => ({ kind: 'text', text: [text] }) as const),
        {
          kind: 'text',
          text: [
            'Deleting removes all of this, including your papers on the team’s list. Feeds and channel managers stay. This cannot be undone.',
          ],
        },
      ],
      actions: [
        {
          kind: 'run',
          label: 'Delete my data',
          line: formatLine({ root: 'papers', name: 'forget-me', args: { sure: 'yes' } }),
          effect: 'replace',
        },
      ],
    };
  },
});

function inWords({
  saves,
  notes,
  tags,
  read,
  links,
  reactions,
  channels,
  named,
  watches,
  changes,
  digests,
  addresses,
  opinions,
  libraries,
  questions,
  notices,
}: KeptOfPerson): string[] {
  return [
    saves > 0 ? `${counted(saves, 'saved paper')}, and when you saved ${saves === 1 ? 'it' : 'them'}` : '',
    notes > 0 ? counted(notes, 'note') : '',
    tags > 0 ? counted(tags, 'tag') : '',
    read > 0 ? `${counted(read, 'paper')} that you marked as read or as being read` : '',
    links > 0 ? `${links} ${links === 1 ? 'address' : 'addresses'} at which a list can be read` : '',
    reactions > 0 ? `${counted(reactions, 'reaction')} that saved a paper` : '',
    channels > 0 ? `your name as the person who set up feeds in ${counted(channels, 'channel')}` : '',
    named > 0 ? `your name as the person who allowed ${counted(named, 'channel manager')}` : '',
    notices > 0 ? `${counted(notices, 'message')} that the bot will send you, such as reminders` : '',
    watches > 0
      ? `${counted(watches, 'watch')}, and the papers that ${watches === 1 ? 'it' : 'they'} found`
      : '',
    changes > 0 ? 'that you want to be told when your saved papers change' : '',
    digests > 0 ? 'how and when you get your digest, and the papers that it has shown' : '',
    addresses > 0
      ? `the e-mail ${addresses === 1 ? 'address' : 'addresses'} that you gave for your digest`
      : '',
    opinions > 0 ? 'what you said about recommendations: papers, subjects, or that you want none' : '',
    libraries > 0 ? 'your connected Zotero library, and its key (encrypted)' : '',
    questions > 0 ? `${counted(questions, 'question')} to the language model today (only how many)` : '',
  ].filter((text) => text !== '');
}
