/** Leases, paces and request windows that several processes on one database share. */

/** Begins the names of leases whose holder is a value that all processes go by. */
export const AGREED = 'agreed ';

export interface Leases {
  /**
   * Takes or renews a lease. One statement, so that of two processes one gets it; the clock is the
   * database's.
   * @param holder unique per process start
   * @returns false if another process has it
   */
  take(name: string, holder: string, forMs: number): Promise<boolean>;
  /** Lets another process take it at once. */
  release(name: string, holder: string): Promise<void>;
  /** The holder of one now. */
  holderOf(name: string): Promise<string | undefined>;
  /** Processes that have one now. Leases of values (`AGREED`) are left out. */
  held(): Promise<ReadonlyArray<{ readonly name: string; readonly holder: string }>>;
}

export interface Paces {
  /**
   * Books the next free start of a request.
   * @param everyMs between the starts of two requests, over all processes
   * @returns milliseconds to wait for it
   */
  book(name: string, everyMs: number): Promise<number>;
  /** No request starts for this long. */
  pause(name: string, ms: number): Promise<void>;
  /** Milliseconds for which no request starts. */
  pauseLeft(name: string): Promise<number>;
  /** Deletes paces and leases that ended an hour ago. */
  forget(): Promise<void>;
}

export interface WindowPlace {
  readonly place: number;
  /** By the clock of the database. */
  readonly startsAt: number;
  /** Until then. */
  readonly waitMs: number;
}

/** Places of `resilience/request-window.ts`, over all processes. */
export interface Windows {
  /** Creates the places that are missing. */
  create(name: string, places: number): Promise<void>;
  /**
   * Takes the place that is free first, which may be in a moment.
   * @returns undefined if all are in use
   */
  take(name: string, windowMs: number): Promise<WindowPlace | undefined>;
  /** The request was answered: the place is free again after one window. */
  leave(name: string, place: WindowPlace, windowMs: number): Promise<void>;
}
