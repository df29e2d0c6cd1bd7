/** Turns the file of a card into an attachment within the limit of its message. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Card, CardFile } from '../../../chat/card.ts';
import { ATTACHMENT } from '../rendering/limits.ts';

export interface Attachment {
  readonly name: string;
  readonly attachment: Buffer;
}

interface Attached {
  /** With a sentence if the file is compressed, or too large even so. */
  readonly card: Card;
  readonly files: readonly Attachment[];
}

const compress = promisify(gzip);

/** @param limit bytes; a server with boosts allows more */
export async function attach(card: Card, limit: number = ATTACHMENT): Promise<Attached> {
  if (card.file === undefined) return { card, files: [] };
  const whole = bytesOf(card.file);
  if (whole.length <= limit) return { card, files: [{ name: card.file.name, attachment: whole }] };
  const packed = await compress(whole);
  if (packed.length <= limit) {
    const name = `${card.file.name}.gz`;
    const sentence = `The file is compressed, because Discord allows ${inMegabytes(limit)} here: ${name}`;
    return { card: withSentence(card, sentence), files: [{ name, attachment: packed }] };
  }
  const sentence = `The file is too large for Discord, which allows ${inMegabytes(limit)} here. Narrow it down, for example with a tag or a time.`;
  return { card: withSentence(card, sentence), files: [] };
}

function bytesOf({ content }: CardFile): Buffer {
  return Buffer.from(content, 'utf8');
}

function withSentence(card: Card, text: string): Card {
  return { ...card, blocks: [...card.blocks, { kind: 'text', text: [text] }] };
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / 1_048_576)} MB`;
}
