/** The log of a fake platform: requests, broken rules, and tests that wait for something to happen. */

export interface SeenRequest {
  readonly method: string;
  /** The documented path, with names for IDs: `/channels/:channel/messages`, `chat.postMessage`. */
  readonly route: string;
  readonly path: string;
  readonly at: Date;
  readonly body: unknown;
  /** 0 until it is answered, and if no answer was sent. */
  status: number;
}

/** Limits memory in a run of days. */
const REQUESTS_KEPT = 4_000;

export interface RequestLog {
  /** Descriptions. A test must end with none. */
  readonly violations: string[];
  readonly requests: SeenRequest[];
  /** How often each status was returned. */
  readonly statuses: ReadonlyMap<number, number>;
  violation(sentence: string): void;
  /** Allows violations that match from now on: the test is about them. */
  allow(pattern: RegExp): void;
  saw(request: SeenRequest): void;
  answered(request: SeenRequest, status: number): void;
  /** Reports an event that a test may be waiting for. */
  changed(): void;
  /** Resolves as soon as `holds` returns true. It is checked now and after each event. */
  until(holds: () => boolean): Promise<void>;
}

export function openRequestLog(): RequestLog {
  const allowed: RegExp[] = [];
  const watchers = new Set<() => void>();
  const violations: string[] = [];
  const requests: SeenRequest[] = [];
  const statuses = new Map<number, number>();
  return {
    violations,
    requests,
    statuses,
    violation(sentence) {
      if (!allowed.some((pattern) => pattern.test(sentence))) violations.push(sentence);
    },
    allow: (pattern) => void allowed.push(pattern),
    saw(request) {
      requests.push(request);
      if (requests.length >= 2 * REQUESTS_KEPT) requests.splice(0, REQUESTS_KEPT);
    },
    answered(request, status) {
      request.status = status;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    },
    changed() {
      for (const look of watchers) look();
    },
    until(holds) {
      return new Promise((resolve, reject) => {
        const look = () => {
          try {
            if (!holds()) return;
            resolve();
          } catch (error) {
            reject(error);
          }
          watchers.delete(look);
        };
        watchers.add(look);
        look();
      });
    },
  };
}
