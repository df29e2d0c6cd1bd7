import { expect, it } from 'vitest';
import { keycapNumber, mayMean } from '../../../../src/messages/reaction-target.ts';
import { fromSlackEmoji, toSlackEmoji } from '../../../../src/platforms/slack/interactions/emoji.ts';

it('Slack’s names of keycaps and of the save emoji are read as characters', () => {
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'keycap_ten'];
  expect(names.map((name) => keycapNumber(fromSlackEmoji(name)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(mayMean(fromSlackEmoji('bookmark'), ['🔖'])).toBe(true);
  expect(mayMean(fromSlackEmoji('+1::skin-tone-5'), ['👍'])).toBe(true);
  expect(mayMean(fromSlackEmoji('tada'), ['🔖'])).toBe(false);
});

it('a save emoji can be set by its name, a workspace’s own or a standard one', () => {
  for (const saveEmoji of [
    ['paperboy', 'floppy_disk'],
    [':paperboy:', ':floppy_disk:'],
  ]) {
    expect(mayMean(fromSlackEmoji('paperboy', saveEmoji), saveEmoji)).toBe(true);
    expect(mayMean(fromSlackEmoji('floppy_disk', saveEmoji), saveEmoji)).toBe(true);
    expect(mayMean(fromSlackEmoji('bookmark', saveEmoji), saveEmoji)).toBe(false);
  }
});

it('emoji characters are turned back into Slack’s names', () => {
  expect(['🔖', '1️⃣', '🔟', '❤', ':paperboy:', 'paperboy'].map(toSlackEmoji)).toEqual([
    ...['bookmark', 'one', 'keycap_ten', 'heart', 'paperboy', 'paperboy'],
  ]);
});
