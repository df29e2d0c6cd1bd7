import { describe, expect, it } from 'vitest';
import { scanChannel } from '../../src/list-import/channel-scan.ts';
import { MOST_MESSAGES } from '../../src/list-import/list-import.ts';
import { type Fault, openFakePlatform } from '../fakes/memory/fake-port.ts';
import { fakeClock } from '../support/fake-clock.ts';

const CHANNEL = { platform: 'fake', workspace: 'lab', channel: 'papers' };
const NEVER = new AbortController().signal;
const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 0, minute));

function opened(messages: number, faults: readonly Fault[] = []) {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const platform = openFakePlatform({ clock });
  const ids = ['2401.00001', '2401.00002', '2401.00003'];
  for (let i = 0; i < messages; i++) {
    platform.past.said.push({ at: at(i), text: `https://arxiv.org/abs/${ids[i % ids.length]}` });
  }
  const left = [...faults];
  platform.fault = () => left.shift();
  async function scan(signal = NEVER) {
    let isOver = false;
    const scanning = scanChannel(platform.connect(), CHANNEL, {}, clock, signal).finally(() => {
      isOver = true;
    });
    scanning.catch(() => undefined);
    while (!isOver) await clock.advance(100);
    return scanning;
  }
  return { platform, clock, scan };
}

describe('the scan of a channel', () => {
  it('counts every message and each paper once, in the order of the channel', async () => {
    const { scan, platform } = opened(250);
    expect(await scan()).toEqual({
      kind: 'counted',
      messages: 250,
      papers: ['2401.00002', '2401.00003', '2401.00001'],
      since: '2026-05-01',
    });
    expect(platform.requests).toHaveLength(3);
  });

  it('leaves at least a second between two requests', async () => {
    const { scan, platform } = opened(1_000);
    await scan();
    const times = platform.requests.map((request) => request.at);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('reads no more than the most messages, and says so', async () => {
    const { scan, platform } = opened(MOST_MESSAGES + 50);
    expect(await scan()).toMatchObject({ messages: MOST_MESSAGES, cut: 'number' });
    expect(platform.requests).toHaveLength(MOST_MESSAGES / 100);
  });

  it('does not call exactly the most messages cut', async () => {
    const scanned = await opened(MOST_MESSAGES).scan();
    expect(scanned).toMatchObject({ messages: MOST_MESSAGES });
    expect(scanned).not.toHaveProperty('cut');
  });

  it('waits out a rate limit, and repeats a request that failed', async () => {
    const { scan } = opened(150, ['rate-limit', 'error-after', 'refuse']);
    expect(await scan()).toMatchObject({ messages: 150 });
  });

  it('gives back what was read when rate limits last too long', async () => {
    const { scan, platform } = opened(150);
    let requests = 0;
    platform.fault = () => (requests++ === 0 ? undefined : 'rate-limit');
    expect(await scan()).toMatchObject({ messages: 100, cut: 'rate' });
    expect(requests).toBeLessThan(10);
  });

  it('asks to try again when the platform fails three times', async () => {
    const { scan } = opened(10, ['refuse', 'refuse', 'refuse']);
    await expect(scan()).rejects.toThrow('The messages of this channel could not be read. Try again');
  });

  it('says why the channel may not be read', async () => {
    const { scan, platform } = opened(10);
    Object.assign(platform.past, { refusal: 'The bot may not read here.' });
    expect(await scan()).toEqual({ kind: 'refused', reason: 'The bot may not read here.' });
  });

  it('ends with the signal', async () => {
    const { scan, platform } = opened(1_000);
    const stopping = new AbortController();
    platform.fault = () => {
      if (platform.requests.length === 2) stopping.abort();
      return undefined;
    };
    await expect(scan(stopping.signal)).rejects.toThrow();
    expect(platform.requests.length).toBeLessThanOrEqual(4);
  });
});
