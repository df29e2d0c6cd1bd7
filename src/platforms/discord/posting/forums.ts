/** Forums, in which each post is a thread: detects them and chooses the tags of a post. */
import {
  type APIChannel,
  type APIGuildForumTag,
  ChannelFlags,
  ChannelType,
  type ForumChannel,
  type MediaChannel,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import type { Gateway } from '../connection/gateway.ts';

export interface Forum {
  /** Ids of the tags for a post. Empty if the forum requires none, or has none that the bot may use. */
  readonly tags: readonly string[];
}

/** Facts about a forum that determine a post's tags. */
export interface ForumRules {
  readonly requiresTag: boolean;
  readonly tags: readonly Pick<APIGuildForumTag, 'id' | 'name' | 'moderated'>[];
  /** Moderated tags require the permission to manage threads. */
  readonly managesThreads: boolean;
}

/** Names of suitable tags for lists of papers, the best first. */
const FITTING: readonly RegExp[] = [
  /paper|arxiv|preprint|publication/i,
  /research|reading|literature|journal|science/i,
  /news|daily|digest|trend|feed|links?\b|resource/i,
  /other|general|misc|\bbot/i,
];

/** @returns a lookup for forums, which returns `undefined` for any other channel */
export function openForums(gateway: Gateway, rest: REST): (channel: string) => Promise<Forum | undefined> {
  /** Channels that are not in the cache. Their type never changes. */
  const others = new Set<string>();

  return async (channel) => {
    const known = gateway.channel(channel);
    if (known) return known.isThreadOnly() ? { tags: tagsFor(rulesOf(known)) } : undefined;
    if (others.has(channel)) return undefined;
    const found = (await rest.get(Routes.channel(channel))) as APIChannel;
    if (found.type !== ChannelType.GuildForum && found.type !== ChannelType.GuildMedia) {
      others.add(channel);
      return undefined;
    }
    const requiresTag = ((found.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
    return { tags: tagsFor({ requiresTag, tags: found.available_tags, managesThreads: false }) };
  };
}

/** A suitable tag if one is required: the forum would reject a post without one. */
export function tagsFor({ requiresTag, tags, managesThreads }: ForumRules): string[] {
  if (!requiresTag) return [];
  const free = tags.filter(({ moderated }) => !moderated);
  const usable = managesThreads && free.length === 0 ? tags : free;
  const rankOf = ({ name }: { readonly name: string }) => {
    const at = FITTING.findIndex((words) => words.test(name));
    return at < 0 ? FITTING.length : at;
  };
  return usable
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, 1)
    .map(({ id }) => id);
}

function rulesOf(forum: ForumChannel | MediaChannel): ForumRules {
  return {
    requiresTag: forum.flags.has(ChannelFlags.RequireTag),
    tags: forum.availableTags,
    managesThreads: forum.permissionsFor(forum.client.user)?.has(PermissionFlagsBits.ManageThreads) === true,
  };
}
