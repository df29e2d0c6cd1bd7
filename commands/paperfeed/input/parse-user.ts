/** Somebody else, as `allow` and `disallow` are told who. */

import { UserError } from '../../../src/base/errors.ts';
import { clip } from '../../../src/chat/clip.ts';
import type { StringOption } from '../../../src/command/define.ts';
import type { NamedManager } from '../../../src/feeds/managers.ts';

export const PERSON = {
  type: 'string',
  description: 'Who: type @ and choose them',
  maxLength: 200,
} as const satisfies StringOption;

/** A mention as platforms send it: `<@U123>`, `<@U123|ada>`, `<@!123>`. */
const MENTION = /^<@!?([A-Za-z0-9]{1,40})(?:\|([^<>]*))?>$/;
const NAME_LENGTH = 80;

/** @throws UserError for what is no mention: a name alone can be anybody's */
export function parseUser(typed: string | undefined, command: string): NamedManager {
  const [, person, name] = MENTION.exec(typed ?? '') ?? [];
  if (person !== undefined) return { person, name: clip(name || person, NAME_LENGTH) };
  throw new UserError(
    typed === undefined
      ? `Say who: /paperfeed ${command} and their name, chosen from the list that comes when you type @.`
      : `“${clip(typed, 40)}” names nobody for certain. Type @ and choose the person from the list that comes.`,
  );
}

/** As words: nobody is notified of being named. */
export function shownPerson({ name }: NamedManager): string {
  return `@${name}`;
}
