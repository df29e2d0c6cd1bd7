import { describe, expect, it } from 'vitest';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { ALAN, openHarness } from '../harness.ts';

const scope = [samplePaper(), ...listedPapers('2026-05-28', 6)];
const [ROUTING, SECOND, THIRD] = ['2605.00001', '2605.10001', '2605.10002'];

async function filled() {
  const harness = await openHarness(scope);
  const ada = { ...ALAN, person: 'ada' };
  const change = (person: typeof ALAN, id: string, note: string, tags: string[], day: string) =>
    harness.library.change(person, id, { note, addTags: tags }, `${day}T10:00:00Z`);
  await change(ada, ROUTING, 'a private thought', ['rl'], '2026-03-02');
  await change(ada, SECOND, '', [], '2026-05-26');
  await change(ALAN, THIRD, 'Alan’s own thought', [], '2026-05-27');
  return harness;
}

describe('an export', () => {
  it.each([
    ['/papers export', 'my-papers.bib', /^@\w+\{/],
    ['/papers export as RIS', 'my-papers.ris', /^TY {2}- /],
    ['/papers export format:csl-json', 'my-papers.json', /^\[\n\{"/],
    ['export my papers as markdown', 'my-papers.md', /^## /],
    ['export my papers as csv', 'my-papers.csv', /title/i],
    ['download my list for zotero', 'my-papers.ris', /^TY {2}- /],
    ['export my list for excel', 'my-papers.csv', /title/i],
  ])('%s is the file %s with every paper of the list', async (line, name, beginning) => {
    const { say } = await filled();
    const { card } = await say(line);
    expect(card.title).toBe('2 papers from your list');
    expect(card.file?.name).toBe(name);
    expect(card.file?.content).toMatch(beginning);
    expect(card.file?.content).toContain('Routing Tokens');
    expect(card.file?.content).toContain(SECOND);
    expect(card.file?.content).not.toContain(THIRD);
  });

  it('of unread papers is asked for in words', async () => {
    const { say } = await filled();
    const { card } = await say('export my unread papers since 2026 as csv');
    expect(card.title).toBe('2 papers from your list unread, saved since 2026');
    expect(card.file?.name).toBe('my-papers.csv');
  });

  it('is narrowed by tag and time, and named after the tag', async () => {
    const { say } = await filled();
    const tagged = await say('/papers export tag:rl');
    expect(tagged.card.file?.name).toBe('my-papers-rl.bib');
    expect(tagged.card.file?.content).not.toContain(SECOND);
    const since = await say('/papers export since:2026-05');
    expect(since.card.file?.content).toContain(SECOND);
    expect(since.card.file?.content).not.toContain(ROUTING);
  });

  it('of the team has everyone’s papers and nobody’s notes', async () => {
    const { say } = await filled();
    for (const format of ['bibtex', 'ris', 'csl-json', 'markdown', 'csv']) {
      const { card } = await say(`/papers export scope:team format:${format}`);
      expect(card.title).toBe('3 papers from the team’s list');
      expect(card.file?.content).toContain(THIRD);
      expect(card.file?.content).not.toContain('thought');
    }
  });

  it('of an empty list says so and sends no file', async () => {
    const { say } = await openHarness(scope);
    const { card, text } = await say('/papers export tag:none');
    expect(text).toBe('No paper on your list is tagged #none, so there is nothing to export.');
    expect(card.file).toBeUndefined();
  });
});

describe('the address of a list', () => {
  it('is shown to its person, and ends with link:revoke', async () => {
    const { say } = await filled();
    const made = await say('/papers export link:yes format:ris');
    expect(made.text).toMatch(/https:\/\/bot\.example\.org\/feed\/[\w-]{22}\.ris/);
    expect(made.card.file).toBeUndefined();
    expect((await say('/papers export link:revoke')).text).toBe('Your address no longer works.');
    expect((await say('/papers export link:revoke')).text).toBe('You have no addresses of lists.');
  });
});
