/** Converts Slack's emoji names to the characters that the rest of the program uses. */

/**
 * Slack's names of common emoji for saving. All others, including custom emoji, keep their name, which a
 * setting can contain.
 */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
    (name, index) => [name, `${index + 1}\uFE0F\u20E3`] as const,
  ),
  ['keycap_ten', '🔟'],
  ['bookmark', '🔖'],
  ['bookmark_tabs', '📑'],
  ['books', '📚'],
  ['book', '📖'],
  ['open_book', '📖'],
  ['page_facing_up', '📄'],
  ['memo', '📝'],
  ['pencil', '📝'],
  ['floppy_disk', '💾'],
  ['inbox_tray', '📥'],
  ['card_file_box', '🗃️'],
  ['pushpin', '📌'],
  ['round_pushpin', '📍'],
  ['paperclip', '📎'],
  ['label', '🏷️'],
  ['star', '⭐'],
  ['star2', '🌟'],
  ['heart', '❤️'],
  ['fire', '🔥'],
  ['eyes', '👀'],
  ['+1', '👍'],
  ['thumbsup', '👍'],
  ['-1', '👎'],
  ['thumbsdown', '👎'],
  ['100', '💯'],
  ['white_check_mark', '✅'],
  ['heavy_check_mark', '✔️'],
  ['heavy_plus_sign', '➕'],
  ['rocket', '🚀'],
  ['bulb', '💡'],
  ['brain', '🧠'],
]);
const SKIN = /::skin-tone-[2-6]$/;
const COLONS = /^:(.+):$/;

/**
 * @param name from `reaction_added`: `bookmark`, `+1::skin-tone-3`
 * @param saveEmoji the setting; names in it are not converted
 * @returns a character, or the name of an emoji that is not in the table
 */
export function fromSlackEmoji(name: string, saveEmoji: readonly string[] = []): string {
  const plain = name.replace(SKIN, '');
  const written = saveEmoji.find((each) => each.replace(COLONS, '$1') === plain);
  return written ?? CHARACTERS.get(plain) ?? plain;
}

/** Returns Slack's name of an emoji; a name is returned unchanged. */
export function toSlackEmoji(emoji: string): string {
  const bare = (text: string) => text.replaceAll('\uFE0F', '');
  const found = [...CHARACTERS].find(([, character]) => bare(character) === bare(emoji));
  return found?.[0] ?? emoji.replace(COLONS, '$1');
}
