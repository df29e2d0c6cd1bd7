/**
 * `/papers export` of 10,000 saved papers through the whole program: seconds until the file is there, and
 * how long the event loop is blocked meanwhile.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createApp } from '../src/app/app.ts';
import { silentLog } from '../src/base/log.ts';
import type { Caller } from '../src/chat/caller.ts';
import { parseConfig } from '../src/config/config.ts';
import type { DatabaseConnection } from '../src/db/connection.ts';
import { FILE_FORMATS } from '../src/library/library.ts';
import { openImported } from './support/bare-fts.ts';
import type { Benchmark } from './support/figure.ts';
import { readArxivPapers } from './support/papers.ts';

const SAVES = 10_000;
const RESOLUTION_MS = 1;
const PERSON = { platform: 'slack', workspace: 'T1', person: 'U1' };
const CALLER: Caller = { ...PERSON, team: 'slack:T1' };

export const listFileBenchmark: Benchmark = {
  prefix: 'library-file',
  async run({ data, scratch, report, skip }) {
    const papers = await readArxivPapers(data, SAVES);
    if (!papers) return skip('library-file', 'no arxiv/arxiv_meta.jsonl.gz in the data');
    const connection = await openImported(join(scratch, 'paperboy.db'), papers);
    saveAll(connection);
    connection.close();
    const config = parseConfig({ DATA_DIR: scratch, SOURCES: 'none' });
    const app = await createApp(config, silentLog, (error) => {
      throw error;
    });
    for (const format of FILE_FORMATS) {
      const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      delay.enable();
      const from = performance.now();
      const { card } = await app.handlers.answer({ line: `/papers export format:${format}`, caller: CALLER });
      const seconds = (performance.now() - from) / 1_000;
      delay.disable();
      if (!card.title?.startsWith('10,000 papers')) throw new Error(`not exported: ${JSON.stringify(card)}`);
      report(`library-file.${format}.seconds`, seconds, 's');
      report(`library-file.${format}.max_block_ms`, delay.max / 1e6 - RESOLUTION_MS, 'ms');
    }
    await app.close();
  },
};

/** Each paper with a note and a tag, and an hour after the one before. */
function saveAll(connection: DatabaseConnection): void {
  connection.exec(`
    INSERT INTO saves (team, platform, workspace, person, paper, saved_at)
      SELECT 'slack:T1', 'slack', 'T1', 'U1', pk, strftime('%Y-%m-%dT%H:00:00.000Z', 1700000000 + pk * 3600, 'unixepoch')
      FROM papers;
    INSERT INTO save_details (platform, workspace, person, paper, note, words, updated_at)
      SELECT 'slack', 'T1', 'U1', pk, substr(abstract, 1, 80), substr(abstract, 1, 80), '2026-01-01' FROM papers;
    INSERT INTO save_tags (platform, workspace, person, paper, tag)
      SELECT 'slack', 'T1', 'U1', pk, 'tag' || (pk % 50) FROM papers;
    ANALYZE`);
}
