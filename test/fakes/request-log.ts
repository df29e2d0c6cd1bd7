/** What a fake platform saw: requests, what broke a rule, and who waits for something to happen. */

export interface SeenRequest {
  readonly method: string;
  /** As documented, with names for ids: `/channels/:channel/messages`, `chat.postMessage`. */
  readonly route: string;
  readonly path: string;
  readonly at: Date;
  readonly body: unknown;
  /** 0 until it is answered, and when no answer was sent. */
  status: number;
}

/** So that a run of days does not fill the memory. */
const REQUESTS_KEPT = 4_000;

export interface RequestLog {
  /** Sentences; a test ends with none. */
  readonly violations: string[];
  readonly requests: SeenRequest[];
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  violation(sentence: string): void;
  /** From now on a violation that matches is what the test is about. */
  allow(pattern: RegExp): void;
  saw(request: SeenRequest): void;
  answered(request: SeenRequest, status: number): void;
  /** Something happened that a waiting test may be waiting for. */
  changed(): void;
  /** Resolves as soon as `holds`, looked at now and after each thing that happens. */
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
