/** The longest time that the event loop is blocked while a file is imported and every command is used. */
import { existsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { catalogue } from '../commands/index.ts';
import { createApp } from '../src/app/app.ts';
import { silentLog } from '../src/base/log.ts';
import type { Caller } from '../src/chat/caller.ts';
import { parseConfig } from '../src/config/config.ts';
import { importFile } from '../src/import/import-papers.ts';
import { systemClock } from '../src/time/clock.ts';
import type { Benchmark } from './support/figure.ts';
import { arxivFile } from './support/papers.ts';

const RESOLUTION_MS = 1;
const AT_ONCE = 20;
const caller: Caller = { platform: 'bench', workspace: 'bench', person: 'bench', team: 'bench' };

export const loopBenchmark: Benchmark = {
  prefix: 'loop',
  async run({ data, scratch, report, skip }) {
    const path = arxivFile(data);
    if (!existsSync(path)) return skip('loop.max_block_ms', 'no arxiv/arxiv_meta.jsonl.gz');
    const paperboy = await createApp(
      parseConfig({ DATA_DIR: scratch, SOURCES: 'none' }),
      silentLog,
      (error) => {
        throw error;
      },
    );
    const { stores, handlers } = paperboy;
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const importing = importFile({
      path,
      papers: stores.papers,
      progress: stores.imports,
      clock: systemClock,
    });
    let done = false;
    const imported = importing.finally(() => {
      done = true;
    });
    let answers = 0;
    const lines = catalogue.flatMap(({ examples }) => examples);
    while (!done) {
      const asked = Array.from(
        { length: AT_ONCE },
        (_, n) => lines[(answers + n) % lines.length] ?? '/papers help',
      );
      await Promise.all(asked.map((line) => handlers.answer({ line, caller })));
      answers += AT_ONCE;
    }
    await imported;
    delay.disable();
    await paperboy.close();
    report('loop.max_block_ms', delay.max / 1e6 - RESOLUTION_MS, 'ms');
    report('loop.p99_block_ms', delay.percentile(99) / 1e6 - RESOLUTION_MS, 'ms');
    report('loop.answers', answers, 'answers');
  },
};
