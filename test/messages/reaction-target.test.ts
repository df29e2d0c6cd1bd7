import { describe, expect, it } from 'vitest';
import { keycapNumber, reactionTarget } from '../../src/messages/reaction-target.ts';

const SAVE = ['🔖', 'papers'];
const page = (first: number) =>
  Array.from({ length: 5 }, (_, at) => ({ paper: `p${first + at}`, number: first + at }));

describe('a reaction', () => {
  it('a save emoji refers to the only paper of a message', () => {
    expect(reactionTarget('🔖', [{ paper: 'p' }], SAVE)).toBe('p');
    expect(reactionTarget('papers', [{ paper: 'p' }], SAVE)).toBe('p');
    expect(reactionTarget('🔖', [{ paper: 'p', number: 1 }], SAVE)).toBe('p');
    expect(reactionTarget('👍', [{ paper: 'p' }], SAVE)).toBeUndefined();
    expect(reactionTarget('🔖', page(1), SAVE)).toBeUndefined();
    expect(reactionTarget('🔖', [], SAVE)).toBeUndefined();
  });

  it('emoji match with or without a variation selector or skin tone', () => {
    expect(reactionTarget('⭐\uFE0F', [{ paper: 'p' }], ['⭐'])).toBe('p');
    expect(reactionTarget('👍🏽', [{ paper: 'p' }], ['👍'])).toBe('p');
  });

  it('a keycap refers to the entry with that number', () => {
    expect(reactionTarget('3️⃣', page(1), SAVE)).toBe('p3');
    expect(reactionTarget('3\u20E3', page(1), SAVE)).toBe('p3');
    expect(reactionTarget('6️⃣', page(1), SAVE)).toBeUndefined();
    expect(reactionTarget('🔟', page(6), SAVE)).toBe('p10');
    expect(reactionTarget('1️⃣', page(6), SAVE)).toBeUndefined();
    expect(reactionTarget('1️⃣', [{ paper: 'p' }], SAVE)).toBeUndefined();
  });

  it('a keycap on a later page refers to the entry in that position', () => {
    expect(reactionTarget('2️⃣', page(11), SAVE)).toBe('p12');
  });
});

describe('a keycap', () => {
  it.each([
    ['1️⃣', 1],
    ['9️⃣', 9],
    ['🔟', 10],
    ['0️⃣', undefined],
    ['#️⃣', undefined],
    ['1', undefined],
    ['', undefined],
  ])('%s is read as %s', (emoji, number) => expect(keycapNumber(emoji)).toBe(number));
});
