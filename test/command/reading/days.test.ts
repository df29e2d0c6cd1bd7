import { expect, it } from 'vitest';
import { findDays, warmUpDays } from '../../../src/command/reading/days.ts';
import { cpuTime, leastCpuTime } from '../../support/cpu-time.ts';

const NOW = new Date('2026-05-29T12:00:00Z');

it('a text that names no days costs nothing, as no expression is tried', () => {
  const words = 'mixture of experts in robotics '.repeat(3_000);
  const least = (text: string) => leastCpuTime(0, () => findDays(text, NOW));
  expect(least(words)).toBeLessThan(least(`${words} 7`) / 3);
});

it('no text with a day waits for expressions to be compiled after the start of the program', async () => {
  await warmUpDays();
  for (const text of ['diffusion since May', 'robots (2024)', '“agents” in the past 3 months']) {
    // Compiling takes 50 ms, reading less than 1 ms.
    const from = cpuTime();
    expect(findDays(text, NOW), text).toBeDefined();
    expect(cpuTime() - from, text).toBeLessThan(30);
  }
});

it.each([
  'today',
  'since yesterday',
  'last friday',
  'a fortnight ago',
  'this month',
  'over the past year',
  'in the last few weeks',
  'Q3 2024',
  '>=2024',
  'pre-2020',
  'between march and june 2025',
  'from Sept. 2024',
  '12.05.2026',
])('days are found in every form, such as %s', (text) => {
  expect(findDays(`diffusion ${text}`, NOW)).toBeDefined();
});
