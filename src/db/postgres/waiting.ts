/** A thread that waits for the answers of another one, because stores are synchronous. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { UserError } from '../../base/errors.ts';
import { workerModule } from '../../workers/worker.ts';

export interface StatementRequest {
  readonly text: string;
  /** Of the prepared statement, if it is kept. */
  readonly name?: string;
  readonly values: readonly unknown[];
}

export interface StatementAnswer {
  readonly columns: readonly string[];
  /** The columns with bytes, by their place. */
  readonly bytes: readonly number[];
  readonly rows: readonly unknown[][];
  readonly changes: number;
}

export interface WaitingData {
  readonly url: string;
  /** One number: 1 when there is an answer. */
  readonly signal: Int32Array;
  readonly port: MessagePort;
  /** Milliseconds that a statement, or connecting, may take. */
  readonly statementMs: number;
}

/** An error of the server, with its code: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
  readonly code: string | undefined;
  /** The connection was lost, and with it the transaction. */
  readonly isLost: boolean;

  constructor(message: string, code: string | undefined, isLost: boolean) {
    super(message);
    this.code = code;
    this.isLost = isLost;
  }
}

interface Failure {
  readonly error: { readonly message: string; readonly code?: string; readonly isLost: boolean };
}

export interface WaitingConnection {
  /**
   * Blocks the calling thread until the server answers.
   * @throws PostgresError
   */
  run(request: StatementRequest): StatementAnswer;
  close(): void;
}

/** Beyond the server's own limit, for a server that does not answer at all. */
const EXTRA_MS = 2_000;

export function openWaiting(url: string, statementMs: number): WaitingConnection {
  let thread = start();

  function start() {
    const { port1: port, port2 } = new MessageChannel();
    const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: WaitingData = { url, signal, port: port2, statementMs };
    const worker = new Worker(workerModule('./postgres', import.meta.url), {
      workerData,
      transferList: [port2],
    });
    worker.unref();
    port.unref();
    return { worker, port, signal };
  }

  return {
    run(request) {
      const { worker, port, signal } = thread;
      Atomics.store(signal, 0, 0);
      port.postMessage(request);
      // Connecting and the statement have a limit each.
      const until = performance.now() + 2 * statementMs + EXTRA_MS;
      // The notification of an answer that was read already can come now, and wakes this thread in vain.
      while (Atomics.load(signal, 0) === 0 && performance.now() < until) {
        Atomics.wait(signal, 0, 0, until - performance.now());
      }
      if (Atomics.load(signal, 0) === 0) {
        void worker.terminate();
        port.close();
        thread = start();
        throw new PostgresError('the server does not answer', undefined, true);
      }
      const answer = receiveMessageOnPort(port)?.message as StatementAnswer | Failure | undefined;
      if (answer === undefined) throw new Error('an answer was announced and is missing');
      if (!('error' in answer)) return withBuffers(answer);
      const { message, code, isLost } = answer.error;
      throw new PostgresError(message, code, isLost);
    },
    close() {
      thread.worker.postMessage('close');
    },
  };
}

/** As better-sqlite3 returns bytes; threads send each other their plain form. */
function withBuffers(answer: StatementAnswer): StatementAnswer {
  for (const at of answer.bytes) {
    for (const row of answer.rows) {
      const value = row[at];
      if (value instanceof Uint8Array) row[at] = Buffer.from(value.buffer, value.byteOffset, value.length);
    }
  }
  return answer;
}

/** @throws UserError for an address that is none of PostgreSQL's */
export function checkUrl(url: string): void {
  // The address may hold a password, so it is not repeated.
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UserError(
      'An address of PostgreSQL begins with postgres://, such as postgres://user@host/paperboy. In a password, write @ as %40 and # as %23.',
    );
  }
}
