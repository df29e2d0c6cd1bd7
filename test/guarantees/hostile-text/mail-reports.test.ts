/** No message to the bounce address blocks the thread that reads it, however large or broken it is. */
import { expect, it } from 'vitest';
import { readMailReport } from '../../../src/mail/bounces/read-report.ts';
import { leastCpuTimeAsync } from '../../support/cpu-time.ts';

const BYTES = 10_000_000;
const HEADERS = 'From: MAILER-DAEMON@mx.example\nSubject: Undeliverable\nReturn-Path: <>\n';

function filled(piece: string): string {
  return piece.repeat(BYTES / piece.length);
}

function nested(depth: number): string {
  return Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`,
  ).join('');
}

const encoded = (encoding: string, piece: string) =>
  `${HEADERS}Content-Type: text/plain; charset=no-such-charset\nContent-Transfer-Encoding: ${encoding}\n\n${filled(piece)}`;
const html = (piece: string) => `${HEADERS}Content-Type: text/html\n\n${filled(piece)}`;
const parts = (piece: string) => `${HEADERS}Content-Type: multipart/mixed; boundary=b\n\n${filled(piece)}`;

const BODIES = [
  ...['\n', ' ', 'a', '\0', '\xff', '-', '<', '{', '----- \n', 'a: b\n', '>>> DATA\n<<< a\n', 'mailto:'],
  ...['a@', '<a@b.example>\n', 'a@b.example ', 'a@b.example\n', 'to a@', '(a@b.', '5.1.1 ', '550-5.', '550 '],
  ...['user ', 'mailbox is ', 'unknown user <', 'no such ', 'user (', 'not a valid ', 'quota ', 'exceeded '],
  ...['Final-Recipient: rfc822;a@b.example\nAction: failed\n\n', 'delivery of ', 'could not be ', 'x\n550 '],
];

const MESSAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    BODIES.map((piece) => [`a body of ${JSON.stringify(piece)}`, `${HEADERS}\n${filled(piece)}`]),
  ),
  'endless nesting': HEADERS + nested(50_000),
  'nesting just below the limit': HEADERS + nested(15) + filled('x\n'),
  'messages in messages': HEADERS + filled('Content-Type: message/rfc822\n\n'),
  'empty parts': parts('--b\n'),
  'small parts': parts('--b\n\na\n'),
  'a report with endless recipients': `${HEADERS}Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n${filled('Final-Recipient: rfc822;a@b.example\nAction: failed\n\n')}`,
  'endless headers': HEADERS + filled('X: y\n'),
  'an endless header': `${HEADERS}X: ${filled('y')}`,
  'a header with endless lines': `${HEADERS}X: y\n${filled(' y\n')}`,
  'an endless author': `From: ${filled('"(')}\n\nx`,
  'endless authors': `From: ${filled('a@b, ')}\n\nx`,
  'encoded words': `From: MAILER-DAEMON@mx.example\nSubject: ${filled('=?utf-8?q?a?= ')}\n\nx`,
  'quoted-printable': encoded('quoted-printable', '=3D'),
  'broken quoted-printable': encoded('quoted-printable', '=\n'),
  'broken base64': encoded('base64', 'A\n'),
  'open tags': html('<'),
  'open styles': html('<style '),
  'open breaks': html('<br '),
  entities: html('&lt;'),
  'broken entities': html('&'),
  'broken JSON': `${HEADERS}\n{"notificationType":"${filled('{')}`,
};

/** Milliseconds, of which a quiet machine needs 60 at most. What is quadratic takes minutes. */
const LIMIT = 300;

it.each(Object.keys(MESSAGES))('%s is read in linear time', async (name) => {
  const raw = Buffer.from(MESSAGES[name] ?? '', 'latin1');
  const took = await leastCpuTimeAsync(LIMIT, async () => {
    const { recipients } = await readMailReport(raw);
    expect(recipients.length).toBeLessThanOrEqual(100);
  });
  expect(took).toBeLessThan(LIMIT);
});
