import { expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { tellSystemd } from '../../src/health/systemd.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { recordSystemd } from '../support/systemd-notify.ts';

it('systemd gets no watchdog message while the process is unhealthy or its health is unknown', async () => {
  const { environment, told } = recordSystemd();
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const looks = [
    async () => true,
    async () => false,
    () => Promise.reject(new Error('the store is away')),
    async () => true,
  ];
  const systemd = tellSystemd({
    environment,
    watchdogMs: 60_000,
    isHealthy: () => (looks.shift() ?? expect.unreachable())(),
    clock,
    log: silentLog,
  });
  const words = ['READY=1', 'WATCHDOG=1'];
  await expect.poll(told).toEqual(words);
  for (const look of [2, 3, 4]) {
    await clock.sleeping(1);
    expect(looks).toHaveLength(4 - look + 1);
    await clock.advance(20_000);
  }
  await clock.sleeping(1);
  await systemd.stopping();
  expect(told()).toEqual([...words, 'WATCHDOG=1', 'STOPPING=1']);
});
