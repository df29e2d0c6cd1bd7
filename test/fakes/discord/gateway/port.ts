/** What the gateway and one of its sockets are to each other, and to the rest of the fake. */
import type { GatewayEvent } from '../model.ts';
import type { JsonObject } from '../wire.ts';
import type { Session } from './session.ts';
export interface Gateway {
  readonly heartbeatMs: number;
  readonly connections: ReadonlySet<Connection>;
  readonly identifies: number;
  readonly resumes: number;
  /** Of the 1,000 of a day. */
  readonly identifiesLeft: number;
  /** While true, no new connection comes about. */
  down: boolean;
  violation(sentence: string): void;
  /** The code to close with; `later` when the last one is too near. */
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
  /** Without a code the socket breaks, as when a router dies. */
  close(code?: number): void;
  /** Says and hears nothing more, and stays open. */
  silence(): void;
  /** From now on the client must identify again. */
  forget(): void;
}
