/** Forums, in which a post is a thread of its own: which channels are such, and what they want of a post. */
import {
  type APIChannel,
  type APIGuildForumTag,
  ChannelFlags,
  ChannelType,
  type Client,
  type ForumChannel,
  type MediaChannel,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';

export interface Forum {
  /** Ids of the tags to set on a post: none where the forum wants none, or has none that the bot may set. */
  readonly tags: readonly string[];
}

/** The facts of a forum that decide on a post's tags. */
export interface ForumRules {
  readonly requiresTag: boolean;
  readonly tags: readonly Pick<APIGuildForumTag, 'id' | 'name' | 'moderated'>[];
  /** Moderated tags are for those who manage threads. */
  readonly managesThreads: boolean;
}

/** What a tag for lists of papers may be called, the best fit first. */
const FITTING: readonly RegExp[] = [
  /paper|arxiv|preprint|publication/i,
  /research|reading|literature|journal|science/i,
  /news|daily|digest|trend|feed|links?\b|resource/i,
  /other|general|misc|\bbot/i,
];

/** @returns a look-up of the forum that a channel is; `undefined` for any other channel */
export function openForums(
  client: Client<true>,
  rest: REST,
): (channel: string) => Promise<Forum | undefined> {
  /** Channels that are not in the cache, of which the type never changes. */
  const others = new Set<string>();

  return async (channel) => {
    const known = client.channels.cache.get(channel);
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

/** One that fits where one is wanted: a forum without a tag on its post would refuse it. */
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
