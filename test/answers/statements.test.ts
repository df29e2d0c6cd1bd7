import { describe, expect, it } from 'vitest';
import { conclusiveness, leavesOpen, onlyAnnounces } from '../../src/answers/statements.ts';

describe('sentences that only announce', () => {
  it.each([
    'The aim of this trial was to find out whether yoga eases back pain.',
    'To find out whether yoga eases back pain.',
    'We investigated whether yoga eases back pain.',
    'This study examines the effect of yoga on back pain.',
    'We hypothesised that yoga eases back pain.',
    'It remains unclear whether yoga eases back pain.',
    'Little is known about yoga and back pain.',
    'Does yoga ease back pain?',
  ])('“%s” states nothing', (sentence) => {
    expect(onlyAnnounces(sentence)).toBe(true);
  });

  it.each([
    'Yoga eases back pain.',
    'To find out whether yoga eases back pain, we asked 40 people.',
    'We tested yoga against rest, and our results show that it eases back pain.',
    'We evaluate it on C4, where it outperforms the baseline.',
    'We assessed yoga classes; back pain fell by 30%.',
    'To our knowledge, no drug does this.',
  ])('“%s” states something', (sentence) => {
    expect(onlyAnnounces(sentence)).toBe(false);
  });
});

describe('sentences that leave an answer open', () => {
  it.each([
    'We tested whether yoga eases back pain.',
    'Our aim was to ease back pain.',
    'This is still unclear.',
  ])('“%s” does', (sentence) => {
    expect(leavesOpen(sentence)).toBe(true);
  });

  it.each(['We tested yoga on 40 people.', 'We asked whether yoga helps, and found that it does.'])(
    '“%s” does not',
    (sentence) => {
      expect(leavesOpen(sentence)).toBe(false);
    },
  );
});

describe('how conclusive a sentence is', () => {
  const score = (text: string) => conclusiveness({ text }, 0.5);

  it.each([
    ['Yoga is an effective treatment of back pain.', 'Back pain was measured with questionnaires.'],
    ['These results suggest that yoga eases back pain.', 'The purpose was to study yoga.'],
    ['Yoga may ease back pain.', 'Larger trials of yoga are warranted.'],
    ['Models forget.', 'We propose a method that can make models forget.'],
    ['Yoga should be offered.', 'It should be offered.'],
    ['Yoga was better than rest.', 'Yoga was better than rest in 12 of 40 patients.'],
  ])('“%s” is more conclusive than “%s”', (conclusion, other) => {
    expect(score(conclusion)).toBeGreaterThan(score(other));
  });

  it('the same sentence is more conclusive near the end, and under a label that says so', () => {
    const text = 'Yoga eases back pain.';
    expect(conclusiveness({ text }, 1)).toBeGreaterThan(conclusiveness({ text }, 0));
    expect(conclusiveness({ text, section: 'conclusions' }, 0)).toBeGreaterThan(
      conclusiveness({ text, section: 'background' }, 1),
    );
  });
});
