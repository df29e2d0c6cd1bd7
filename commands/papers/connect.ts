/** `/papers connect`: connects the caller's library in Zotero, or shows what is connected. */

import { UserError } from '../../src/base/errors.ts';
import { counted } from '../../src/cards/counts.ts';
import { clockInWords } from '../../src/cards/dates.ts';
import { type Card, type Field, sentence } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import type { Connected } from '../../src/zotero/accounts.ts';
import type { ZoteroConnection } from '../../src/zotero/zotero.ts';
import { defineCommand } from '../services.ts';

/** A key within other words, which its owner must not use any more. */
const KEY_IN_TEXT = /\b(?=[A-Za-z]*\d)[A-Za-z0-9]{24}\b/;

export const connect = defineCommand({
  root: 'papers',
  name: 'connect',
  group: { name: 'zotero', as: 'connect' },
  description: 'Keep your list and a collection in Zotero the same.',
  visibility: 'private',
  options: {
    service: {
      type: 'string',
      description: 'zotero',
      maxLength: 100,
      reads: 'plain',
      input: 'none',
      isSurely: (text) => /^zotero$/i.test(text.trim()),
      fits: (word) => /^(?:to|with|my|the|account|library|zotero)$/i.test(word) || KEY_IN_TEXT.test(word),
    },
    key: {
      type: 'string',
      description: 'From zotero.org/settings/keys/new, with library and write access',
      maxLength: 100,
      secret: true,
    },
    collection: {
      type: 'string',
      description: 'Collection to use; it is created if there is none',
      maxLength: 200,
    },
    group: {
      type: 'string',
      description: 'Name of a group, to use its library instead of your own',
      maxLength: 200,
    },
    start: {
      type: 'choice',
      description: 'yes begins the first sync of a large collection',
      choices: ['no', 'yes'],
      default: 'no',
      input: 'none',
    },
  },
  changes: true,
  alsoCalled: ['link zotero', 'link my zotero', 'sync zotero', 'sync with zotero'],
  rest: 'service',
  examples: ['/papers connect zotero', '/papers connect'],
  async form({ services: { zotero }, typed: { service = '', start, ...others } }) {
    // A key in the text is refused by `run`.
    const isAsked = isZotero(String(service)) && !KEY_IN_TEXT.test(String(service));
    if (!isAsked || start !== undefined) return undefined;
    return { collection: zotero.defaultCollection, ...others };
  },
  async run({ args, services: { zotero }, caller, now, signal }): Promise<Card> {
    const { service = '', key, collection = zotero.defaultCollection, group, start } = args;
    if (KEY_IN_TEXT.test(service))
      throw new UserError(
        'Never type a key in a message. Delete that key at zotero.org/settings/keys, make a new one, and type only: /papers connect zotero',
      );
    if (service !== '' && !isZotero(service))
      throw new UserError('Only Zotero can be connected. Type: /papers connect zotero');
    if (key !== undefined) {
      const request = { key, collection, ...(group !== undefined && { group }) };
      return connectedCard(await zotero.connect(caller, request, signal));
    }
    const connection = await zotero.of(caller);
    if (!connection) return EXPLANATION;
    if (start === 'yes') await zotero.start(connection);
    return statusCard((await zotero.of(caller)) ?? connection, now);
  },
});

function isZotero(text: string): boolean {
  return /\bzotero\b/i.test(text);
}

const ENTER_KEY = {
  kind: 'run',
  label: 'Enter the key',
  line: formatLine({ root: 'papers', name: 'connect', args: { service: 'zotero' } }),
  effect: 'answer',
} as const;

const DISCONNECT = {
  kind: 'run',
  label: 'Disconnect',
  line: formatLine({ root: 'papers', name: 'disconnect', args: { service: 'zotero' } }),
  effect: 'answer',
} as const;

