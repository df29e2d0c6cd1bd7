import { type Clock, systemClock } from '../../src/time/clock.ts';

/**
 * Factor by which a fake waits longer for an acknowledgement than the real platform. Tests run on machines of
 * any load and do not measure its speed, so `vitest.config.ts` sets it. With a clock that a test holds, a
 * fake is as strict as the platform.
 */
export function patience(clock: Clock = systemClock): number {
  return clock === systemClock ? Number(process.env['TEST_PATIENCE'] ?? 1) : 1;
}
