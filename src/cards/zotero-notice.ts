/** The message to a person whose library in Zotero is no longer synced. */
import type { Card } from '../chat/card.ts';
import { formatLine } from '../command/line.ts';

/** @param problem a sentence with the next step */
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
        line: formatLine({ root: 'papers', name: 'connect', args: {} }),
        effect: 'answer',
      },
    ],
  };
}
