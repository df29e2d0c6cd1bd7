import { describe, expect, it } from 'vitest';
import { fromDailyFeed } from '../../../../src/sources/arxiv/parsing/daily-feed.ts';
import { readFixture } from '../../../support/fixtures.ts';

const dailyFeed = readFixture('arxiv/daily.synthetic.xml');
const dailyEntry = (changes: ReadonlyArray<readonly [string, string]>) =>
  fromDailyFeed(changes.reduce((xml, [from, to]) => xml.replaceAll(from, to), dailyFeed)).records[0];

describe('arXiv’s daily announcements', () => {
  it('contain new papers with only their abstract, and the day of publication', () => {
    expect(fromDailyFeed(dailyFeed).records).toEqual([
      {
        id: '2603.90001',
        version: 1,
        title: 'Task Routing as Retrieval: A Synthetic Fixture',
        abstract: 'Synthetic abstract.',
        authors: ['Ada Example', 'Bo Sample'],
        categories: ['cs.LG', 'cs.CL'],
        published: '2026-03-13',
      },
    ]);
  });

  it('contain cross-listed papers without a date, because theirs would be wrong', () => {
    const record = dailyEntry([['announce_type>new<', 'announce_type>cross<']]);
    expect(record?.id).toBe('2603.90001');
    expect(record).not.toHaveProperty('published');
  });

  it.each(['replace', 'replace-cross'])('list later versions of older papers apart (%s)', (type) => {
    const feed = fromDailyFeed(
      dailyFeed
        .replace('announce_type>new<', `announce_type>${type}<`)
        .replaceAll('90001v1', '90001v2')
        .replace('<dc:creator>', '<arxiv:DOI>10.1/x</arxiv:DOI><dc:creator>'),
    );
    expect(feed.records).toEqual([]);
    expect(feed.replacements).toMatchObject([
      { id: '2603.90001', version: 2, replacedOn: '2026-03-13', doi: '10.1/x' },
    ]);
    expect(feed.replacements[0]).not.toHaveProperty('published');
  });

  it('have names of authors in the usual order', () => {
    const record = dailyEntry([
      ['Ada Example, Bo Sample', 'Ada Example (Org, Town), Bo Sample, Jr., Cy Test, III'],
    ]);
    expect(record?.authors).toEqual(['Ada Example', 'Bo Sample Jr.', 'Cy Test III']);
  });
});

describe('a recorded feed', () => {
  const read = (name: string) => fromDailyFeed(readFixture(`arxiv-feeds/${name}.xml`));

  it('can be RSS 2.0', () => {
    const { day, records, replacements, skipped, entries } = read('stale_2026-08-14');
    expect([day, records.length, replacements.length, skipped.length, entries]).toEqual([
      '2026-08-13',
      4,
      4,
      0,
      8,
    ]);
    expect(records[0]).toMatchObject({
      id: '2608.11207',
      version: 1,
      title: 'Dynamic Governance of Multi-LLM Agent Systems for Collaborative Conversational Outcomes',
      abstract: expect.stringMatching(/^When two LLM agents/),
      authors: ['Alexander Liss', 'Nicholas Desmond', 'Santiago Gil Gallego'],
      categories: ['cs.AI'],
      published: '2026-08-13',
    });
  });

  it('can be in the form of the years before February 2024', () => {
    const { day, records, replacements, skipped } = read('old_2024-01-30');
    expect([day, records.length, replacements.length, skipped]).toEqual(['2024-01-29', 2, 2, []]);
    expect(records[0]).toEqual({
      id: '2401.14440',
      version: 1,
      title: 'Semantic Sensitivities and Inconsistent Predictions: Measuring the Fragility of NLI Models',
      abstract: expect.stringMatching(/^Recent studies of the emergent capabilities of transformer-b[^<>]*$/),
      authors: ['Erik Arakelyan', 'Zhaoqi Liu', 'Isabelle Augenstein'],
      categories: ['cs.CL'],
      published: '2024-01-29',
    });
    expect(replacements[0]).toMatchObject({ version: expect.any(Number), replacedOn: '2024-01-29' });
  });

  it.each(['rss_cs_saturday_2023-10-28', 'atom_cs_saturday_2023-10-28', 'stale_2026-08-17'])(
    'is empty at the weekend: %s',
    (name) => expect(read(name)).toMatchObject({ records: [], entries: 0, day: expect.any(String) }),
  );

  it('that is an error gives the reason in arXiv’s words', () => {
    expect(() => read('error_bad_category_rss')).toThrow(
      /^arXiv rejected the feed: Bad subject class 'ZZ'\. Valid subject classes/,
    );
  });
});
