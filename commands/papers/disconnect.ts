/** `/papers disconnect`: ends the sync with Zotero. */

import { UserError } from '../../src/base/errors.ts';
import type { Card } from '../../src/chat/card.ts';
import { defineCommand } from '../services.ts';
import { NOT_CONNECTED } from './connect.ts';

export const disconnect = defineCommand({
  root: 'papers',
  name: 'disconnect',
  group: { name: 'zotero', as: 'disconnect' },
  description: 'Stop the sync with Zotero and delete the stored key.',
  visibility: 'private',
  options: {
    service: {
      type: 'string',
      description: 'zotero',
      maxLength: 100,
      reads: 'plain',
      isSurely: (text) => /^zotero$/i.test(text.trim()),
      fits: (word) => /^(?:from|my|the|account|library|zotero)$/i.test(word),
    },
    revoke: {
      type: 'choice',
      description: 'yes also deletes the key in Zotero',
      choices: ['no', 'yes'],
      default: 'no',
    },
  },
  changes: true,
  alsoCalled: ['unlink zotero'],
  rest: 'service',
  examples: ['/papers disconnect zotero', '/papers disconnect zotero revoke:yes'],
  async run({ args: { service = 'zotero', revoke }, services: { zotero }, caller, signal }): Promise<Card> {
    if (!/\bzotero\b/i.test(service))
      throw new UserError('Only Zotero can be disconnected. Type: /papers disconnect zotero');
    const isRevoked = revoke === 'yes';
    if (!(await zotero.disconnect(caller, isRevoked, signal))) return NOT_CONNECTED;
    const key = isRevoked
      ? 'The key was deleted here and in Zotero.'
      : 'The key was deleted here. It is still valid: delete it at zotero.org/settings/keys if you no longer need it.';
    return {
      tone: 'done',
      title: 'Zotero is disconnected',
      blocks: [{ kind: 'text', text: ['Your list and your library in Zotero stay as they are. ', key] }],
    };
  },
});
