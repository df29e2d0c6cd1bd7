/**
 * Ten thousand watches and 500 new papers, with the real threads: how long all comparisons take, and how long
 * the event loop and other calls of the store wait meanwhile.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { matchNewPapers } from '../src/app/scheduler.ts';
import { openStores } from '../src/app/stores.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { systemClock } from '../src/time/clock.ts';
import { MOST_WATCHES, type WatchTerms } from '../src/watches/watch.ts';
import type { Benchmark } from './support/figure.ts';
import { readArxivPapers } from './support/papers.ts';
import { quantile } from './support/statistics.ts';

const OLD = 20_000;
const NEW = 500;
const WATCHES = 10_000;
/** Papers that watches for papers like another one name. */
const LIKED = 100;
const BATCH = 500;
const RESOLUTION_MS = 1;
const ASK_EVERY_MS = 20;

export const watchesBenchmark: Benchmark = {
  prefix: 'watches',
  async run({ data, scratch, report, skip }) {
    const recorded = await readArxivPapers(data, OLD + NEW);
    if (!recorded) return skip('watches', 'no arxiv/arxiv_meta.jsonl.gz');
    const { stores, close } = await openStores({ path: join(scratch, 'paperboy.db') }, (error) => {
      throw error;
    });
    const old = recorded.slice(0, OLD);
    const add = async (papers: readonly PaperRecord[]) => {
      for (let from = 0; from < papers.length; from += BATCH) {
        const at = systemClock.now().toISOString();
        await stores.papers.importBatch(papers.slice(from, from + BATCH), { source: 'arxiv', at });
      }
    };
    await add(old.map((paper) => ({ ...paper, published: '2020-01-01' })));
    for (const [at, terms] of Array.from({ length: WATCHES }, (_, at) => termsOf(at, old)).entries()) {
      const person = { platform: 'bench', workspace: 'bench', person: `P${Math.floor(at / MOST_WATCHES)}` };
      const request = { target: { kind: 'person', person }, terms, defaultZone: 'UTC', by: '' } as const;
      await stores.watches.watch(request, systemClock.now());
    }
    await add(recorded.slice(OLD).map((paper) => ({ ...paper, published: systemClock.now().toISOString() })));

    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    const waits: number[] = [];
    let isDone = false;
    const asking = (async () => {
      while (!isDone) {
        const asked = performance.now();
        await stores.papers.find('2405.15738');
        waits.push(performance.now() - asked);
        await systemClock.sleep(ASK_EVERY_MS);
      }
    })();
    delay.enable();
    const started = performance.now();
    const usedBefore = process.cpuUsage();
    const { papers, hits } = await matchNewPapers(
      stores.watchMatcher,
      systemClock.now,
      new AbortController().signal,
    );
    const seconds = (performance.now() - started) / 1_000;
    const used = process.cpuUsage(usedBefore);
    delay.disable();
    isDone = true;
    await asking;
    await close();
    report('watches.match_seconds', seconds, 's');
    report('watches.match_cpu_seconds', (used.user + used.system) / 1e6, 's');
    report('watches.papers', papers, 'papers');
    report('watches.hits', hits, 'hits');
    report('watches.loop_p99_ms', delay.percentile(99) / 1e6 - RESOLUTION_MS, 'ms');
    report('watches.store_wait_p99_ms', quantile(waits, 0.99), 'ms');
  },
};

/** As people watch: two words, a phrase, an author, an author and a category, and like a paper. */
function termsOf(at: number, papers: readonly PaperRecord[]): WatchTerms {
  const paper = papers[(at * 7) % papers.length] ?? { title: 'A title', abstract: '' };
  const words = paper.title
    .replace(/["$\\{}-]/g, ' ')
    .split(/\s+/u)
    .filter((word) => word.length > 3);
  const [author = 'Ada Lovelace'] = paper.authors ?? [];
  const [category = 'cs.LG'] = paper.categories ?? [];
  const unique = `topic${at}`;
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), unique.slice(0, 4));
  switch (at % 8) {
    case 0:
      return { text: `"${words.slice(0, 2).join(' ') || unique}"`, category };
    case 1:
      return { author };
    case 2: {
      const { id = '', title } = papers[at % LIKED] ?? paper;
      return { like: { id, title } };
    }
    case 3:
      return { text: `${longest} ${at % 32 === 3 ? 'model' : (words.at(-2) ?? unique)} -survey` };
    default:
      return { text: `${words.slice(0, 2).join(' ')} ${words.at(-1) ?? unique}` };
  }
}
