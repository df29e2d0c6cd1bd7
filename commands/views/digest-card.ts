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

/** How digests come now. */
export type DigestWay =
  | {
      readonly kind: 'direct';
      /** Why they no longer come by e-mail. */
      readonly ended?: {
        readonly address: string;
        readonly by: 'bounce' | 'complaint';
        /** What the mail server said. */
        readonly words: string;
      };
    }
  | { readonly kind: 'mail'; readonly address: string };

interface Remarks {
  readonly way: DigestWay;
  /** The settings before they were changed. */
  readonly before?: Inbox | undefined;
  /** Something else than the settings was changed. */
  readonly isDone?: true;
  /** The reason why the last digest did not arrive. */
  readonly failure?: string | undefined;
}

/** `You get a digest every weekday at 09:00 (Europe/Berlin), by private message.` */
export function digestSettings(settings: InboxSettings, next: Date, remarks: Remarks): Card {
  const { zone, leftOut, pace } = settings;
  const { way, isDone = false } = remarks;
  const isChanged = 'before' in remarks;
  const isShown = !isDone && !isChanged;
  const parts = DIGEST_PARTS.filter((part) => !leftOut.includes(part)).map((part) => PART_WORDS[part]);
  const out = leftOut.map((part) => PART_WORDS[part]);
  const sentences = [
    `You get a digest ${paceInWords(settings)}, ${wayInWords(way)}. Next: ${momentInWords(next, zone)}.`,
    `In it: ${all.format(parts)}.${out.length > 0 ? ` Left out: ${all.format(out)}.` : ''}`,
    'A digest without news is not sent, and no paper comes twice.',
    ...endedWords(way),
    ...(remarks.failure === undefined ? [] : [`Your last digest did not arrive: ${remarks.failure}`]),
  ];
  return {
    tone: isShown ? 'plain' : 'done',
    blocks: sentences.map((each) => textBlock([each])),
    actions: [
      ...(isChanged ? [undoButton(undoLine(remarks.before, settings))] : []),
      ...DIGEST_PACES.filter((other) => other !== pace).map((other) =>
        pageButton(PACE_LABELS[other], digestLine({ when: other })),
      ),
      ...(isShown ? [pageButton('Stop', digestLine({ when: 'off' }))] : []),
      ...(isShown && way.kind === 'mail' ? [pageButton(DIRECT_LABEL, digestLine({ by: 'direct' }))] : []),
    ],
    footer: [
      'Change it: ',
      { kind: 'code', text: '/papers digest time:8:30 without:team' },
      ' · Stop it: ',
      { kind: 'code', text: '/papers digest off' },
    ],
  };
}

export function digestIsOff(isStopped?: 'stopped', way: DigestWay = { kind: 'direct' }): Card {
  const sentences = [isStopped ? 'Your digest is stopped.' : 'Your digest is off.', ...endedWords(way)];
  return {
    tone: isStopped ? 'done' : 'plain',
    blocks: sentences.map((each) => textBlock([each])),
    actions: [
      isStopped ? undoButton(digestLine({ when: 'on' })) : pageButton('Start', digestLine({ when: 'on' })),
    ],
  };
}

/** @param now how the digest comes until then; absent if there is none */
export function codeIsSent(address: string, now: DigestWay | undefined): Card {
  const until = now === undefined ? '' : ` Until then, the digest comes ${wayInWords(now)}.`;
  return {
    tone: 'done',
    blocks: [
      textBlock([
        `A code is on its way to ${address}. Type it here, such as `,
        { kind: 'code', text: '/papers digest code:123456' },
        `. It is valid for 30 minutes.${until}`,
      ]),
      textBlock(['If it does not arrive, look in the folder for spam, or check the address.']),
    ],
  };
}

export function addressWanted(isServed: boolean): Card {
  if (!isServed) {
    return {
      tone: 'problem',
      blocks: [textBlock([`${NO_MAIL} The digest comes by private message instead.`])],
      actions: [pageButton('Start', digestLine({ when: 'on' }))],
    };
  }
  return {
    tone: 'plain',
    blocks: [
      textBlock([
        'To which address? Type ',
        { kind: 'code', text: '/papers digest email:ada@lab.example' },
        ' with your own. A code that is sent there confirms it.',
      ]),
    ],
  };
}

const NO_MAIL = 'This bot sends no e-mail, because its administrator has not set SMTP_URL.';
const DIRECT_LABEL = 'By direct message';

function wayInWords(way: DigestWay): string {
  return way.kind === 'mail' ? `by e-mail to ${way.address}` : 'by private message';
}

function endedWords(way: DigestWay): string[] {
  const ended = way.kind === 'direct' ? way.ended : undefined;
  if (!ended) return [];
  const { address, by, words } = ended;
  const why =
    by === 'complaint'
      ? 'a digest was reported as spam'
      : `the address does not take it${words === '' ? '' : ` (“${words}”)`}`;
  return [
    `E-mail to ${address} has ended, because ${why}. For e-mail again, type /papers digest email: with your address.`,
  ];
}

export function noDigestYet(): Card {
  return {
    tone: 'plain',
    blocks: [
      textBlock([
        'You get no digest yet. It brings trending papers, changes of the papers that you saved, and how many papers your team saved, by private message or e-mail.',
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
