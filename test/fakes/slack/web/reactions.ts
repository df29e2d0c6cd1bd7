/** Reactions: the bot's own, and the people who reacted. */
import { emitReaction, type Reacting } from '../events.ts';
import { toMessageJson } from '../json/messages.ts';
import type { Acknowledgement } from '../model.ts';
import { refusal } from '../refusal.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import { type Call, channelOf, type Method, messageOf, TIER_2, TIER_3 } from './method.ts';

/** `bookmark`, `+1::skin-tone-2`: names, never the characters themselves. */
const NAME = /^[a-z0-9_+'-]+(?:::skin-tone-[2-6])?$/;

export type OnAcknowledged = (acknowledgement: Acknowledgement) => void;

export function addReaction(world: World, reacting: Reacting, onAcknowledged?: OnAcknowledged): void {
  const { message, user, name } = reacting;
  if (!NAME.test(name)) throw refusal('invalid_name');
  const people = message.reactions.get(name) ?? new Set();
  if (people.has(user.id)) throw refusal('already_reacted');
  message.reactions.set(name, people.add(user.id));
  emitReaction(world, 'reaction_added', reacting, onAcknowledged);
}

export function removeReaction(world: World, reacting: Reacting, onAcknowledged?: OnAcknowledged): void {
  const { message, user, name } = reacting;
  if (!message.reactions.get(name)?.delete(user.id)) throw refusal('no_reaction');
  emitReaction(world, 'reaction_removed', reacting, onAcknowledged);
}

function reactingOf(call: Call): Reacting {
  const message = messageOf(channelOf(call), call.args.timestamp);
  return { message, user: call.workspace.botUser, name: call.args.name ?? '' };
}

function get(call: Call): JsonObject {
  const { message } = reactingOf(call);
  return { type: 'message', channel: message.channel.id, message: toMessageJson(message) };
}

function change(call: Call, act: typeof addReaction): JsonObject {
  const reacting = reactingOf(call);
  if (reacting.message.channel.archived) throw refusal('is_archived');
  act(call.world, reacting);
  return {};
}

const WRITE = ['reactions:write'];

export const reactionMethods: readonly Method[] = [
  { name: 'reactions.get', token: 'bot', scopes: ['reactions:read'], perMinute: TIER_3, run: get },
  {
    name: 'reactions.add',
    token: 'bot',
    scopes: WRITE,
    perMinute: TIER_3,
    run: (call) => change(call, addReaction),
  },
  {
    name: 'reactions.remove',
    token: 'bot',
    scopes: WRITE,
    perMinute: TIER_2,
    run: (call) => change(call, removeReaction),
  },
];
