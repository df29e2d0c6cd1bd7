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
