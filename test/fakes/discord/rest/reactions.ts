/** Reactions: the bot's own, and the people who reacted. */
import { emitReaction, type Reaction } from '../events.ts';
import { toUserJson } from '../json/people.ts';
import type { FakeMessage } from '../model.ts';
import { ReactionType } from '../protocol.ts';
import { refusal } from '../refusal.ts';
import { isNewer } from '../snowflake.ts';
import type { World } from '../world.ts';
import { channelOf, demand, messageOf } from './find.ts';
import { type Answer, type Call, NO_CONTENT, ok, type Route } from './route.ts';

const DISTINCT = 20;
const PAGE = 100;

/** A single emoji, not a word: `👍`, or `name:id` for a guild's own. */
function isEmoji(text: string): boolean {
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}|^[#*0-9]\uFE0F?\u20E3$|^\w+:\d+$/u.test(text);
}

function shelfOf({ message, burst = false }: Pick<Reaction, 'message' | 'burst'>) {
  return burst ? message.superReactions : message.reactions;
}

/** Emoji with a normal or a super reaction. */
function emojiOn({ reactions, superReactions }: FakeMessage): Set<string> {
  const standing = [...reactions, ...superReactions].filter(([, { size }]) => size > 0);
  return new Set(standing.map(([emoji]) => emoji));
}

/** Whether anything changed: reacting twice has no further effect. */
export function addReaction(world: World, reacting: Reaction): boolean {
  const { message, user, emoji } = reacting;
  if (!isEmoji(emoji)) throw refusal(10014);
  const people = shelfOf(reacting).get(emoji) ?? new Set();
  if (people.has(user.id)) return false;
  const standing = emojiOn(message);
  if (!standing.has(emoji) && standing.size >= DISTINCT) throw refusal(30010);
  shelfOf(reacting).set(emoji, people.add(user.id));
  emitReaction(world, true, reacting);
  return true;
}

export function removeReaction(world: World, reacting: Reaction): boolean {
  const { user, emoji } = reacting;
  if (!shelfOf(reacting).get(emoji)?.delete(user.id)) return false;
  emitReaction(world, false, reacting);
  return true;
}

function reactingOf(call: Call): Reaction {
  const channel = channelOf(call);
  const message = messageOf(channel, call.params['message']);
  return { channel, message, user: call.world.bot, emoji: call.params['emoji'] ?? '' };
}

/** Reactions of one type, the normal one by default. Sorted by ID, at most 100 people, 25 by default. */
function list(call: Call): Answer {
  const { world, query } = call;
  const { channel, message, emoji } = reactingOf(call);
  if (!channel.recipient) demand(channel, 'ReadMessageHistory');
  const limit = Math.min(PAGE, Number(query.get('limit') ?? 25));
  const after = query.get('after') ?? '0';
  const burst = Number(query.get('type') ?? ReactionType.Normal) === ReactionType.Burst;
  const people = [...(shelfOf({ message, burst }).get(emoji) ?? [])]
    .filter((id) => isNewer(id, after))
    .toSorted((a, b) => (isNewer(a, b) ? 1 : -1));
  return ok(people.slice(0, limit).flatMap((id) => toUserJson(world.users.get(id) ?? world.bot)));
}

const BASE = '/channels/:channel/messages/:message/reactions/:emoji';

export const reactionRoutes: readonly Route[] = [
  { method: 'GET', path: BASE, run: list },
  {
    method: 'PUT',
    path: `${BASE}/@me`,
    run: (call) => {
      const reacting = reactingOf(call);
      if (reacting.channel.archived) throw refusal(50083);
      if (!reacting.channel.recipient) demand(reacting.channel, 'AddReactions', 'ReadMessageHistory');
      addReaction(call.world, reacting);
      return NO_CONTENT;
    },
  },
  {
    method: 'DELETE',
    path: `${BASE}/@me`,
    run: (call) => {
      removeReaction(call.world, reactingOf(call));
      return NO_CONTENT;
    },
  },
];
