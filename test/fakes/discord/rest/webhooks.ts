/** Edits and follow-ups of an interaction's answer, with the interaction's token instead of the bot's. */
import { emitMessageGone } from '../events.ts';
import { toMessageJson } from '../json/messages.ts';
import type { FakeMessage, Interaction } from '../model.ts';
import { MessageFlag } from '../protocol.ts';
import { refusal } from '../refusal.ts';
import { checkMessage } from '../rules/messages.ts';
import type { MessageBody } from '../wire.ts';
import { changeAnswer, makeAnswer } from './callbacks.ts';
import { type Answer, type Call, NO_CONTENT, ok, type Route } from './route.ts';

/** Before its first response an interaction has no webhook. After 15 minutes its token is void. */
function demandOpen({ world, params }: Call): Interaction {
  const interaction = world.interactions.get(params['token'] ?? '');
  if (params['application'] !== world.applicationId || !interaction?.acknowledgement) throw refusal(10015);
  if (interaction.isOver(world.now())) throw refusal(50027);
  return interaction;
}

function messageOf(call: Call, interaction: Interaction): FakeMessage {
  const id = call.params['message'];
  const message = id === '@original' ? interaction.original : interaction.made.find((made) => made.id === id);
  if (!message || message.deleted) throw refusal(10008);
  return message;
}

function followUp(call: Call): Answer {
  const { world, where } = call;
  const interaction = demandOpen(call);
  const body = call.body as MessageBody;
  checkMessage(world, body, { where, edit: false, files: call.files.length });
  const waiting = interaction.placeholder;
  if (waiting) changeAnswer(call, interaction, waiting, body);
  const message = waiting ?? makeAnswer(call, interaction, body, (body.flags ?? 0) & MessageFlag.Ephemeral);
  return ok(toMessageJson(world, message));
}

function change(call: Call): Answer {
  const { world, where } = call;
  const interaction = demandOpen(call);
  const message = messageOf(call, interaction);
  const body = call.body as MessageBody;
  // Filling the placeholder is the answer itself, so it must not be empty.
  checkMessage(world, body, { where, edit: message !== interaction.placeholder, files: call.files.length });
  changeAnswer(call, interaction, message, body);
  return ok(toMessageJson(world, message));
}

function remove(call: Call): Answer {
  const interaction = demandOpen(call);
  const message = messageOf(call, interaction);
  message.deleted = true;
  emitMessageGone(call.world, interaction.making.channel, message);
  return NO_CONTENT;
}

function look(call: Call): Answer {
  return ok(toMessageJson(call.world, messageOf(call, demandOpen(call))));
}

const BASE = '/webhooks/:application/:token';

export const webhookRoutes: readonly Route[] = [
  { method: 'POST', path: BASE, operation: 'execute_webhook', open: true, run: followUp },
  { method: 'GET', path: `${BASE}/messages/:message`, open: true, run: look },
  {
    method: 'PATCH',
    path: `${BASE}/messages/:message`,
    operation: 'update_webhook_message',
    open: true,
    run: change,
  },
  { method: 'DELETE', path: `${BASE}/messages/:message`, open: true, run: remove },
];
