import { describe, expect, it } from 'vitest';
import { LAB } from '../../support/feeds.ts';
import { samplePaper } from '../../support/papers.ts';
import { GRACE, openHarness } from '../harness.ts';

const AT = '2026-05-29T12:00:00.000Z';

describe('a person who only allowed a manager', () => {
  async function openNamed() {
    const harness = await openHarness();
    await harness.managers.name(LAB, { person: 'alan', name: 'alan' }, GRACE.person, AT);
    const ask = (line: string) => harness.request({ line, caller: GRACE });
    return { managers: harness.managers, ask };
  }

  it('deleting the data of a person keeps the managers whom they allowed', async () => {
    const { ask, managers } = await openNamed();
    const told = await ask('/papers forget-me');
    expect(told.text).toMatch(
      /^Data stored about you\nyour name as the person who allowed 1 channel manager\n/,
    );
    expect(told.buttons).toEqual(['Delete my data']);
    expect((await ask('/papers forget-me sure:yes')).text).toMatch(/^Your data is deleted/);
    expect(await managers.of(LAB)).toEqual([{ person: 'alan', name: 'alan' }]);
    expect((await ask('/papers forget-me')).text).toBe('The bot stores no data about you here.');
  });
});

describe('deleting data', () => {
  it('deleting data removes the saved papers, only after confirmation', async () => {
    const { say } = await openHarness([samplePaper()]);
    await say('/papers save 2605.00001');
    expect((await say('/papers forget-me')).text).toMatch(/^Data stored about you\n1 saved paper,/);
    expect((await say('/papers saved')).text).not.toMatch(/^Your list is empty/);
    await say('/papers forget-me sure:yes');
    expect((await say('/papers saved')).text).toMatch(/^Your list is empty/);
  });

  it('deleting data works even if no data was counted', async () => {
    const { say } = await openHarness();
    expect((await say('/papers forget-me')).text).toBe('The bot stores no data about you here.');
    expect((await say('/papers forget-me sure:yes')).text).toMatch(/^Your data is deleted/);
  });
});
