/**
 * Factor by which a fake waits longer for an acknowledgement than the real platform. Tests of the program as
 * a process run on machines of any load and do not measure its speed, so their project sets it
 * (`vitest.config.ts`).
 */
export function patience(): number {
  return Number(process.env['TEST_PATIENCE'] ?? 1);
}
