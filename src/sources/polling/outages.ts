/** Logs the start and the end of an outage once, instead of every failed attempt. */
import type { Logger } from '../../base/log.ts';
import type { PolledSource } from '../../papers/source-names.ts';

export interface Failure {
  readonly source: PolledSource;
  readonly key: string;
  /** One sentence. */
  readonly error: string;
}

interface OutageLog {
  /** Records the results of one polling round. */
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
        const reason = [...new Set(news.map(({ error }) => error))].join(' ');
        log.info({ sources: [...new Set(news.map(({ source }) => source))], reason }, 'source: outage began');
      }
      if (back.size > 0) {
        log.info({ sources: [...back] }, 'source: outage ended');
      }
    },
  };
}
