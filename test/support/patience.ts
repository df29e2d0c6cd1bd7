/**
 * How many times as long as the real platform a fake waits for an acknowledgement. Tests of the program as a process run on
 * machines of any load, and say nothing of its speed: their project sets it (`vitest.config.ts`).
 */
export function patience(): number {
  return Number(process.env['TEST_PATIENCE'] ?? 1);
}
