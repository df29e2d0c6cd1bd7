import { describe, expect, it } from 'vitest';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

const scope = [samplePaper(), ...listedPapers('2026-05-28', 6)];
const [ROUTING, SECOND, THIRD] = ['2605.00001', '2605.10001', '2605.10002'];

async function filled() {
  const harness = await openHarness(scope);
  const { library } = harness;
  const ada = { ...ALAN, person: 'ada' };
  for (const [person, id, day] of [
    [ada, ROUTING, '2026-01-05'],
    [ALAN, ROUTING, '2026-01-06'],
    [GRACE, ROUTING, '2026-02-06'],
    [ada, SECOND, '2026-05-04'],
    [ALAN, SECOND, '2026-05-27'],
    [ada, THIRD, '2026-05-26'],
    [ALAN, THIRD, '2026-05-26'],
  ] as const) {
    await library.save(person, id, `${day}T10:00:00Z`);
  }
  const idsOf = async (line: string) =>
    (await harness.say(line)).card.blocks.flatMap((block) => (block.kind === 'entry' ? [block.paper] : []));
  return { ...harness, idsOf };
}

describe('the leaderboard', () => {
  it.each([
    ['/papers leaderboard', [THIRD, SECOND]],
    ['/papers leaderboard this month', [SECOND, THIRD]],
    ['/papers leaderboard of all time', [ROUTING, SECOND, THIRD]],
    ['most saved ever', [ROUTING, SECOND, THIRD]],
  ])('%s ranks by the people who saved a paper in the time', async (line, ids) => {
    const { idsOf } = await filled();
    expect(await idsOf(line)).toEqual(ids);
  });

  it('names the paper of the week and how many saved it, and no person', async () => {
    const { say } = await filled();
    const { text } = await say('/papers leaderboard period:ever');
    expect(text).toContain('Paper of the week: Mixture of Experts for proteins, Part 2 (2 people)');
    expect(text).toContain('saved by 3 people');
    expect(text).not.toMatch(/ada|alan|grace/i);
  });

  it('is of one’s own team, and says when nobody saved a paper', async () => {
    const { say } = await filled();
    const elsewhere = await say('/papers leaderboard', { ...ALAN, team: 'another' });
    expect(elsewhere.text).toBe(
      'Nobody in your team has saved a paper this week. Save one with /papers save',
    );
  });
});
