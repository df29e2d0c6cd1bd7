/** The URL that comes with a command or an action: five answers within half an hour. */

import { emitMessage, emitMessageChanged, emitMessageDeleted } from '../events.ts';
import type { Interaction } from '../interaction.ts';
import { toMessageJson } from '../json/messages.ts';
import { createMessage, deleteMessage, editMessage } from '../message.ts';
import type { FakeMessage } from '../model.ts';
import { Refusal, refusal } from '../refusal.ts';
import { demandMessage } from '../rules/messages.ts';
import type { JsonObject, ResponseBody } from '../wire.ts';
import type { World } from '../world.ts';

const WHERE = 'response_url';

interface Answer {
  readonly status: number;
  readonly body: JsonObject | string;
}

/** `path` is the part after `/respond/`: the workspace and the interaction. */
export function respond(world: World, path: string, body: JsonObject): Answer {
  const id = path.split('/')[1];
  const interaction = [...world.interactions].find((each) => each.id === id);
  if (!interaction?.making.channel) return { status: 404, body: { ok: false, error: 'expired_url' } };
  if (interaction.isOver(world.now())) {
    const used = interaction.uses > 0 ? 'used_url' : 'expired_url';
    return { status: 404, body: { ok: false, error: used } };
  }
  try {
    showResponse(world, interaction, body as ResponseBody, WHERE);
    interaction.uses++;
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (error instanceof Refusal) return { status: 500, body: error.body };
    throw error;
  }
}

/** The effect of an answer: a new message (ephemeral by default), a replacement of the old one, or none. */
export function showResponse(
  world: World,
  interaction: Interaction,
  body: ResponseBody,
  where: string,
): void {
  const { making } = interaction;
  const original = making.message ?? interaction.messages().at(-1);
  if (body.delete_original) {
    if (original) takeBack(world, original);
    return;
  }
  demandMessage(world, where, body);
  if (body.replace_original && original && !original.deleted) {
    const previous = toMessageJson(original);
    editMessage(world, original, body);
    if (!original.onlyFor) emitMessageChanged(world, original, previous);
    interaction.show(original);
    return;
  }
  const { channel, workspace, user } = making;
  if (!channel) throw refusal('invalid_channel');
  const inChannel = body.response_type === 'in_channel';
  const message = createMessage(world, {
    channel,
    author: workspace.botUser,
    body,
    subtype: 'bot_message',
    ...(!inChannel && { onlyFor: user }),
  });
  interaction.show(message);
  if (inChannel) emitMessage(world, message);
}

function takeBack(world: World, message: FakeMessage): void {
  const previous = toMessageJson(message);
  deleteMessage(message);
  if (!message.onlyFor) emitMessageDeleted(world, message, previous);
}
