/** An SMTP server in a thread of its own, whose work does not count. Posts its port, then each Message-ID. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parentPort } from 'node:worker_threads';
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  disableReverseLookup: true,
  authOptional: true,
  hideSTARTTLS: true,
  logger: false,
  onData(stream, _, done) {
    void text(stream).then((raw) => {
      parentPort?.postMessage(/^Message-ID: (<[^>]+>)/im.exec(raw)?.[1] ?? '');
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.server.address() as AddressInfo).port));