const EXPLANATION: Card = {
  tone: 'plain',
  title: 'Connect Zotero',
  blocks: [
    {
      kind: 'text',
      text: [
        'Papers that you save here appear in a collection in Zotero, and papers in that collection appear on your list. Tags go both ways.',
      ],
    },
    {
      kind: 'text',
      text: [
        'Make a key with library access and write access at zotero.org/settings/keys/new. Then press the button, or type ',
        { kind: 'code', text: '/papers connect zotero' },
        ', and enter it in the form that opens. Never send a key in a message.',
      ],
    },
  ],
  actions: [
    ENTER_KEY,
    { kind: 'link', label: 'Make a key', url: 'https://www.zotero.org/settings/keys/new' },
  ],
};

function connectedCard({ connection, incoming, seesNotes }: Connected): Card {
  const { account, collectionName, isCreated, state } = connection;
  const notes = seesNotes ? [] : [text('The key has no access to notes. Papers and tags need none.')];
  const shared = text(
    'The titles and abstracts of these papers can be found by everyone who uses this bot. Who saved them stays private.',
  );
  if (state === 'asked') {
    return {
      tone: 'plain',
      title: `${counted(incoming, 'paper')} would be saved to your list`,
      blocks: [
        text(`The key belongs to ${account}, and may read and write ${whose(connection)}.`),
        text(
          `The collection “${collectionName}” has ${counted(incoming, 'item')}. Nothing is synced until you say so.`,
        ),
        ...(incoming > 0 ? [shared] : []),
        ...notes,
      ],
      actions: [
        {
          kind: 'run',
          label: 'Start the sync',
          line: formatLine({ root: 'papers', name: 'connect', args: { service: 'zotero', start: 'yes' } }),
          effect: 'answer',
        },
        DISCONNECT,
      ],
    };
  }
  const comingIn =
    incoming === 0 ? 'Nothing comes in yet.' : `${counted(incoming, 'paper')} will be saved to your list.`;
  return {
    tone: 'done',
    title: 'Zotero is connected',
    blocks: [
      text(`The key belongs to ${account}, and may read and write ${whose(connection)}.`),
      text(
        isCreated
          ? `Your list and the collection “${collectionName}” are kept the same. ${comingIn}`
          : `The collection “${collectionName}” is created, and gets the papers on your list.`,
      ),
      ...(incoming > 0 ? [shared] : []),
      ...notes,
    ],
    footer: ['The first sync begins within a minute. See ', { kind: 'code', text: '/papers connect' }],
  };
}

function statusCard(connection: ZoteroConnection, now: Date): Card {
  const { account, collectionName, state, problem, syncedAt } = connection;
  const last = syncedAt === undefined ? 'not yet' : `${clockInWords(syncedAt, 'UTC', now)} UTC`;
  const fields: Field[] = [
    { name: 'Account', value: [account] },
    { name: 'Library', value: [whose(connection)] },
    { name: 'Collection', value: [collectionName] },
    { name: 'Last sync', value: [last] },
    ...(state === 'asked' ? [{ name: 'State', value: ['waits for your yes'] }] : []),
    ...(problem === undefined ? [] : [{ name: 'Problem', value: [problem] }]),
  ];
  return {
    tone: state === 'stopped' ? 'problem' : 'plain',
    title: state === 'stopped' ? 'Zotero is connected, but no longer synced' : 'Zotero is connected',
    blocks: [{ kind: 'fields', fields }],
    actions: [{ ...ENTER_KEY, label: 'Enter a new key' }, DISCONNECT],
  };
}

function whose({ library, libraryName }: ZoteroConnection): string {
  return library.startsWith('groups/') ? `the library of the group “${libraryName}”` : 'your library';
}

function text(words: string) {
  return { kind: 'text', text: [words] } as const;
}

/** The answer to a person without a connection. */
export const NOT_CONNECTED: Card = sentence(
  'No library in Zotero is connected. Connect one with /papers connect zotero.',
  'problem',
);
