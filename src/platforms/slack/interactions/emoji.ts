/** Reactions by Slack's names, as the characters that the rest of the program knows. */

/**
 * Of the emoji that people save with, the names that Slack sends. All others go by their name, as a workspace's own do: a
 * setting may hold it.
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
 * @param name as `reaction_added` brings it: `bookmark`, `+1::skin-tone-3`
 * @param saveEmoji the setting: a name that stands in it stays a name
 * @returns a character, or the name of an emoji that has none here
 */
export function fromSlackEmoji(name: string, saveEmoji: readonly string[] = []): string {
  const plain = name.replace(SKIN, '');
  const written = saveEmoji.find((each) => each.replace(COLONS, '$1') === plain);
  return written ?? CHARACTERS.get(plain) ?? plain;
}

/** The name by which Slack's methods take an emoji; a name stays as it is. */
export function toSlackEmoji(emoji: string): string {
  const bare = (text: string) => text.replaceAll('\uFE0F', '');
  const found = [...CHARACTERS].find(([, character]) => bare(character) === bare(emoji));
  return found?.[0] ?? emoji.replace(COLONS, '$1');
}
