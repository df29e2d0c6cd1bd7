import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { startWorker } from '../../src/workers/worker.ts';
import type { Echo } from './echo-worker.ts';

const MODULE = new URL('./echo-worker.ts', import.meta.url);

async function startEcho(onDeath?: (error: Error) => void) {
  const thread = await startWorker<{ echo: Echo }>(MODULE, {}, onDeath);
  onTestFinished(() => thread.stop());
  return thread;
}

describe('a worker thread', () => {
  it('a worker answers many concurrent calls, each with its own result', async () => {
    const { services } = await startEcho();
    const values = Array.from({ length: 200 }, (_, n) => ({ n, at: new Date(n) }));
    expect(await Promise.all(values.map((value) => services.echo.same(value)))).toEqual(values);
  });

  it('services of a worker cannot be copied, because the copy would be empty', async () => {
    const { services } = await startEcho();
    expect(() => ({ ...services })).toThrow(/cannot be listed or copied/);
  });

  it('a worker passes on user errors, and other errors with message and code', async () => {
    const { services } = await startEcho();
    await expect(services.echo.user()).rejects.toThrow(new UserError('Say it again.'));
    await expect(services.echo.user()).rejects.toBeInstanceOf(UserError);
    await expect(services.echo.bug()).rejects.toMatchObject({ message: 'x is not a function', code: 'ODD' });
    await expect(services.echo.bug()).rejects.not.toBeInstanceOf(UserError);
  });

  it('a worker explains specific errors', async () => {
    const { services } = await startEcho();
    await expect(services.echo.disk()).rejects.toThrow(new UserError('The disk is full.'));
  });

  it('what a worker says while it starts is passed on in order, and it answers afterwards', async () => {
    const told: unknown[] = [];
    const data = { notices: ['one', 'two'] };
    const thread = await startWorker<{ echo: Echo }>(MODULE, data, undefined, (notice) => told.push(notice));
    onTestFinished(() => thread.stop());
    expect(told).toEqual(['one', 'two']);
    expect(await thread.services.echo.same(7)).toBe(7);
  });

  it('a worker that fails to start rejects with the reason', async () => {
    await expect(startWorker(MODULE, { refuse: true })).rejects.toThrow(
      new UserError('Not today. Try tomorrow.'),
    );
    await expect(startWorker(MODULE, { refuse: true })).rejects.toBeInstanceOf(UserError);
  });

  it('a dead worker rejects pending and later calls, and reports its end once', async () => {
    const deaths: string[] = [];
    const { services } = await startEcho((error) => deaths.push(error.message));
    const hanging = services.echo.hang();
    const dying = services.echo.die();
    await expect(hanging).rejects.toThrow(/ended with 3/);
    await expect(dying).rejects.toThrow(/ended with 3/);
    await expect(services.echo.same(1)).rejects.toThrow();
    expect(deaths).toHaveLength(1);
  });

  it('a stopped worker rejects pending calls and does not report its end', async () => {
    const deaths: string[] = [];
    const thread = await startEcho((error) => deaths.push(error.message));
    const hanging = thread.services.echo.hang();
    const rejected = expect(hanging).rejects.toThrow();
    await thread.stop();
    await rejected;
    expect(deaths).toEqual([]);
  });
});
