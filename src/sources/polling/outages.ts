/** Says once that sources fail, and once that they answer again, instead of a line at each attempt. */
import type { Logger } from '../../base/log.ts';
import { labelOf, type PolledSource } from '../../papers/source-names.ts';

export interface Failure {
  readonly source: PolledSource;
  readonly key: string;
  /** One sentence. */
  readonly error: string;
}

interface OutageLog {
  /** What one round of the poller met. */
  note(did: ReadonlyArray<{ readonly source: PolledSource }>, failed: readonly Failure[]): void;
}

export function openOutageLog(log: Logger): OutageLog {
  const failing = new Set<PolledSource>();
  return {
    note(did, failed) {
      const news = failed.filter(({ source }) => !failing.has(source));
      const back = new Set(did.map(({ source }) => source).filter((source) => failing.has(source)));
      for (const { source } of failed) {
        failing.add(source);
        back.delete(source);
      }
      for (const source of back) failing.delete(source);
      if (news.length > 0) {
        const errors = [...new Set(news.map(({ error }) => error))].join(' ');
        log.info(
          { sources: [...new Set(news.map(({ source }) => source))] },
          `${errors} The papers that are here stay; it is asked again later.`,
        );
      }
      if (back.size > 0) {
        const names = [...back].map((source) => labelOf(source)).join(' and ');
        log.info({ sources: [...back] }, `${names} ${back.size === 1 ? 'answers' : 'answer'} again.`);
      }
    },
  };
}
