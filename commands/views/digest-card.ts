/** Cards about the caller's digest. */
import { momentInWords } from '../../src/cards/feed-words.ts';
import { pageButton, undoButton } from '../../src/cards/paper-list.ts';
import type { Card } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import {
  DIGEST_PACES,
  DIGEST_PARTS,
  type DigestPace,
  type DigestPart,
  type Inbox,
  type InboxSettings,
} from '../../src/inbox/inbox.ts';
import { textBlock } from './feed-card.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const PART_WORDS: Readonly<Record<DigestPart, string>> = {
  trending: 'trending papers',
  recommended: 'papers recommended to you',
  changes: 'changes of the papers that you saved',
  team: 'how many papers your team saved',
};
const PACE_LABELS: Readonly<Record<DigestPace, string>> = {
  weekdays: 'Every weekday',
  weekly: 'Weekly',
  monthly: 'Monthly',
};
const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

interface Remarks {
  /** The settings before they were changed. */
  readonly before?: Inbox | undefined;
  /** The reason why the last digest did not arrive. */
  readonly failure?: string | undefined;
}

/** `You get a digest every weekday at 09:00 (Europe/Berlin), by private message.` */
export function digestSettings(settings: InboxSettings, next: Date, remarks: Remarks): Card {
  const { zone, leftOut, pace } = settings;
  const isShown = !('before' in remarks);
  const parts = DIGEST_PARTS.filter((part) => !leftOut.includes(part)).map((part) => PART_WORDS[part]);
  const out = leftOut.map((part) => PART_WORDS[part]);
  const sentences = [
    `You get a digest ${paceInWords(settings)}, by private message. Next: ${momentInWords(next, zone)}.`,
    `In it: ${all.format(parts)}.${out.length > 0 ? ` Left out: ${all.format(out)}.` : ''}`,
    'A digest without news is not sent, and no paper comes twice.',
    ...(remarks.failure === undefined ? [] : [`Your last digest did not arrive: ${remarks.failure}`]),
  ];
  return {
    tone: isShown ? 'plain' : 'done',
    blocks: sentences.map((each) => textBlock([each])),
    actions: [
      ...(isShown ? [] : [undoButton(undoLine(remarks.before, settings))]),
      ...DIGEST_PACES.filter((other) => other !== pace).map((other) =>
        pageButton(PACE_LABELS[other], digestLine({ when: other })),
      ),
      ...(isShown ? [pageButton('Stop', digestLine({ when: 'off' }))] : []),
    ],
    footer: [
      'Change it: ',
      { kind: 'code', text: '/papers digest time:8:30 without:team' },
      ' · Stop it: ',
      { kind: 'code', text: '/papers digest off' },
    ],
  };
}

export function digestIsOff(isStopped?: 'stopped'): Card {
  return {
    tone: isStopped ? 'done' : 'plain',
    blocks: [textBlock([isStopped ? 'Your digest is stopped.' : 'Your digest is off.'])],
    actions: [
      isStopped ? undoButton(digestLine({ when: 'on' })) : pageButton('Start', digestLine({ when: 'on' })),
    ],
  };
}

export function noDigestYet(): Card {
  return {
    tone: 'plain',
    blocks: [
      textBlock([
        'You get no digest yet. It brings trending papers, changes of the papers that you saved, and how many papers your team saved, by private message.',
      ]),
    ],
    actions: DIGEST_PACES.map((pace) => pageButton(PACE_LABELS[pace], digestLine({ when: pace }))),
    footer: ['Or with a time: ', { kind: 'code', text: '/papers digest weekly day:friday time:8:00' }],
  };
}

/** Restores every setting, or stops a digest that was off. */
function undoLine(before: Inbox | undefined, { leftOut }: InboxSettings): string {
  if (before?.nextAt === undefined) return digestLine({ when: 'off' });
  const { pace, weekday, time, zone } = before;
  return digestLine({
    when: pace,
    day: pace === 'weekly' ? DAYS[weekday - 1]?.toLowerCase() : undefined,
    time,
    zone,
    without: before.leftOut.find((part) => !leftOut.includes(part)),
    with: leftOut.find((part) => !before.leftOut.includes(part)),
  });
}

function digestLine(args: Readonly<Record<string, string | undefined>>): string {
  return formatLine({ root: 'papers', name: 'digest', args });
}

/** `every Friday at 08:00 (Europe/Berlin)`. */
function paceInWords({ pace, weekday, time, zone }: InboxSettings): string {
  const days: Readonly<Record<DigestPace, string>> = {
    weekdays: 'every weekday',
    weekly: `every ${DAYS[weekday - 1]}`,
    monthly: 'on the 1st of every month',
  };
  return `${days[pace]} at ${time} (${zone})`;
}
