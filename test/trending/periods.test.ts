import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { spanOf } from '../../src/trending/periods.ts';

const DAY_MS = 86_400_000;

describe('spanOf', () => {
  it.each([
    ['day', '2026-05-29', '2026-05-29', '2026-05-29'],
    ['week', '2026-05-25', '2026-05-25', '2026-05-31'],
    ['week', '2026-05-31', '2026-05-25', '2026-05-31'],
    ['week', '2026-01-01', '2025-12-29', '2026-01-04'],
    ['month', '2026-02-10', '2026-02-01', '2026-02-28'],
    ['month', '2024-02-29', '2024-02-01', '2024-02-29'],
    ['month', '2025-12-31', '2025-12-01', '2025-12-31'],
  ] as const)('of a %s with %s goes from %s to %s', (period, day, from, to) => {
    expect(spanOf(period, day)).toMatchObject({ from, to });
  });

  it('spans have full length when clocks change', () => {
    const { startsAt, endsAt } = spanOf('week', '2026-03-29');
    expect(endsAt - startsAt).toBe(7 * DAY_MS);
    expect(new Date(startsAt).toISOString()).toBe('2026-03-23T00:00:00.000Z');
  });

  it.each(['2026-02-30', '2026-13-01', 'today', '', '2026-5-1'])(
    'refuses %j with an error message',
    (day) => {
      expect(() => spanOf('day', day)).toThrow(UserError);
    },
  );
});
