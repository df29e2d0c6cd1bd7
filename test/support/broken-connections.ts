/** A proxy whose connections can be made silent, as a network does that loses everything. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface BreakableServer {
  /** The address of the server, through the proxy. */
  readonly url: string;
  /** Keeps connections open and passes nothing on, old or new. */
  silence(): void;
  /** Ends the silent connections. New ones are passed on. */
  resume(): void;
}

export async function openProxy(url: string): Promise<BreakableServer> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => {
        if (!isSilent) to.write(data);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (!isSilent) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const through = new URL(url);
  through.host = `127.0.0.1:${address.port}`;
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: through.href,
    silence() {
      isSilent = true;
    },
    resume() {
      isSilent = false;
      for (const socket of sockets) socket.destroy();
    },
  };
}
