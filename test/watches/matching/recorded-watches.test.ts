/** Reads the hits of fifty watches over 500 recorded papers. */
import { expect, it } from 'vitest';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openWatchMatcher } from '../../../src/watches/matching/matcher-store.ts';
import type { WatchTerms } from '../../../src/watches/watch.ts';
import { openWatchStore } from '../../../src/watches/watch-store.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { importRecorded } from '../../support/recorded-papers.ts';

const TEXTS = [
  'diffusion video',
  '"world model"',
  '"world models" -survey',
  'protein',
  'robot manipulation',
  '"vision language action"',
  'vision-language-action',
  'mixture of experts',
  'MoE',
  '"reinforcement learning" math',
  'GUI agent',
  'code generation benchmark',
  'hallucination',
  '"chain of thought" -video',
  'speech recognition',
  '3D gaussian splatting',
  'long-context',
  'KV cache',
  'quantization',
  '4-bit',
  'watermark',
  'theorem proving',
  'Lean',
  'medical imaging',
  'safety jailbreak',
  'tokenizer',
  'embodied navigation',
  'audio generation',
  'text-to-image editing',
  'unified multimodal understanding generation',
  'deep research',
  'self-distillation',
  'on-policy distillation',
  'GRPO',
  'reward hacking',
  'speculative decoding',
  'LoRA',
  'MCP',
  'SWE-bench',
  'memory agent',
  'autonomous driving',
  'physics',
  'C++',
  'music',
  'Transformer attention linear',
];
const OTHERS: readonly WatchTerms[] = [
  { author: 'Wang' },
  { author: 'Team HY-World' },
  { text: 'agents', author: 'Liu' },
  { author: 'Yang Liu' },
  { text: 'video', author: 'Y. Liu' },
];

it('fifty watches over 500 recorded papers say truly why each paper was found', async () => {
  const recorded = await openTestDatabase();
  const clock = fakeClock('2026-05-29T12:00:00Z');
  await importRecorded(recorded, clock);
  const { records } = await openPaperStore(recorded).exportSlice(0, 500);
  const connection = await openTestDatabase();
  const watches = openWatchStore(connection);
  const person = { platform: 'terminal', workspace: 'local', person: 'ada' };
  for (const terms of [...TEXTS.map((text) => ({ text })), ...OTHERS]) {
    await watches.watch(
      { target: { kind: 'person', person }, terms, defaultZone: 'UTC', by: '' },
      clock.now(),
    );
  }
  const fresh = records.map(
    ({ appearances: _, snapshots: __, ...record }): PaperRecord => ({
      ...record,
      published: '2026-05-29T00:00:00Z',
    }),
  );
  await openPaperStore(connection).importBatch(fresh, {
    source: 'hugging-face',
    at: clock.now().toISOString(),
  });
  const matcher = openWatchMatcher(connection);
  while (!(await matcher.step(clock.now())).isDone);
  const hits = connection
    .prepare<[], { terms: string; title: string; abstract: string; authors: string; why: string }>(
      `SELECT terms, title, abstract, authors, why FROM watch_hits JOIN watches ON watches.id = watch JOIN papers ON pk = paper`,
    )
    .all();
  const untrue = hits.filter(({ title, abstract, authors, why }) => {
    const places = [...why.matchAll(/((?:“[^”]+”(?:, | and )?)+) in the (title|abstract)/gu)];
    const isThere = places.every(([, words = '', place]) =>
      [...words.matchAll(/“([^”]+)”/gu)].every(([, word = '']) =>
        lettersOf(place === 'title' ? title : abstract).includes(beginningOf(word)),
      ),
    );
    const [, author] = /by ([^,]+)$/u.exec(why) ?? [];
    return (
      !isThere || (author !== undefined && !authors.includes(author)) || !/^(?:matches “|new by )/u.test(why)
    );
  });
  expect(untrue).toEqual([]);
  expect(hits.length).toBeGreaterThan(600);
  const found = (terms: WatchTerms) =>
    hits
      .filter((hit) => hit.terms === JSON.stringify(terms))
      .map(({ title, why }) => `${title.slice(0, 24)}: ${why}`);
  expect(found({ author: 'Team HY-World' })).toEqual(['HY-World 2.0: A Multi-Mo: new by Team HY-World']);
  expect(found({ text: 'speech recognition' })).toEqual([
    'Vividh-ASR: A Complexity: matches “speech” and “recognition” in the title',
  ]);
  // Papers with both words, but not the one, are left out.
  expect(found({ text: 'long-context' }).join('\n')).not.toContain('HiVLA');
});

/** The same for all endings of a word. */
function beginningOf(word: string): string {
  const letters = lettersOf(word);
  return letters.slice(0, Math.max(2, Math.min(4, letters.length - 1)));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
