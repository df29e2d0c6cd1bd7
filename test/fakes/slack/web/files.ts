/** Files in three steps: an address, the bytes, and the conversation in which the file is shown. */
import { emitMessage } from '../events.ts';
import { createMessage } from '../message.ts';
import type { FakeFile } from '../model.ts';
import { refusal } from '../refusal.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import { type Call, channelOf, type Method, TIER_4 } from './method.ts';

export const UPLOAD = '/upload/';

function getUploadURL({ world, args }: Call): JsonObject {
  const length = Number(args.length ?? 0);
  if (!args.filename || !(length > 0)) throw refusal('missing_argument');
  const file: FakeFile = {
    id: world.ids.next('F'),
    name: args.filename,
    length,
    content: undefined,
    isShared: false,
  };
  world.files.set(file.id, file);
  return { upload_url: `${world.origin}${UPLOAD}${file.id}`, file_id: file.id };
}

/** The bytes come without a token. */
export function receiveFile(world: World, id: string, bytes: Buffer, authorization: string | undefined) {
  const file = world.files.get(id);
  if (file === undefined) return { status: 404, body: 'Not found' };
  if (authorization !== undefined) world.journal.violation('an upload must not carry the token');
  if (bytes.length !== file.length)
    world.journal.violation(`an upload of ${bytes.length} bytes, but ${file.length} were announced`);
  file.content = bytes.toString('utf8');
  return { status: 200, body: `OK - ${bytes.length}` };
}

function complete(call: Call): JsonObject {
  const { world, workspace, args } = call;
  const files = (args.files ?? []).map(({ id }) => {
    const file = world.files.get(id);
    if (file?.content === undefined || file.isShared) throw refusal('file_not_found');
    return file;
  });
  if (files.length === 0) throw refusal('invalid_arguments');
  const shared = files.map((file) => ({ id: file.id, name: file.name, title: file.name, size: file.length }));
  if (args.channel_id === undefined) return { files: shared };
  const channel = channelOf({ ...call, args: { ...args, channel: args.channel_id } });
  if (!channel.isMember && channel.kind !== 'im') throw refusal('not_in_channel');
  for (const file of files) file.isShared = true;
  const body = { text: '', ...(args.thread_ts !== undefined && { thread_ts: args.thread_ts }) };
  const author = workspace.botUser;
  const message = createMessage(world, { channel, author, body, subtype: 'file_share', files: shared });
  emitMessage(world, message);
  return { files: shared };
}

export const fileMethods: readonly Method[] = [
  {
    name: 'files.getUploadURLExternal',
    token: 'bot',
    scopes: ['files:write'],
    perMinute: TIER_4,
    run: getUploadURL,
  },
  {
    name: 'files.completeUploadExternal',
    token: 'bot',
    scopes: ['files:write'],
    perMinute: TIER_4,
    run: complete,
  },
];
