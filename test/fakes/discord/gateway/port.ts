/** The contract between the gateway, its sockets and the rest of the fake. */
import type { GatewayEvent } from '../model.ts';
import type { JsonObject } from '../wire.ts';
import type { Session } from './session.ts';
export interface Gateway {
  readonly heartbeatMs: number;
  readonly connections: ReadonlySet<Connection>;
  readonly identifies: number;
  readonly resumes: number;
  /** Remaining starts, of 1,000 a day. */
  readonly identifiesLeft: number;
  /** While true, no new connection can be opened. */
  down: boolean;
  violation(sentence: string): void;
  /** The code to close with; `later` if the last IDENTIFY was too recent. */
  identify(data: JsonObject, send: (text: string) => boolean): Session | number | 'later';
  resume(
    data: JsonObject,
  ): { readonly session: Session; readonly missed: readonly string[] } | number | undefined;
  resumed(session: Session): void;
  forget(session: Session): void;
  closed(connection: Connection): void;
  emit(event: GatewayEvent): boolean;
  stop(): void;
}

export interface Connection {
  readonly session: Session | undefined;
  send(payload: { readonly op: number; readonly d?: unknown }): void;
  /** Without a code the socket breaks, as when a router fails. */
  close(code?: number): void;
  /** Stays open, but sends and receives nothing more. */
  silence(): void;
  /** After this the client must identify again. */
  forget(): void;
}
