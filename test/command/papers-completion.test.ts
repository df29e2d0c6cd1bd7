import { describe, expect, it } from 'vitest';
import { catalogue } from '../../commands/index.ts';
import { paperNamesIn } from '../../commands/papers/input/paper-names.ts';
import { completeLine } from '../../src/platforms/terminal/completion.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { PROMPTS, ROUTING } from '../support/papers.ts';
import { openProgram, TEAM } from '../support/program.ts';

const ADA = { platform: 'discord', workspace: '1', person: 'ada', team: TEAM };

async function opened() {
  const { papers, handlers } = openProgram(await openTestDatabase(), fakeClock('2026-05-29T12:00:00Z'));
  await papers.importBatch([ROUTING, PROMPTS], { source: 'arxiv', at: '2026-05-29T08:00:00Z' });
  const offered = (typed: string) =>
    handlers.complete({ caller: ADA, root: 'papers', name: 'compare', option: 'papers', typed }, 10);
  return { handlers, offered };
}

describe('completion of papers to compare', () => {
  it('completion of papers offers matches for the first paper', async () => {
    const { offered } = await opened();
    expect(await offered('routing tok')).toEqual([
      { label: `${ROUTING.id} ${ROUTING.title}`, value: ROUTING.id },
    ]);
  });

  it('completion after a comma keeps the earlier papers and does not repeat them', async () => {
    const { offered } = await opened();
    expect(await offered(`${ROUTING.id}, prom`)).toEqual([
      { label: `${ROUTING.id}, ${PROMPTS.id} ${PROMPTS.title}`, value: `${ROUTING.id}, ${PROMPTS.id}` },
    ]);
    expect(await offered(`${ROUTING.id}, routing`)).toEqual([]);
  });

  it('the label of a completion parses as the same papers', async () => {
    const { offered } = await opened();
    const [{ label = '' } = {}] = await offered('routing tok');
    expect(await offered(`${label}, prom`)).toEqual([
      expect.objectContaining({ value: `${ROUTING.id}, ${PROMPTS.id}` }),
    ]);
    // Also shortened to a platform's limit.
    expect(await offered(`${label.slice(0, 30)}…, prom`)).toEqual([
      expect.objectContaining({ value: `${ROUTING.id}, ${PROMPTS.id}` }),
    ]);
    expect(paperNamesIn(`${label}, ${PROMPTS.id} ${PROMPTS.title}`)).toEqual([ROUTING.id, PROMPTS.id]);
  });

  it.each([
    ['"Memory, Attention", prom', '"Memory, Attention", '],
    ['Memory， prom', 'Memory, '],
  ])('completion keeps typed names unchanged: %s', async (typed, before) => {
    const { offered } = await opened();
    expect(await offered(typed)).toEqual([expect.objectContaining({ value: `${before}${PROMPTS.id}` })]);
  });

  it('the tab key inserts ids, because titles contain commas', async () => {
    const { handlers } = await opened();
    const typed = `${ROUTING.id}, prompt tun`;
    expect(await completeLine(`compare ${typed}`, { catalogue, handlers, caller: ADA })).toEqual([
      [`${ROUTING.id}, ${PROMPTS.id}`],
      typed,
    ]);
  });
});

describe('papers named in one text', () => {
  it('are told apart by commas, and a year that ends a citation is none', () => {
    expect(paperNamesIn('arXiv preprint arXiv:2605.00001, 2026, hep-th/9901001')).toEqual([
      'arXiv preprint arXiv:2605.00001',
      'hep-th/9901001',
    ]);
  });
});
