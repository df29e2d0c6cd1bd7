/** Finds the watch that a command is about, and the person or channel that has it. */
import { UserError } from '../../../src/base/errors.ts';
import { termsInWords } from '../../../src/cards/watch-words.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import { titleKey } from '../../../src/text/ids.ts';
import type { ListedWatch, WatchTarget } from '../../../src/watches/watch.ts';
import { mayManage } from '../../may-manage.ts';
import type { Services } from '../../services.ts';
import { quoteInput, unquoted } from '../../views/quote.ts';

/** Watches that an error lists. */
const LISTED = 5;
const NUMBER = /^(?:watch\s*)?(?:no\.?\s*|number\s*|#\s*)?(\d{1,15})$/iu;
/** Around the words of a watch: “my watch on diffusion papers”. */
const AROUND =
  /^(?:(?:my|the|our|this)\s+)?(?:watch(?:es)?\s+)?(?:(?:on|for|about)\s+)?(?:(?:new\s+)?papers?\s+(?:on|about|by|with|like)\s+)?|\s+(?:papers?|find|found|turn up)$/giu;

export function ownTarget({ platform, workspace, person }: Caller): WatchTarget {
  return { kind: 'person', person: { platform, workspace, person } };
}

/**
 * The caller's channel, if they may decide what it gets, as with feeds.
 * @throws UserError if they may not, or if nothing can be posted there
 */
export async function channelTarget(services: Services, caller: Caller): Promise<WatchTarget> {
  const { channel, postingRights } = caller;
  if (channel === undefined) {
    throw new UserError(
      'Papers cannot be posted here. Use /papers watch in the channel that should get them, or leave out to:channel.',
    );
  }
  if (!(await mayManage(services, caller))) {
    throw new UserError(
      'Only channel managers can change this channel’s watches. Leave out to:channel to be told by private message.',
    );
  }
  if (postingRights?.refusal !== undefined) throw new UserError(postingRights.refusal);
  return { kind: 'channel', channel };
}

/** The caller's watches, and then those of the channel. */
export async function watchesFor(
  { watches }: Pick<Services, 'watches'>,
  caller: Caller,
  now: Date,
): Promise<ListedWatch[]> {
  const own = await watches.of(ownTarget(caller), now);
  const { channel } = caller;
  return channel === undefined ? own : [...own, ...(await watches.of({ kind: 'channel', channel }, now))];
}

/**
 * @param typed its number or its words; may be absent if there is only one
 * @throws UserError that lists the watches if the choice is not clear, or if the caller may not change it
 */
export async function resolveWatch(
  services: Services,
  caller: Caller,
  typed: string | undefined,
  now: Date,
): Promise<ListedWatch> {
  const watch = await findWatch(services, caller, typed, now);
  if (watch.target.kind === 'channel') await channelTarget(services, caller);
  return watch;
}

/**
 * Like `resolveWatch`, for reading only.
 * @throws UserError that lists the watches if the choice is not clear
 */
export async function findWatch(
  services: Services,
  caller: Caller,
  typed: string | undefined,
  now: Date,
): Promise<ListedWatch> {
  const all = await watchesFor(services, caller, now);
  if (all.length === 0) {
    throw new UserError(
      'You watch nothing yet, and neither does this channel. Start with /papers watch "protein design"',
    );
  }
  const found = typed === undefined ? all : meantBy(all, typed);
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const listed = (found.length > 0 ? found : all)
    .slice(0, LISTED)
    .map(({ id, terms }) => `${id} (${termsInWords(terms)})`)
    .join(', ');
  const more = (found.length > 0 ? found : all).length > LISTED ? ', …' : '';
  if (only === undefined) {
    throw new UserError(`No watch here is ${quoteInput(typed ?? '')}. There are: ${listed}${more}.`);
  }
  throw new UserError(`Choose a watch by its number: ${listed}${more}.`);
}

function meantBy(all: readonly ListedWatch[], typed: string): ListedWatch[] {
  const [, number] = NUMBER.exec(typed.trim()) ?? [];
  if (number !== undefined) return all.filter(({ id }) => id === Number(number));
  const text = typed.trim().replace(AROUND, '');
  const words = keysOf(unquoted(text === '' ? typed : text));
  const holding = all.filter(({ terms }) => {
    const inWatch = new Set(keysOf(termsInWords(terms)));
    return words.length > 0 && words.every((word) => inWatch.has(word));
  });
  const exact = holding.filter(({ terms }) => titleKey(terms.text ?? terms.author ?? '') === titleKey(text));
  return exact.length > 0 ? exact : holding;
}

function keysOf(text: string): string[] {
  return text
    .split(/[\s,“”"]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map(titleKey);
}
