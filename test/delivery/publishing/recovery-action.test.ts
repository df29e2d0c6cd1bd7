import { describe, expect, it } from 'vitest';
import { recoveryAction } from '../../../src/delivery/publishing/recovery-action.ts';
import { LEASE_MS } from '../../../src/delivery/timing.ts';

const T = Date.parse('2026-05-28T09:00:00Z');
const WINDOW = 120_000;
const row = (firstTry: number, lastTry = firstTry) => ({ firstTry, lastTry });

describe('an ambiguous row', () => {
  it('an ambiguous row is resent while the platform remembers its key, with time for a slow resend', () => {
    expect(recoveryAction(row(T), T + WINDOW - LEASE_MS, T, WINDOW).kind).toBe('resend');
    expect(recoveryAction(row(T), T + WINDOW - LEASE_MS + 1, T, WINDOW).kind).not.toBe('resend');
  });

  it('an ambiguous row is verified only when no earlier request can still take effect', () => {
    const last = T + 40_000;
    expect(recoveryAction(row(T, last), last + LEASE_MS - 1, T, WINDOW)).toEqual({
      kind: 'wait',
      until: last + LEASE_MS,
    });
    expect(recoveryAction(row(T, last), last + LEASE_MS, T, WINDOW).kind).toBe('verify');
  });

  it('an ambiguous row is never resent unverified on a platform without keys', () => {
    for (const age of [0, 1, LEASE_MS, 10 * LEASE_MS])
      expect(recoveryAction(row(T), T + age, T, 0).kind).not.toBe('resend');
  });

  it('an ambiguous row waits from this start on, as the earlier process may have sent later than its row says', () => {
    expect(recoveryAction(row(T), T + LEASE_MS + 1, T + 60_000, 0)).toEqual({
      kind: 'wait',
      until: T + 60_000 + LEASE_MS,
    });
  });

  it('a date in the future is never relied on', () => {
    expect(recoveryAction(row(T + 3_600_000, T), T + LEASE_MS, T, WINDOW).kind).toBe('verify');
    expect(recoveryAction(row(0, T), T + LEASE_MS, T + 3_600_000, WINDOW).kind).toBe('verify');
  });
});
