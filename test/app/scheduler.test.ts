import { describe, expect, it } from 'vitest';
import { startTicker } from '../../src/app/scheduler.ts';

describe('the ticker', () => {
  it('wakes the engine at once, and never after it was stopped', async () => {
    let ticks = 0;
    const ticker = startTicker({ tick: async () => void ticks++ });
    expect(ticks).toBe(1);
    await ticker.stop();
    const stoppedAt = ticks;
    await new Promise((resolve) => setImmediate(resolve));
    expect(ticks).toBe(stoppedAt);
  });
});
