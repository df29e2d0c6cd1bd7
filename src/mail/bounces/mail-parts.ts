/** Splits a raw message into the parts that tell a bounce, a complaint and an automatic reply apart. */
import { decodeHTML } from 'entities';
import PostalMime, { type Attachment, type Email } from 'postal-mime';

/** A header of a message, or a field of a report. */
export interface MailField {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

export interface MailParts {
  readonly headers: readonly MailField[];
  readonly subject: string;
  /** Address of the author, in lower case; empty if there is none. */
  readonly from: string;
  readonly fromName: string;
  /** The part for people, as plain text. */
  readonly text: string;
  /** `message/delivery-status`: https://datatracker.ietf.org/doc/html/rfc3464 */
  readonly deliveryStatus: string;
  /** `message/feedback-report`: https://datatracker.ietf.org/doc/html/rfc5965 */
  readonly feedback: string;
  /** Headers of the returned message. */
  readonly original: readonly MailField[];
  /** The message lacks a part that its headers announce: cut off, rewritten on its way, or forged. */
  readonly isDamaged: boolean;
}

/**
 * Reports come first and are small; the rest of a large message is the returned original. These limits keep
 * the slowest message under 100 ms, because the parser takes most of its time for each line.
 */
const MOST_BYTES = 128 * 1024;
const MOST_LINES = 2_500;
const MOST_TEXT = 32 * 1024;
const LINE_FEED = 10;
const MOST_HEADERS = 64 * 1024;
const DEEPEST = 16;

/** @returns `undefined` for a message that is nested too deeply or has too many headers to be a report */
export async function readMailParts(raw: Uint8Array): Promise<MailParts | undefined> {
  const bytes = beginningOf(raw);
  let mail: Email;
  try {
    mail = await PostalMime.parse(withoutMailboxLines(bytes), {
      forceRfc822Attachments: true,
      maxNestingDepth: DEEPEST,
      maxHeadersSize: MOST_HEADERS,
    });
  } catch {
    return undefined;
  }
  const headers = mail.headers.map(({ key, value }) => ({ name: key, value: cleanText(value) }));
  const { address = '', name = '' } = mail.from ?? {};
  const type = fieldOf(headers, 'content-type') ?? '';
  const body = bodyOf(mail);
  const deliveryStatus = textOfParts(mail, /^message\/(?:global-)?delivery-status$/);
  const isUnreadable = body.trim() === '' && mail.attachments.length === 0;
  return {
    headers,
    subject: cleanText(mail.subject ?? ''),
    from: address.toLowerCase(),
    fromName: name,
    text: cleanText(isUnreadable ? rawBodyOf(bytes) : body).slice(0, MOST_TEXT),
    deliveryStatus,
    feedback: textOfParts(mail, /^message\/feedback-report$/),
    original: parseFields(textOfParts(mail, /^(?:message\/(?:global|rfc822)|text\/rfc822)(?:-headers)?$/)),
    isDamaged:
      (isUnreadable && /^multipart\//i.test(type)) || (IS_REPORT.test(type) && deliveryStatus === ''),
  };
}

function beginningOf(raw: Uint8Array): Uint8Array {
  let end = 0;
  for (let lines = 0; lines < MOST_LINES; lines++) {
    const at = raw.indexOf(LINE_FEED, end);
    if (at === -1 || at >= MOST_BYTES) return raw.subarray(0, MOST_BYTES);
    end = at + 1;
  }
  return raw.subarray(0, end);
}

/** Lines of the mailbox format mbox before the first header, with what continues them. */
const MAILBOX_LINES = /^From [^\n]*\n(?:X-VM-[^\n]*\n(?:[ \t][^\n]*\n)*)?/;
const MOST_MAILBOX_BYTES = 2_048;

function withoutMailboxLines(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, MOST_MAILBOX_BYTES)).toString('latin1');
  return bytes.subarray(MAILBOX_LINES.exec(head)?.[0].length ?? 0);
}

function bodyOf({ text = '', html = '' }: Email): string {
  return text.trim() === '' ? htmlToLines(html.slice(0, 4 * MOST_TEXT)) : text;
}

const IS_REPORT = /report-type="?delivery-status/i;

/** Everything after the headers, for a message without parts that can be told apart. */
function rawBodyOf(bytes: Uint8Array): string {
  const [, ...rest] = new TextDecoder().decode(bytes).split(/\r?\n\r?\n/);
  return rest.join('\n\n');
}

const HIDDEN_HTML = /<(style|script|title)\b[^<>]*>[^<]*/gi;
const LINE_END = /<(?:br|\/p|\/div|\/tr|\/td|\/h\d|\/li)\b[^<>]*>/gi;

function htmlToLines(html: string): string {
  const lines = html.replace(HIDDEN_HTML, '').replace(LINE_END, '\n');
  return decodeHTML(lines.replace(/<[^<>]*>/g, ' '));
}

function textOfParts(mail: Email, type: RegExp): string {
  return mail.attachments
    .filter(({ mimeType }) => type.test(mimeType))
    .map(textOf)
    .join('\n\n');
}

function textOf({ content }: Attachment): string {
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  return cleanText(text).slice(0, MOST_TEXT);
}

/** Control characters other than tabs and line feeds. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(CONTROLS, '')
    .replace(/[\u00A0\u3000]/g, ' ');
}

const FIELD_START = /^([A-Za-z][\w-]{0,60})[ \t]*:[ \t]*(.*)$/;
const MOST_FIELDS = 500;

/** Reads fields up to the first empty line that follows one. Joins folded lines. */
export function parseFields(text: string): MailField[] {
  const fields: Array<{ name: string; value: string }> = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      if (fields.length > 0) break;
      continue;
    }
    const last = fields.at(-1);
    const [, name, value = ''] = FIELD_START.exec(line) ?? [];
    if (/^[ \t]/.test(line) && last) last.value += ` ${line.trim()}`;
    else if (name !== undefined) fields.push({ name: name.toLowerCase(), value: value.trim() });
    if (fields.length >= MOST_FIELDS) break;
  }
  return fields;
}

export function fieldOf(fields: readonly MailField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

export function allFieldsOf(fields: readonly MailField[], name: string): string[] {
  return fields.flatMap((field) => (field.name === name ? [field.value] : []));
}

/** Short enough for the longest address that SMTP allows: 64 characters, an @ and a domain of 255. */
const ADDRESS = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,253}[\p{L}\p{N}])?/gu;

/** Addresses in a text, without the characters that often surround them. */
export function addressesIn(text: string): string[] {
  return Array.from(text.slice(0, 2_000).matchAll(ADDRESS), ([found]) =>
    found.replace(/^(?:["'`=]+|smtp=|mailto=)+/i, '').replace(/^.*=(?=[^=@]+@)/, ''),
  ).filter((address) => !address.startsWith('@'));
}
