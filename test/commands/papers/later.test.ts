import { describe, expect, inject, it } from 'vitest';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { openHarness } from '../harness.ts';

const scope = [samplePaper(), ...listedPapers('2026-05-28', 6)];

describe('a reminder', () => {
  it.each([
    ['/papers later 2605.00001 tomorrow at 9', 'Sat 30 May, 09:00'],
    ['/papers remind me about 2605.00001 in 2 hours', 'Fri 29 May, 16:00'],
    ['/papers remind me to read 2605.00001 on friday at 3pm', 'Fri 5 June, 15:00'],
    ['/papers remind me about routing tokens tomorrow', 'Sat 30 May, 09:00'],
    ['/papers remind me in 3 days of 2605.00001', 'Mon 1 June, 09:00'],
    ['/papers snooze 2605.00001 until monday 8am', 'Mon 1 June, 08:00'],
    ['/papers later 2605.00001 monday 8am zone:Tokyo', 'Mon 1 June, 08:00'],
  ])('“%s” is set for %s', async (line, moment) => {
    const { say } = await openHarness(scope);
    const { text } = await say(line);
    expect(text).toContain(`Reminder set for ${moment}\nRouting Tokens`);
  });

  it('is listed with its time, and cancelled', async () => {
    const { say } = await openHarness(scope);
    expect((await say('/papers later')).text).toMatch(/^You have no reminders/);
    await say('/papers later 2605.10001 in 2 hours');
    await say('/papers later 2605.00001 tomorrow');
    const list = await say('/papers my reminders');
    expect(list.text).toMatch(
      /^2 reminders\n1\. Mixture.*\n.*\nFri 29 May, 16:00\n2\. Routing.*\n.*\nSat 30 May, 09:00/,
    );
    expect((await list.press('Cancel')).text).toMatch(/^Reminder cancelled\nMixture/);
    expect((await say('/papers later')).text).toMatch(/^1 reminder\n1\. Routing/);
    expect((await say('/papers later 2605.10001 never')).text).toMatch(/^There was no reminder/);
  });

  it('set anew replaces the earlier one, and Undo brings that back', async () => {
    const { say } = await openHarness(scope);
    await say('/papers later 2605.00001 tomorrow');
    const moved = await say('/papers later 2605.00001 next week');
    expect((await say('/papers later')).text).toContain('1 reminder\n1. Routing');
    expect((await say('/papers later')).text).toContain('Mon 1 June, 09:00');
    await moved.press('Undo');
    expect((await say('/papers later')).text).toContain('Sat 30 May, 09:00');
    const first = await say('/papers later 2605.10001 tomorrow');
    await first.press('Undo');
    expect((await say('/papers later')).text).toMatch(/^1 reminder\n/);
  });

  if (inject('platform') === 'terminal')
    it('of the opened paper needs no name, and “my reminders” is about no paper', async () => {
      const { say } = await openHarness(scope);
      await say('/papers show 2605.00001');
      expect((await say('later tomorrow')).text).toContain(
        'Reminder set for Sat 30 May, 09:00\nRouting Tokens',
      );
      await say('/papers show 2605.00001');
      expect((await say('my reminders')).text).toMatch(/^1 reminder\n/);
    });

  it('without a time offers some', async () => {
    const { say } = await openHarness(scope);
    const asked = await say('/papers later 2605.00001');
    expect(asked.buttons).toEqual(['In 2 hours', 'Tomorrow', 'Next week', 'In a month']);
    expect((await asked.press('Next week')).text).toContain('Reminder set for Mon 1 June, 09:00');
  });

  it.each([
    ['/papers later 2605.00001 yesterday', '“yesterday” is not a time. For example: tomorrow'],
    ['/papers later 2605.00001 2026-05-01', 'Friday 1 May 2026 at 09:00 is over.'],
    ['/papers later tomorrow', 'Say which paper to remind you of.'],
    ['/papers read 2605.00001 later', 'To be reminded of it: /papers later 2605.00001 tomorrow'],
  ])('“%s” changes nothing and says what to do', async (line, answer) => {
    const { say } = await openHarness(scope);
    const refused = await say(line);
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain(answer);
    expect((await say('/papers later')).text).toMatch(/^You have no reminders/);
    expect((await say('/papers saved')).text).toMatch(/^Your list is empty/);
  });
});
