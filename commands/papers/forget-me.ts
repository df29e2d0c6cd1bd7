/** `/papers forget-me`: what is kept of whoever asks, and an end to it. */

import { counted } from '../../src/cards/counts.ts';
import { type Card, sentence } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import type { KeptOfPerson } from '../../src/privacy/personal-data.ts';
import { defineCommand } from '../services.ts';

export const forgetMe = defineCommand({
  root: 'papers',
  name: 'forget-me',
  description: 'Say what is kept of you, and forget it if you wish.',
  visibility: 'private',
  options: {
    sure: {
      type: 'choice',
      description: 'yes forgets at once; there is no way back',
      choices: ['no', 'yes'],
      default: 'no',
    },
  },
  examples: ['/papers forget-me'],
  async run({ args, services: { people }, caller, now }): Promise<Card> {
    // Whoever is sure is forgotten, whatever was counted of them.
    if (args.sure === 'yes') {
      await people.forget(caller, now.toISOString());
      return sentence(
        'You are forgotten: nothing names you any more. A digest of your id is kept for 14 days, so that reactions of yours that still stand save nothing again. Nightly backups hold what they held until they are replaced.',
        'done',
      );
    }
    const lines = inWords(await people.of(caller));
    if (lines.length === 0) return sentence('Nothing is kept of you here.');
    return {
      tone: 'plain',
      title: 'What is kept of you',
      blocks: [
        ...lines.map((text) => ({ kind: 'text', text: [text] }) as const),
        {
          kind: 'text',
          text: [
            'Forgetting takes all of it away, your papers from the team’s list too. What channels follow stays, and who may say so. There is no way back.',
          ],
        },
      ],
      actions: [
        {
          kind: 'run',
          label: 'Forget me',
          line: formatLine({ root: 'papers', name: 'forget-me', args: { sure: 'yes' } }),
          effect: 'replace',
        },
      ],
    };
  },
});

function inWords({ saves, reactions, channels, named, questions }: KeptOfPerson): string[] {
  return [
    saves > 0 ? `${counted(saves, 'saved paper')}, and when you saved each` : '',
    reactions > 0 ? `${counted(reactions, 'reaction')} that saved one` : '',
    channels > 0 ? `that you set up papers for ${counted(channels, 'channel')}` : '',
    named > 0 ? `that you named ${counted(named, 'channel manager')}` : '',
    questions > 0 ? `that you asked the language model ${counted(questions, 'time')} today` : '',
  ].filter((text) => text !== '');
}
