/** Clients that hold connections open do not affect others. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGuardedServer, type GuardOptions } from '../../src/base/guarded-server.ts';
import { silentLog } from '../../src/base/log.ts';
import { startHttpServer } from '../../src/health/http-server.ts';
import { openFrame } from '../platforms/slack/harness.ts';

const BEGUN = 'GET /healthz HTTP/1.1\r\nHost: x\r\n';
const HALF_BODY = 'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n{"a":';

/** A client that opens this many connections, and begins a request on each that never ends. */
async function hold(port: number, count: number, said: string, host = '127.0.0.1'): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () =>
    connect({ port, host: '127.0.0.1', localAddress: host }),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) {
    socket.on('error', () => {}).resume();
    if (socket.connecting) await once(socket, 'connect');
    socket.write(said);
  }
  return sockets;
}

async function openGuarded(options: Partial<GuardOptions> = {}) {
  const { server, dropWaiting } = createGuardedServer(
    { mostWaiting: 10, requestMs: 10_000, ...options },
    (_, response) => void response.end('ok'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It does not listen');
  const { port } = address;
  const ask = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();
  return { port, ask, dropWaiting };
}

const alive = (sockets: readonly Socket[]) => sockets.filter(({ destroyed }) => !destroyed).length;

describe('a server with many open connections', () => {
  it.each([
    ['without a word', ''],
    ['with half of a request', BEGUN],
    ['with half of a body', HALF_BODY],
  ])('a client with connections %s loses the oldest, and others are answered', async (_, said) => {
    const { port, ask } = await openGuarded();
    const sockets = await hold(port, 30, said);
    expect(await ask()).toBe('ok');
    await expect.poll(() => alive(sockets)).toBeLessThanOrEqual(10);
    expect(sockets.at(-1)?.destroyed).toBe(false);
  });

  it('a client with many connections does not affect other addresses', async () => {
    const { port } = await openGuarded();
    const mine = await hold(port, 2, BEGUN, '127.0.0.2');
    const others = await hold(port, 30, BEGUN);
    await expect.poll(() => alive(others)).toBe(8);
    expect(alive(mine)).toBe(2);
  });

  it('a connection is closed if its request does not arrive in time', async () => {
    const { port } = await openGuarded({ requestMs: 100 });
    const [socket] = await hold(port, 1, BEGUN);
    await expect.poll(() => socket?.destroyed).toBe(true);
  });

  it('open connections do not prevent the server from stopping', async () => {
    const { port, dropWaiting } = await openGuarded();
    const sockets = await hold(port, 3, HALF_BODY);
    const left = () => {
      dropWaiting();
      return alive(sockets);
    };
    await expect.poll(left, { timeout: 3_000 }).toBe(0);
  });
});

describe('120 slow connections', () => {
  it('120 slow connections do not delay the health pages', async () => {
    const pages = new Map([['/healthz', async () => ({ status: 200, text: 'ok\n' }) as const]]);
    const server = await startHttpServer(0, pages, silentLog);
    onTestFinished(() => server.stop());
    await hold(server.port, 120, BEGUN);
    // Slow requests end after this time, and an answer that waited for them would come then.
    const HEADERS_MS = 5_000;
    const begun = performance.now();
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    expect([answer.status, performance.now() - begun < HEADERS_MS]).toEqual([200, true]);
  });

  it('more slow connections than allowed do not block requests from Slack', async () => {
    const { slack, channel, ada, eventsUrl } = await openFrame({ overHttp: true });
    await hold(Number(new URL(eventsUrl()).port), 500, HALF_BODY);
    expect((await ada.command(channel, '/papers', 'stats').answered).text).toContain('papers');
    expect(slack.violations).toEqual([]);
  });
});
