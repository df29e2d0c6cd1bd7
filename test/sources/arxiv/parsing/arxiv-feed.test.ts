import { describe, expect, it } from 'vitest';
import { fromQueryFeed } from '../../../../src/sources/arxiv/parsing/arxiv-feed.ts';
import { fromDailyFeed } from '../../../../src/sources/arxiv/parsing/daily-feed.ts';
import { SourceError } from '../../../../src/sources/http/source-error.ts';
import { readFixture } from '../../../support/fixtures.ts';

const entryFeed = readFixture('arxiv/entry.synthetic.xml');

describe('arXiv’s response to a query', () => {
  it('gives everything that arXiv knows about a paper, in one line each', () => {
    expect(fromQueryFeed(entryFeed)).toEqual({
      total: 1,
      skipped: [],
      records: [
        {
          id: '2603.90001',
          version: 2,
          title: 'Task Routing as Retrieval: A Synthetic Fixture',
          abstract: 'Synthetic abstract with hard line breaks and $x_{i}$ maths.',
          authors: ['Ada Example', 'Bo Sample'],
          categories: ['cs.LG', 'cs.CL'],
          published: '2026-03-11T17:22:30.000Z',
          updated: '2026-03-12T09:00:00.000Z',
          comment: '23 pages, code at https://github.com/example-org/task-routing',
          journalRef: 'Synthetic J. 1 (2026) 1-2',
          doi: '10.0000/synthetic',
        },
      ],
    });
  });

  it('lists the primary category first', () => {
    const xml = entryFeed.replace(
      '<arxiv:primary_category term="cs.LG"',
      '<arxiv:primary_category term="cs.CL"',
    );
    expect(fromQueryFeed(xml).records[0]?.categories).toEqual(['cs.CL', 'cs.LG']);
  });

  it('can have old IDs', () => {
    const { records } = fromQueryFeed(readFixture('arxiv/old-style-id.xml'));
    expect(records[0]).toMatchObject({
      id: 'quant-ph/0201082',
      version: 1,
      categories: ['quant-ph', 'cs.PL'],
    });
  });

  it('can be in an older feed format', () => {
    const { records } = fromQueryFeed(readFixture('arxiv/journal.xml'));
    expect(records[0]).toMatchObject({
      journalRef: 'Phys. Rev. B 85, 115117 (2012)',
      categories: ['cond-mat.str-el', 'cond-mat.stat-mech'],
    });
  });

  it('has all papers of a page', () => {
    const { records, skipped, total } = fromQueryFeed(readFixture('arxiv/query.xml'));
    expect([records.length, skipped.length]).toEqual([10, 0]);
    expect(total).toBeGreaterThan(10);
  });

  it('may be empty', () => {
    expect(fromQueryFeed(readFixture('arxiv/nothing.xml'))).toEqual({ records: [], skipped: [], total: 0 });
  });

  it('that is an error gives the reason in arXiv’s words', () => {
    expect(() => fromQueryFeed(readFixture('arxiv/error.xml'))).toThrow(
      new SourceError('refused', 'arXiv rejected the query: incorrect id format for abc.'),
    );
  });

  it('loses only an entry that is not a paper', () => {
    const xml = entryFeed.replace(
      '</feed>',
      '<entry><id>http://arxiv.org/abs/nonsense</id><title>x</title></entry><entry/></feed>',
    );
    const { records, skipped } = fromQueryFeed(xml);
    expect(records).toHaveLength(1);
    expect(skipped).toEqual([
      { entry: 2, reason: '“http://arxiv.org/abs/nonsense” is not an arXiv ID' },
      { entry: 3, reason: expect.stringContaining('missing or has the wrong type') },
    ]);
  });

  it('keeps characters that XML writes as entities', () => {
    const xml = entryFeed.replace('Synthetic abstract', 'a &lt; b &amp; &#233; &#x1F600; ');
    expect(fromQueryFeed(xml).records[0]?.abstract).toMatch(/^a < b & é 😀 with/);
  });
});

describe('a text that is not a feed', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'lol'.repeat(9)}">${[...'bcdefghij']
    .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index]};`.repeat(10)}">`)
    .join('')}]><feed>&j;</feed>`;

  it.each([
    [
      'an HTML page',
      '<!DOCTYPE html><html><body>Down for maintenance</body></html>',
      'a web page instead of a feed',
    ],
    ['an entity bomb', bomb, 'XML that defines entities, which no feed needs'],
    ['XML cut inside an entry', entryFeed.slice(0, 1200), 'incomplete or damaged XML'],
    ['XML cut between entries', entryFeed.replace('</feed>', ''), 'incomplete or damaged XML'],
    ['another root', '<records/>', 'XML that is not a feed'],
    [
      'XML of endless depth',
      `<feed>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</feed>`,
      'XML that cannot be read (Maximum nested tags exceeded)',
    ],
    ['JSON', '{}', 'incomplete or damaged XML'],
    ['nothing', '  ', 'nothing'],
  ])('is an invalid response, not an empty one: %s', (_, xml, what) => {
    expect(() => fromQueryFeed(xml)).toThrow(new SourceError('broken-answer', `arXiv returned ${what}.`));
    expect(() => fromDailyFeed(xml)).toThrow(SourceError);
  });

  it('is an invalid response to a query if the feed has another shape', () => {
    const xml = '<feed><totalResults>1</totalResults><totalResults>2</totalResults></feed>';
    expect(() => fromQueryFeed(xml)).toThrow('arXiv returned a feed in an unknown format.');
  });
});
