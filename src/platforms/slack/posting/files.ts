/**
 * Sends the file of a card. A private answer cannot hold a file, so it goes to the person's direct messages.
 * https://docs.slack.dev/messaging/working-with-files
 */
import type { webApi } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { Card, CardFile } from '../../../chat/card.ts';
import { timeoutSignal } from '../../../resilience/deadline.ts';
import { describeError, refusalOf } from '../connection/errors.ts';

/** A file of 10,000 papers has 15 MB. */
const UPLOAD_MS = 60_000;

const REFUSED: ReadonlyMap<string, string> = new Map([
  [
    'missing_scope',
    'the app lacks the permission files:write. Ask an administrator to paste the new manifest (paperboy manifest) and to install the app again.',
  ],
  ['file_uploads_disabled', 'this workspace does not allow files.'],
  ['file_type_not_allowed', 'this workspace does not allow files of this kind. Choose another format.'],
  ['file_upload_size_restricted', 'the file is too large. Narrow it down, for example with a tag or a time.'],
  ['storage_limit_reached', 'the workspace has no storage left. Ask an administrator to delete old files.'],
]);

interface Target {
  readonly client: webApi.WebClient;
  readonly person: string;
  /** The channel of the request. */
  readonly channel: string;
  readonly thread?: string;
}

/** Uploads the file. @returns the card with a sentence that says where the file is, or why there is none */
export async function withFileSent(card: Card, file: CardFile, to: Target, log: Logger): Promise<Card> {
  const isHere = to.channel.startsWith('D');
  try {
    await upload(file, to, isHere);
    return isHere ? card : withSentence(card, 'The file is in your direct messages with the bot.');
  } catch (error) {
    log.warn(describeError(error), 'slack: file not sent');
    const why = REFUSED.get(refusalOf(error) ?? '') ?? 'Slack does not respond. Try again in a moment.';
    return { ...withSentence(card, `The file was not sent: ${why}`), tone: 'problem' };
  }
}

async function upload({ name, content }: CardFile, to: Target, isHere: boolean): Promise<void> {
  const { client, person, channel, thread } = to;
  const bytes = Buffer.from(content, 'utf8');
  const { upload_url = '', file_id = '' } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  });
  const response = await fetch(upload_url, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/octet-stream' },
    redirect: 'error',
    signal: timeoutSignal(UPLOAD_MS),
  });
  if (!response.ok) throw new Error(`the upload was answered with status ${response.status}`);
  const target = isHere ? channel : (await client.conversations.open({ users: person })).channel?.id;
  if (target === undefined) throw new Error('no direct channel was opened');
  const files: [{ id: string; title: string }] = [{ id: file_id, title: name }];
  if (isHere && thread !== undefined) {
    await client.files.completeUploadExternal({ files, channel_id: target, thread_ts: thread });
  } else {
    await client.files.completeUploadExternal({ files, channel_id: target });
  }
}

function withSentence(card: Card, text: string): Card {
  return { ...card, blocks: [...card.blocks, { kind: 'text', text: [text] }] };
}
