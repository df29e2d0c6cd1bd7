import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { openRandom } from '../postings/corpus.ts';
import { contentsOf, expectedContents, openTestReader, openTestWriter, syncFully } from './index-harness.ts';

const KILLS = process.env['TEST_FAULTS'] === undefined ? 20 : 100;
/** Of a process, before it is killed within the next milliseconds. */
const MOST_ROUNDS = 12;
const LONGEST_LIFE_MS = 100;
const PROCESS = join(import.meta.dirname, 'growing-index-worker.ts');

it(
  `a word index whose process was killed ${KILLS} times equals one that is made anew`,
  async () => {
    const path = join(temporaryFolder(), 'paperboy.db');
    const folder = `${path}.index`;
    const connection = await openTestDatabase(path);
    const random = openRandom(KILLS);
    const reader = openTestReader(folder);
    let mostPapers = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = spawn(process.execPath, [PROCESS, path, folder, String(kill)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const rounds = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      for (let left = 1 + random(MOST_ROUNDS); left > 0; left--) await rounds.next();
      await setTimeout(random(LONGEST_LIFE_MS));
      child.kill('SIGKILL');
      await once(child, 'exit');
      // Whatever it left can be read, and is a former state of the papers.
      const left = contentsOf(folder);
      expect(left.size).toBeLessThanOrEqual(expectedContents(connection).size);
      expect([left.size, undefined]).toContain(reader.search((index) => index.papers));
      mostPapers = Math.max(mostPapers, left.size);
      if (kill % 5 !== 4) continue;
      const writer = openTestWriter(connection, folder);
      await syncFully(writer);
      await writer.close();
      expect(contentsOf(folder)).toEqual(expectedContents(connection));
    }
    expect(mostPapers).toBeGreaterThan(500);
    const writer = openTestWriter(connection, folder);
    await syncFully(writer);
    await writer.close();
    const kept = contentsOf(folder);
    rmSync(folder, { recursive: true });
    await syncFully(openTestWriter(connection, folder));
    expect(kept).toEqual(contentsOf(folder));
  },
  KILLS * 10_000,
);
