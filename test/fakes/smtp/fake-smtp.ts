/** An SMTP server on loopback that takes mail, or fails at a stage of the conversation. */
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/**
 * In the order of the conversation. `body`: while the mail is being sent; `answer`: after its final dot, when
 * the server has taken the mail.
 */
export type SmtpStage = 'greeting' | 'signIn' | 'sender' | 'recipient' | 'body' | 'answer';

export type SmtpFault =
  | { readonly kind: 'hang' }
  /** Breaks the connection. */
  | { readonly kind: 'die' }
  | { readonly kind: 'refuse'; readonly code: number; readonly words: string };

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly wasEncrypted: boolean;
}

export interface FakeSmtp {
  readonly port: number;
  /** `smtp://127.0.0.1:PORT`, or `smtps:`. */
  readonly url: string;
  /** Mail that the server has taken, also if its answer was lost. */
  readonly received: readonly ReceivedMail[];
  /** Number of connections so far. */
  connections(): number;
  breakConnections(): void;
  /** Each fault affects one conversation that reaches its stage, in this order. */
  fail(stage: SmtpStage, ...faults: readonly SmtpFault[]): void;
}

type Done = (error?: Error | null) => void;

/** Closes when the test ends. Its certificate is signed by nobody. */
export async function openFakeSmtp(options: SMTPServerOptions = {}): Promise<FakeSmtp> {
  const faults = new Map<SmtpStage, SmtpFault[]>();
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = new SMTPServer({
    disableReverseLookup: true,
    authOptional: true,
    logger: false,
    closeTimeout: 1,
    ...(options.secure !== true && options.hideSTARTTLS === undefined && { hideSTARTTLS: true }),
    onConnect(_, done) {
      connections++;
      reach('greeting', done, done);
    },
    onAuth(auth, _, done) {
      const isRight = auth.username === 'bot' && auth.password === 'secret';
      const accept = () => done(null, isRight ? { user: 'bot' } : { message: 'Wrong password' });
      reach('signIn', (error) => done(error ?? null), accept);
    },
    onMailFrom: (_, __, done) => reach('sender', done, done),
    onRcptTo: (_, __, done) => reach('recipient', done, done),
    onData(stream, { envelope, secure }, done) {
      const take = async () => {
        const raw = await text(stream);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        if (faults.get('answer')?.[0]?.kind !== 'refuse')
          received.push({ from, to, raw, wasEncrypted: secure });
        reach('answer', done, done);
      };
      const drainAndRefuse: Done = (error) => {
        stream.resume();
        stream.once('end', () => done(error));
      };
      // Without the whole mail, because the client broke the connection, nothing is taken.
      reach('body', drainAndRefuse, () => void take().catch(() => undefined));
    },
    ...options,
  });
  // Connections that break are part of the tests.
  server.on('error', () => undefined);

  function reach(stage: SmtpStage, refuse: Done, go: () => void): void {
    const fault = faults.get(stage)?.shift();
    if (!fault) go();
    else if (fault.kind === 'die') breakConnections();
    else if (fault.kind === 'refuse')
      refuse(Object.assign(new Error(fault.words), { responseCode: fault.code }));
  }

  function breakConnections(): void {
    for (const socket of sockets) socket.destroy();
  }

  // Node crashes when the socket below an encrypted one is destroyed.
  server.server.on(options.secure === true ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));

  return {
    port,
    url: `${options.secure === true ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    breakConnections,
    fail(stage, ...added) {
      faults.set(stage, [...(faults.get(stage) ?? []), ...added]);
    },
  };
}
