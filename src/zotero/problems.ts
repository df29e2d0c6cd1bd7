/** Problems of a connection, as sentences for its person. */
import type { Card } from '../chat/card.ts';
import { type ZoteroClient, ZoteroRefusal } from './client.ts';
import type { ZoteroTarget } from './zotero.ts';

/** The line that connects again. */
const AGAIN = 'Make a new key at zotero.org/settings/keys, and connect again with /papers connect zotero.';

/** A problem that only the person can solve; the sync stops. */
export class NeedsPersonError extends Error {
  override readonly name = 'NeedsPersonError';
}

export const COLLECTION_GONE =
  'The collection no longer exists in Zotero, so nothing was changed on your list. Connect again with /papers connect zotero to use another one.';

export const KEY_REVOKED = `Zotero no longer accepts the key. ${AGAIN}`;

export const KEY_UNREADABLE =
  'The stored key cannot be decrypted, because the administrator changed SECRET_KEY. Connect again with /papers connect zotero.';

/** Zotero answers 403 for a revoked key, and for rights that a key never had or lost. */
export async function whyForbidden(client: ZoteroClient, target: ZoteroTarget): Promise<string> {
  try {
    const { access, userID } = await client.key();
    const [kind, id = ''] = target.library.split('/');
    if (kind === 'groups') {
      const granted = access.groups?.[id] ?? access.groups?.['all'];
      if (!granted?.library)
        return `The key no longer has access to the group “${target.libraryName}”. ${AGAIN}`;
      if (!granted.write) return `The key may no longer write to the group “${target.libraryName}”. ${AGAIN}`;
      const group = (await client.groups(userID)).find((each) => String(each.id) === id);
      if (!group) return `You are no longer a member of the group “${target.libraryName}”. ${AGAIN}`;
      return `You may no longer edit the group “${target.libraryName}”. Ask its owner, then connect again with /papers connect zotero.`;
    }
    if (!access.user?.library) return `The key no longer has access to your library. ${AGAIN}`;
    return `The key may no longer write to your library. ${AGAIN}`;
  } catch (error) {
    if (error instanceof ZoteroRefusal && error.status === 403) return KEY_REVOKED;
    throw error;
  }
}

/** @param refused what Zotero said about each item */
export function refusedInWords(refused: readonly string[]): string {
  const [first = ''] = refused;
  const papers = refused.length === 1 ? '1 paper' : `${refused.length} papers`;
  return `${papers} could not be written to Zotero: ${first.slice(0, 120).replace(/\.$/, '')}.`;
}

/** The message to a person whose library is no longer synced. */
export function stoppedNotice(problem: string): Card {
  return {
    tone: 'problem',
    title: 'Zotero is no longer synced',
    blocks: [
      { kind: 'text', text: [problem] },
      { kind: 'text', text: ['Your list stays as it is. This message comes once.'] },
    ],
    actions: [
      {
        kind: 'run',
        label: 'Show the connection',
        line: '/papers connect',
        effect: 'answer',
      },
    ],
  };
}
