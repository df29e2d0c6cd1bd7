/** The fake answers as arXiv's own server code did, which was recorded over its test database. */
import { describe, expect, it } from 'vitest';
import {
  childrenOf,
  childText,
  isNode,
  parseXml,
  textOf,
} from '../../../src/sources/arxiv/parsing/feed-xml.ts';
import { readFixture } from '../../support/fixtures.ts';
import { openHttpServer } from './http-server.ts';
import { type OaiPaper, oaiHandler, openOaiPapers } from './oai-server.ts';

const PAGES = [1, 2, 3, 4, 5, 6].map((page) => readFixture(`oai/seq_arXivRaw_${page}.xml.gz`));
const NOW = new Date('2026-11-29T08:45:51Z');

function papersIn(xml: string): OaiPaper[] {
  const root = parseXml(xml, 'arXiv', 'list of records')['OAI-PMH'];
  return childrenOf(childrenOf(root, 'ListRecords')[0], 'record').map((record) => {
    const header = childrenOf(record, 'header')[0];
    const raw = childrenOf(childrenOf(record, 'metadata')[0], 'arXivRaw')[0];
    const optional = (name: string) => (childText(raw, name) === '' ? undefined : childText(raw, name));
    const [comments, journalRef, doi] = [optional('comments'), optional('journal-ref'), optional('doi')];
    return {
      id: childText(raw, 'id'),
      day: childText(header, 'datestamp'),
      versions: childrenOf(raw, 'version').map((version) => {
        const [sourceType] = isNode(version) ? childrenOf(version, 'source_type').map(textOf) : [];
        return { date: childText(version, 'date'), ...(sourceType && { sourceType }) };
      }),
      title: childText(raw, 'title'),
      abstract: childText(raw, 'abstract'),
      authors: childText(raw, 'authors'),
      categories: childText(raw, 'categories').split(' '),
      ...(comments !== undefined && { comments }),
      ...(journalRef !== undefined && { journalRef }),
      ...(doi !== undefined && { doi }),
    };
  });
}

async function open() {
  const server = await openHttpServer();
  const papers = openOaiPapers(PAGES.flatMap(papersIn));
  server.on('/oai', oaiHandler({ papers, now: () => NOW, pageSize: 40 }));
  return async (query: Readonly<Record<string, string>>) => {
    const response = await fetch(`${server.url}/oai?${new URLSearchParams(query)}`);
    return response.text();
  };
}

const tokenOf = (xml: string) => /<resumptionToken[^>]*\/?>(?:[^<]*<\/resumptionToken>)?/.exec(xml)?.[0];
const idsOf = (xml: string) => Array.from(xml.matchAll(/<identifier>([^<]*)/g), ([, id]) => id);
const statementOf = (xml: string) => /<error [\s\S]*<\/error>/.exec(xml)?.[0];

describe('the fake of arXiv’s OAI-PMH server', () => {
  it('gives the recorded pages, in the recorded order, with the recorded tokens', async () => {
    const ask = await open();
    let query: Record<string, string> = {
      metadataPrefix: 'arXivRaw',
      from: '2011-01-01',
      until: '2011-12-31',
    };
    for (const page of PAGES) {
      const answer = await ask({ verb: 'ListRecords', ...query });
      expect(idsOf(answer)).toEqual(idsOf(page));
      expect(papersIn(answer)).toEqual(papersIn(page));
      expect(tokenOf(answer)).toBe(tokenOf(page));
      query = { resumptionToken: tokenOf(page)?.replace(/<[^>]*>/g, '') ?? '' };
    }
  });

  it.each([
    ['error_bad_token_noskip', { verb: 'ListRecords', resumptionToken: 'verb%3DListRecords' }],
    ['error_token_with_other_args', { verb: 'ListRecords', resumptionToken: 'x', set: 'cs' }],
    ['error_no_records', { verb: 'ListRecords', metadataPrefix: 'arXivRaw', from: '2024-12-25' }],
    ['error_noverb', { metadataPrefix: 'arXivRaw' }],
    ['error_malformed_id', { verb: 'GetRecord', metadataPrefix: 'arXivRaw', identifier: '0712.3217' }],
    [
      'error_bad_format_get',
      { verb: 'GetRecord', metadataPrefix: 'x', identifier: 'oai:arXiv.org:1101.0600' },
    ],
  ])('answers as in %s', async (name, query: Record<string, string>) => {
    const ask = await open();
    expect(statementOf(await ask(query))).toBe(statementOf(readFixture(`oai/${name}.xml`)));
  });
});
