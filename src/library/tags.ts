/** Reads tags as people type them. */
import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import { visible } from '../chat/invisible.ts';
import { LONGEST_TAG, MOST_TAGS } from './library.ts';

export interface TypedTags {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * `rl, reading group` or `rl reading-group`; `-rl` removes a tag. Without a comma, spaces separate tags.
 * @throws UserError for text without a tag, a tag that is too long, or too many of them
 */
export function parseTags(text: string): TypedTags {
  const line = visible(text);
  const pieces = /[,，;]/u.test(line) ? line.split(/[,，;]/u) : line.split(/\s+/u);
  const add = new Set<string>();
  const remove = new Set<string>();
  for (const piece of pieces) {
    const [, sign = '', name = ''] = /^\s*([-–—−]?)(.*)$/su.exec(piece) ?? [];
    const tag = toTag(name);
    if (tag === '') continue;
    (sign === '' ? add : remove).add(tag);
  }
  if (add.size + remove.size === 0) {
    throw new UserError('Name one or more tags, for example: /papers tag 2406.01574 reading-group, rl');
  }
  if (add.size > MOST_TAGS) {
    throw new UserError(`A paper can have at most ${MOST_TAGS} tags (got ${add.size}).`);
  }
  return { add: [...add], remove: [...remove] };
}

/**
 * One word in small letters, so that `Reading Group`, `#reading-group` and `reading-group` are one tag.
 * @throws UserError if it is too long
 */
export function toTag(typed: string): string {
  const tag = visible(typed)
    .normalize('NFC')
    .trim()
    .replace(/^["“”'#]+|["“”']+$/gu, '')
    .trim()
    .toLowerCase()
    .replace(/\s+/gu, '-');
  if (tag.length <= LONGEST_TAG) return tag;
  throw new UserError(
    `A tag can have at most ${LONGEST_TAG} characters. “${clip(tag, 40)}” has ${tag.length}.`,
  );
}
