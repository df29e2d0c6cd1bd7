/** Parses the person that `allow` and `disallow` are about. */

import { UserError } from '../../../src/base/errors.ts';
import { clip } from '../../../src/chat/clip.ts';
import type { StringOption } from '../../../src/command/define.ts';
import type { NamedManager } from '../../../src/feeds/managers.ts';

export const PERSON = {
  type: 'string',
  description: 'Type @ and pick the person from the list',
  maxLength: 200,
} as const satisfies StringOption;

/** A mention as platforms send it: `<@U123>`, `<@U123|ada>`, `<@!123>`. */
const MENTION = /^<@!?([A-Za-z0-9]{1,40})(?:\|([^<>]*))?>$/;
const NAME_LENGTH = 80;

/** @throws UserError for anything but a mention, because a name alone is ambiguous */
export function parseUser(typed: string | undefined, command: string): NamedManager {
  const [, person, name] = MENTION.exec(typed ?? '') ?? [];
  if (person !== undefined) return { person, name: clip(name || person, NAME_LENGTH) };
  throw new UserError(
    typed === undefined
      ? `Name a person: type /paperfeed ${command}, then @, and pick them from the list.`
      : `“${clip(typed, 40)}” is not a mention of a person. Type @ and pick the person from the list.`,
  );
}

/** Plain text rather than a mention, so that the person is not notified. */
export function shownPerson({ name }: NamedManager): string {
  return `@${name}`;
}
