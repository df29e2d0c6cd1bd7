import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPapersPage } from '../../../src/import/formats/papers-page.ts';

const page = readFileSync(join(import.meta.dirname, '../../fixtures/files/papers-page.txt'), 'utf8');
const abstract = 'We show that this holds in general and measure how far it does. '.repeat(5).trim();

describe('a papers page', () => {
  it('is read as its 55 papers in order, without its banner', () => {
    const { records, skipped, hasBanner } = readPapersPage(page);
    expect(records).toHaveLength(55);
    expect(skipped).toEqual([]);
    expect(hasBanner).toBe(true);
    expect(records[0]).toMatchObject({
      line: 11,
      record: {
        title: 'Less is more: Summarizing Patch Tokens for efficient Multi-Label Class-Incremental Learning',
        abstract: expect.stringMatching(/^Prompt tuning has emerged .*\/multi-lane$/),
      },
    });
    expect(records.at(-1)?.record.title).toBe('Free Process Rewards without Process Labels');
  });

  it.each([
    ['Windows line ends', page.replace(/\n/g, '\r\n')],
    ['extra blank lines', page.replace(/\n/g, '\n  \n\t\n')],
    ['no blank lines', page.replace(/\n+/g, '\n')],
    ['no banner', page.slice(page.indexOf('Less is more'))],
    ['indentation', page.replace(/^(?=.)/gm, '    ')],
  ])('is read the same way with %s', (_, changed) => {
    const titles = (text: string) => readPapersPage(text).records.map(({ record }) => record);
    expect(titles(changed)).toEqual(titles(page));
  });

  it('reports a title without an abstract, and keeps the papers around it', () => {
    const text = `First paper\n\n${abstract}\n\nAlone\n\nSecond paper\n\n${abstract}\n\nLast and odd`;
    const { records, skipped } = readPapersPage(text);
    expect(records.map(({ record }) => record.title)).toEqual(['First paper', 'Second paper']);
    expect(skipped).toEqual([
      { line: 5, reason: 'a title has no abstract' },
      { line: 11, reason: 'a title has no abstract' },
    ]);
  });

  it('reports an abstract without a title', () => {
    expect(readPapersPage(`${abstract}\n\nTitle\n\n${abstract}`)).toMatchObject({
      records: [{ line: 3 }],
      skipped: [{ line: 1, reason: 'an abstract has no title' }],
    });
  });

  it('joins an abstract that was wrapped into short lines', () => {
    const wrapped = abstract.replace(/(.{50,60}) /g, '$1\n');
    expect(readPapersPage(`A title\n\n${wrapped}\n`).records).toMatchObject([
      { record: { title: 'A title', abstract } },
    ]);
  });

  it('does not mistake counts, dates and buttons between papers for titles', () => {
    const { records, skipped } = readPapersPage(
      `12\n\nA title\n\n${abstract}\n\n·\n\n5 authors\n\nMar 12\n\nNext\n`,
    );
    expect(records).toHaveLength(1);
    expect(skipped).toEqual([]);
  });

  it.each([
    ['headings', `# Trending Papers\n\n## A title\n\n### Abstract\n\n${abstract}\n\n## Related papers\n`],
    ['a list of authors by number', `A title\n- 5 authors\n${abstract}\n- 12 comments\n`],
    ['links by their names', `A title\n\n${abstract}\n\narXiv page\n\nPDF | GitHub ★ 1.2k\n\nView PDF\n`],
    ['addresses', `https://example.org/list\n\nA title\n\n${abstract}\n\nhttps://arxiv.org/abs/2406.01574\n`],
    [
      'links in Markdown',
      `1. **A title**\n\n${abstract}\n\n[PDF](https://arxiv.org/pdf/2406.01574) · [Code](https://x.org)\n`,
    ],
    [
      'pictures',
      `![thumbnail](https://x.org/a.png)\n\nA title\n\n${abstract}\n\n[![](https://x.org/b.png)](https://x.org)\n`,
    ],
    [
      'traces of people’s actions',
      `Submitted by ada\n\n128\n\nA title\n\nPublished on Mar 11, 2026\n\n${abstract}\n\nUpvote 12\n`,
    ],
    ['the person who submitted it', `Submitted by\n\nada\n128\nA title\n- 5 authors\n${abstract}\n`],
    [
      'what arXiv lists beside it',
      `[1] arXiv:2406.01574 [pdf, html, other]\nTitle: A title\nComments: 12 pages\nSubjects: Machine Learning (cs.LG)\n\n${abstract}\n`,
    ],
    ['dates with a category', `A title\nJun 03 2024 cs.LG arXiv:2406.01574v1\n\n${abstract}\n\nScited 3\n`],
    ['counts with pictures', `A title\n👍 42 💬 3 ⭐ 1.2k\n\n${abstract}\n`],
    ['links behind it', `- **A title** ([arXiv](https://x.org), 5 authors)\n\n${abstract}\n`],
    ['the foot of the page', `A title\n\n${abstract}\n\nSystem theme\n\nTOS\n\nPrivacy\n\nPricing\n`],
    ['labels', `Title: A title\n\nAbstract: ${abstract}\n\nThis week's papers\n`],
  ])('does not read %s as titles', (_, text) => {
    const { records, skipped } = readPapersPage(text);
    expect(records.map(({ record }) => [record.title, record.abstract])).toEqual([['A title', abstract]]);
    expect(skipped).toEqual([]);
  });

  it('reads names between a title and its abstract as authors', () => {
    for (const names of [
      'Ada Lovelace, Alan M. Turing and Grace de la Cruz',
      'Authors: Ada Lovelace; Alan M. Turing; Grace de la Cruz',
      'Ada Lovelace · Alan M. Turing · Grace de la Cruz',
    ]) {
      const { records } = readPapersPage(`A title\n\n${names}\n\n${abstract}\n`);
      expect(records).toMatchObject([
        { record: { title: 'A title', authors: ['Ada Lovelace', 'Alan M. Turing', 'Grace de la Cruz'] } },
      ]);
    }
  });

  it('reads names below a title without a blank line', () => {
    const { records } = readPapersPage(`A title\nAda Lovelace, Alan M. Turing\n\n${abstract}\n`);
    expect(records).toMatchObject([
      { record: { title: 'A title', authors: ['Ada Lovelace', 'Alan M. Turing'] } },
    ]);
  });

  it('reads the id from the link of a title', () => {
    for (const address of ['https://arxiv.org/abs/2406.01574', '/papers/2406.01574']) {
      const { records } = readPapersPage(`### [A title](${address})\n\n${abstract}\n`);
      expect(records).toMatchObject([{ record: { id: '2406.01574', title: 'A title' } }]);
    }
  });

  it('is empty for an empty text', () => {
    expect(readPapersPage('')).toEqual({ records: [], skipped: [], hasBanner: false });
  });
});
