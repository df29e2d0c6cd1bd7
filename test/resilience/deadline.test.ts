import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { abortAfter, DeadlineError, timeoutSignal, withDeadline } from '../../src/resilience/deadline.ts';
import { fakeClock } from '../support/fake-clock.ts';

const HOUR_MS = 3_600_000;
const never = () => new Promise<string>(() => {});

/** Work that ends when its signal does, with the signal's reason. */
function obedient(signal: AbortSignal): Promise<string> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

function open() {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const controller = new AbortController();
  const deadline = { ms: 5_000, clock, signal: controller.signal };
  return { clock, controller, deadline };
}

describe('work with a deadline', () => {
  it('gives its result in time, and leaves neither a timer nor a listener behind', async () => {
    const { clock, controller, deadline } = open();
    expect(
      await withDeadline(
        deadline,
        async () => 'done',
        () => 'late',
      ),
    ).toBe('done');
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    expect(clock.sleepers()).toBe(0);
  });

  it('fails as it fails in time', async () => {
    const { clock, deadline } = open();
    const failing = withDeadline(
      deadline,
      () => Promise.reject(new Error('broken')),
      () => 'late',
    );
    await expect(failing).rejects.toThrow('broken');
    expect(clock.sleepers()).toBe(0);
  });

  it.each([
    ['listens to its signal', obedient],
    ['does not listen', never],
  ])('that %s is given up at the deadline, not before', async (_, work) => {
    const { clock, deadline } = open();
    let result: string | undefined;
    void withDeadline(deadline, work, () => 'late').then((value) => {
      result = value;
    });
    await clock.advance(4_999);
    expect(result).toBeUndefined();
    await clock.advance(1);
    expect(result).toBe('late');
  });

  it('that nothing stands in for fails with a sentence', async () => {
    const { clock, deadline } = open();
    const failing = expect(withDeadline(deadline, never)).rejects.toEqual(new DeadlineError(5_000));
    await clock.advance(5_000);
    await failing;
    expect(new DeadlineError(5_000).message).toBe('Not done within 5 seconds.');
  });

  it('may fail by what stands in for it', async () => {
    const { clock, deadline } = open();
    const failing = withDeadline(deadline, obedient, () => {
      throw new Error('it did not open');
    });
    const failed = expect(failing).rejects.toThrow('it did not open');
    await clock.advance(5_000);
    await failed;
  });

  it.each([
    ['listens to its signal', obedient],
    ['does not listen', never],
  ])('that %s ends in the middle when the caller gives up, with the reason', async (_, work) => {
    const { clock, controller, deadline } = open();
    const ended = withDeadline(deadline, work, () => 'late');
    await clock.advance(2_000);
    controller.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
    expect(clock.sleepers()).toBe(0);
  });

  it('is not begun for a caller who gave up before', async () => {
    const { clock } = open();
    const deadline = { ms: 5_000, clock, signal: AbortSignal.abort(new Error('enough')) };
    await expect(withDeadline(deadline, () => expect.unreachable())).rejects.toThrow('enough');
  });

  it('within other work with a deadline ends by the one that comes first', async () => {
    const { clock } = open();
    const late: string[] = [];
    const nested = (outer: number, inner: number) =>
      withDeadline(
        { ms: outer, clock },
        (signal) => withDeadline({ ms: inner, clock, signal }, obedient, () => late.push(`inner ${inner}`)),
        () => late.push(`outer ${outer}`),
      );
    const both = Promise.all([nested(1_000, 2_000), nested(3_000, 2_500)]);
    await clock.advance(5_000);
    await both;
    expect(late).toEqual(['outer 1000', 'inner 2500']);
  });

  it.each([
    ['back', -3 * HOUR_MS],
    ['forward', 3 * HOUR_MS],
  ])('has as much time when the clock is set %s', async (_, ms) => {
    const { clock, deadline } = open();
    let isOver = false;
    const ended = withDeadline(
      deadline,
      () => never(),
      () => {
        isOver = true;
      },
    );
    await clock.advance(2_000);
    clock.jump(ms);
    await clock.advance(2_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await ended;
    expect(isOver).toBe(true);
  });
});

describe('work whose signal is aborted at a deadline', () => {
  it('gives what it has by then', async () => {
    const { clock, deadline } = open();
    const partial = abortAfter(deadline, async (signal) => {
      const reason = await obedient(signal).catch((error: unknown) => error);
      return ['one of two', reason];
    });
    await clock.advance(5_000);
    expect(await partial).toEqual(['one of two', new DeadlineError(5_000)]);
  });

  it('hears of the caller who gives up, and of one who gave up before', async () => {
    const { clock, controller, deadline } = open();
    const reason = (signal: AbortSignal) => obedient(signal).catch((error: Error) => error.message);
    const ended = abortAfter(deadline, reason);
    controller.abort(new Error('enough'));
    expect(await ended).toBe('enough');
    expect(await abortAfter(deadline, async (signal) => signal.aborted)).toBe(true);
    expect(clock.sleepers()).toBe(0);
  });

  it('leaves no listener on the signal of a caller who lives long', async () => {
    const { controller, deadline } = open();
    for (let call = 0; call < 100; call++) await abortAfter(deadline, async () => 'done');
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});

describe('the signal of a request', () => {
  it('is aborted when its time is up', async () => {
    const signal = timeoutSignal(1);
    await expect.poll(() => signal.aborted).toBe(true);
  });

  it('is aborted by the caller too', () => {
    const controller = new AbortController();
    const signal = timeoutSignal(HOUR_MS, controller.signal);
    expect(signal.aborted).toBe(false);
    controller.abort(new Error('enough'));
    expect([signal.aborted, signal.reason.message]).toEqual([true, 'enough']);
  });
});
