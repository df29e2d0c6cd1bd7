import { expect, it } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { openSystemd } from '../../src/operation/systemd.ts';
import { holdClock } from '../support/held-clock.ts';
import { recordSystemd } from '../support/systemd-notify.ts';

it('systemd is not told that a process is well while it is not, or while that cannot be found out', async () => {
  const { environment, told } = recordSystemd();
  const clock = holdClock('2026-05-28T09:00:00Z');
  const looks = [
    async () => true,
    async () => false,
    () => Promise.reject(new Error('the store is away')),
    async () => true,
  ];
  const systemd = openSystemd({
    environment,
    watchdogMs: 60_000,
    isHealthy: () => (looks.shift() ?? expect.unreachable())(),
    clock,
    log: silentLog,
  });
  await systemd.ready();
  const words = ['READY=1', 'WATCHDOG=1'];
  await clock.sleeping(1);
  expect(told()).toEqual(words);
  for (const expected of [words, words, [...words, 'WATCHDOG=1']]) {
    await clock.advance(20_000);
    await clock.sleeping(1);
    expect(told()).toEqual(expected);
  }
  await systemd.stopping();
  expect(told()).toEqual([...words, 'WATCHDOG=1', 'STOPPING=1']);
});
