import { describe, expect, it } from 'vitest';
import { samplePaper } from '../../support/papers.ts';
import { openHarness } from '../harness.ts';

const scope = [samplePaper()];

describe('a digest', () => {
  it.each([
    ['/papers digest on', 'every weekday at 09:00 (Europe/Berlin)', 'Mon 1 June, 09:00'],
    ['/papers digest daily', 'every weekday at 09:00 (Europe/Berlin)', 'Mon 1 June, 09:00'],
    ['/papers digest weekly', 'every Monday at 09:00 (Europe/Berlin)', 'Mon 1 June, 09:00'],
    [
      '/papers digest monthly at 7:30',
      'on the 1st of every month at 07:30 (Europe/Berlin)',
      'Mon 1 June, 07:30',
    ],
    ['/papers digest weekly day:fri time:8', 'every Friday at 08:00 (Europe/Berlin)', 'Fri 5 June, 08:00'],
    ['/papers digest time:8 zone:Tokyo', 'every weekday at 08:00 (Asia/Tokyo)', 'Mon 1 June, 08:00'],
    ['/papers send me a digest every week', 'every Monday at 09:00 (Europe/Berlin)', 'Mon 1 June, 09:00'],
    ['/papers weekly digest on friday at 8', 'every Friday at 08:00 (Europe/Berlin)', 'Fri 5 June, 08:00'],
    [
      '/papers send me a weekly digest on sundays at 6pm',
      'every Sunday at 18:00 (Europe/Berlin)',
      'Sun 31 May, 18:00',
    ],
    ['/papers send me a digest every friday', 'every Friday at 09:00 (Europe/Berlin)', 'Fri 5 June, 09:00'],
    ['/papers daily digest at 7am', 'every weekday at 07:00 (Europe/Berlin)', 'Mon 1 June, 07:00'],
    ['/papers monthly digest', 'on the 1st of every month at 09:00 (Europe/Berlin)', 'Mon 1 June, 09:00'],
  ])('“%s” comes %s, next %s', async (line, when, next) => {
    const { say } = await openHarness(scope);
    const { text } = await say(line);
    expect(text).toContain(`You get a digest ${when}, by private message. Next: ${next}.`);
    expect((await say('/papers digest')).text).toContain(`You get a digest ${when}, by private message.`);
  });

  it('that nobody asked for is offered with buttons', async () => {
    const { say } = await openHarness(scope);
    const offered = await say('/papers digest');
    expect(offered.text).toMatch(/^You get no digest yet\./);
    expect(offered.buttons).toEqual(['Every weekday', 'Weekly', 'Monthly']);
    expect((await offered.press('Weekly')).text).toContain('You get a digest every Monday at 09:00');
  });

  it.each(['/papers digest off', '/papers stop the digest'])(
    '“%s” stops it, and Undo brings its settings back',
    async (line) => {
      const { say } = await openHarness(scope);
      await say('/papers digest weekly day:friday time:8');
      const stopped = await say(line);
      expect(stopped.text).toMatch(/^Your digest is stopped\./);
      expect((await say('/papers digest')).text).toMatch(/^Your digest is off\./);
      expect((await say('/papers digest off')).text).toMatch(/^You get no digest\./);
      expect((await stopped.press('Undo')).text).toContain('every Friday at 08:00 (Europe/Berlin)');
    },
  );

  it('keeps what a change does not name, and Undo takes the change back', async () => {
    const { say } = await openHarness(scope);
    await say('/papers digest weekly day:friday time:8 zone:Tokyo');
    const changed = await say('/papers digest without:team');
    expect(changed.text).toContain('every Friday at 08:00 (Asia/Tokyo)');
    expect(changed.text).toContain('Left out: how many papers your team saved.');
    expect((await changed.press('Undo')).text).not.toContain('Left out');
    const moved = await say('/papers digest monthly');
    expect((await moved.press('Undo')).text).toContain('every Friday at 08:00 (Asia/Tokyo)');
  });

  it.each([
    [
      '/papers digest monthly day:friday',
      'A monthly digest comes on the 1st. For one on fridays: /papers digest weekly day:friday',
    ],
    ['/papers digest time:25:00', '“25:00” is not a time of day.'],
    ['/papers digest zone:Atlantis', '“Atlantis” is not a time zone.'],
    ['/papers digest fortnightly', 'fortnightly'],
  ])('“%s” changes nothing and says what to do', async (line, answer) => {
    const { say } = await openHarness(scope);
    const refused = await say(line);
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain(answer);
    expect((await say('/papers digest')).text).toMatch(/^You get no digest yet/);
  });

  it('without any part is refused', async () => {
    const { say } = await openHarness(scope);
    await say('/papers digest without:team');
    await say('/papers digest without:changes');
    await say('/papers digest without:recommended');
    const refused = await say('/papers digest without:trending');
    expect(refused.text).toBe('A digest needs at least one part. To stop it: /papers digest off');
    expect((await say('/papers digest')).text).toContain('In it: trending papers.');
  });
});
