/** Made-up records in the shapes of the services and tools whose files people import. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RowReading } from '../../../src/import/fields/record-schema.ts';
import { openPaperFile } from '../../../src/import/paper-file.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { temporaryFolder } from '../../support/database.ts';

interface ReadRow {
  readonly record: PaperRecord;
  readonly read?: RowReading;
}

async function readFileOf(content: string): Promise<ReadRow[]> {
  const path = join(temporaryFolder(), 'papers');
  writeFileSync(path, content);
  const file = await openPaperFile(path, { now: new Date('2026-06-01T08:00:00Z') });
  const rows: ReadRow[] = [];
  for await (const item of file.items()) {
    if ('skipped' in item) throw new Error(`line ${item.line} ${item.skipped}`);
    rows.push(item);
  }
  return rows;
}

const TITLE = 'Routing Tasks by Retrieval';
const ABSTRACT = 'We route tasks.';
const PEOPLE = ['Ada Example', 'Bo Sample'];
const basics = { title: TITLE, abstract: ABSTRACT, authors: PEOPLE };

interface Shape {
  readonly name: string;
  /** One row, or a whole answer with a list. */
  readonly row: object;
  readonly record: Partial<PaperRecord>;
  readonly unread?: readonly string[];
}

const SHAPES: readonly Shape[] = [
  {
    name: 'a paper of Hugging Face’s API',
    row: {
      id: '2603.90001',
      authors: [
        { _id: '1', name: 'Ada Example', hidden: false, user: { fullname: 'ada', name: 'ada' } },
        { _id: '2', name: 'Bo Sample' },
        { _id: '3', name: 'Not Shown', hidden: true },
      ],
      publishedAt: '2026-03-11T00:00:00.000Z',
      title: TITLE,
      summary: ABSTRACT,
      upvotes: 131,
      discussionId: '69b2',
      ai_summary: 'Made by a machine.',
      ai_keywords: ['retrieval', 'routing'],
      organization: { _id: '4', name: 'example-org', fullname: 'Example Org' },
      projectPage: 'https://example.org/routing',
      githubRepo: 'https://github.com/example-org/routing',
      githubStars: 415,
      linkedModels: [{ id: 'example-org/router', likes: 12 }],
      numTotalModels: 1,
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03-11T00:00:00.000Z',
      votes: 131,
      keywords: ['retrieval', 'routing'],
      organization: 'Example Org',
      projectUrl: 'https://example.org/routing',
      codeUrl: 'https://github.com/example-org/routing',
      codeStars: 415,
    },
  },
  {
    name: 'a search of Semantic Scholar',
    row: {
      total: 1,
      offset: 0,
      data: [
        {
          paperId: '0000000000000000000000000000000000000001',
          externalIds: {
            ArXiv: '2603.90001',
            DBLP: 'journals/corr/abs-2603-90001',
            DOI: '10.1000/routing',
            CorpusId: 1,
          },
          corpusId: 1,
          url: 'https://www.semanticscholar.org/paper/0000000000000000000000000000000000000001',
          title: TITLE,
          abstract: ABSTRACT,
          venue: 'Conference on Examples',
          year: 2026,
          publicationDate: '2026-03-11',
          citationCount: 7,
          influentialCitationCount: 1,
          fieldsOfStudy: ['Computer Science'],
          s2FieldsOfStudy: [{ category: 'Computer Science', source: 'external' }],
          openAccessPdf: { url: 'https://arxiv.org/pdf/2603.90001', status: 'GREEN' },
          tldr: { model: 'tldr@v2.0.0', text: 'Made by a machine.' },
          journal: { name: 'ArXiv', volume: 'abs/2603.90001' },
          authors: [
            { authorId: null, name: 'Ada Example' },
            { authorId: '2', name: 'Bo Sample' },
          ],
        },
      ],
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03-11',
      doi: '10.1000/routing',
      venue: 'Conference on Examples',
      citations: 7,
    },
  },
  {
    name: 'works of OpenAlex',
    row: {
      meta: { count: 1, page: 1 },
      results: [
        {
          id: 'https://openalex.org/W1',
          doi: 'https://doi.org/10.1000/routing',
          title: TITLE,
          display_name: TITLE,
          publication_year: 2026,
          publication_date: '2026-03-11',
          ids: { openalex: 'https://openalex.org/W1', doi: 'https://doi.org/10.1000/routing' },
          language: 'en',
          primary_location: {
            landing_page_url: 'https://doi.org/10.1000/routing',
            pdf_url: null,
            source: { id: 'https://openalex.org/S1', display_name: 'Journal of Examples' },
          },
          locations: [{ landing_page_url: 'https://arxiv.org/abs/2603.90001', pdf_url: null }],
          authorships: PEOPLE.map((name) => ({
            author_position: 'first',
            author: { id: 'https://openalex.org/A1', display_name: name },
            raw_author_name: name,
          })),
          cited_by_count: 7,
          keywords: [{ id: 'https://openalex.org/keywords/routing', display_name: 'Routing', score: 0.6 }],
          concepts: [{ display_name: 'Computer science' }],
          abstract_inverted_index: { 'tasks.': [2], We: [0], route: [1] },
          created_date: '2026-03-20',
          updated_date: '2026-05-01T00:00:00.000000',
        },
      ],
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03-11',
      doi: '10.1000/routing',
      venue: 'Journal of Examples',
      citations: 7,
      keywords: ['Routing'],
    },
  },
  {
    name: 'works of Crossref',
    row: {
      status: 'ok',
      'message-type': 'work-list',
      message: {
        facets: {},
        items: [
          {
            indexed: { 'date-parts': [[2026, 5, 1]], timestamp: 1777593600000 },
            publisher: 'Example Press',
            DOI: '10.1000/routing',
            type: 'journal-article',
            created: { 'date-parts': [[2026, 4, 2]] },
            title: [TITLE],
            'container-title': ['Journal of Examples'],
            'published-online': { 'date-parts': [[2026, 3]] },
            issued: { 'date-parts': [[2026, 3]] },
            author: [
              { given: 'Ada', family: 'Example', sequence: 'first', affiliation: [] },
              { given: 'Bo', family: 'Sample', sequence: 'additional' },
            ],
            'is-referenced-by-count': 7,
            abstract: '<jats:title>Abstract</jats:title><jats:p>We route tasks.</jats:p>',
            subject: ['Artificial Intelligence'],
            link: [{ URL: 'https://example.org/routing.pdf' }],
            reference: [{ key: '1', DOI: '10.1000/other' }],
          },
        ],
      },
    },
    record: {
      ...basics,
      published: '2026-03',
      doi: '10.1000/routing',
      venue: 'Journal of Examples',
      citations: 7,
      keywords: ['Artificial Intelligence'],
    },
  },
  {
    name: 'a search of DBLP',
    row: {
      result: {
        query: 'routing',
        completions: { '@total': '1', c: { '@sc': '1', text: 'routing' } },
        hits: {
          '@total': '1',
          hit: [
            {
              '@score': '5',
              '@id': '4060',
              info: {
                authors: {
                  author: [
                    { '@pid': '1', text: 'Ada Example' },
                    { '@pid': '2', text: 'Bo Sample 0002' },
                  ],
                },
                title: `${TITLE}.`,
                venue: 'CoRR',
                volume: 'abs/2603.90001',
                year: '2026',
                type: 'Informal and Other Publications',
                access: 'open',
                key: 'journals/corr/abs-2603-90001',
                doi: '10.48550/ARXIV.2603.90001',
                ee: 'https://doi.org/10.48550/arXiv.2603.90001',
                url: 'https://dblp.org/rec/journals/corr/abs-2603-90001',
              },
              url: 'URL#4060',
            },
          ],
        },
      },
    },
    record: { title: `${TITLE}.`, abstract: '', authors: PEOPLE, id: '2603.90001', published: '2026' },
  },
  {
    name: 'a paper of the Papers with Code dump',
    row: {
      paper_url: 'https://paperswithcode.com/paper/routing-tasks',
      arxiv_id: '2603.90001',
      nips_id: null,
      title: TITLE,
      abstract: ABSTRACT,
      short_abstract: 'We route.',
      url_abs: 'https://arxiv.org/abs/2603.90001v2',
      url_pdf: 'https://arxiv.org/pdf/2603.90001v2.pdf',
      proceeding: 'Examples 2026',
      authors: PEOPLE,
      tasks: ['Retrieval'],
      date: '2026-03-11',
      methods: [{ name: 'Routing' }],
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03-11',
      venue: 'Examples 2026',
      keywords: ['Retrieval'],
    },
  },
  {
    name: 'a link between paper and code of Papers with Code',
    row: {
      paper_url: 'https://paperswithcode.com/paper/routing-tasks',
      paper_title: TITLE,
      paper_arxiv_id: '2603.90001',
      paper_url_abs: 'https://arxiv.org/abs/2603.90001',
      repo_url: 'https://github.com/example-org/routing',
      is_official: true,
      framework: 'pytorch',
    },
    record: {
      title: TITLE,
      abstract: '',
      id: '2603.90001',
      codeUrl: 'https://github.com/example-org/routing',
    },
  },
  {
    name: 'a row of S2ORC',
    row: {
      paper_id: '77490025',
      title: TITLE,
      authors: [
        { first: 'Ada', middle: [], last: 'Example', suffix: '' },
        { first: 'Bo', middle: ['C.'], last: 'Sample', suffix: 'Jr.' },
      ],
      abstract: ABSTRACT,
      year: 2026,
      arxiv_id: '2603.90001',
      acl_id: null,
      doi: '10.1000/routing',
      venue: 'Conference on Examples',
      journal: 'Journal of Examples',
      mag_id: '123',
      mag_field_of_study: ['Computer Science'],
      outbound_citations: ['1'],
      has_pdf_parse: true,
    },
    record: {
      ...basics,
      authors: ['Ada Example', 'Bo C. Sample Jr.'],
      id: '2603.90001',
      published: '2026',
      doi: '10.1000/routing',
      venue: 'Conference on Examples',
    },
  },
  {
    name: 'notes of OpenReview',
    row: {
      notes: [
        {
          id: 'aBcD',
          forum: 'aBcD',
          signatures: ['Examples/2026/Conference'],
          invitations: ['Examples/2026/Conference/-/Submission'],
          cdate: 1773187200000,
          tcdate: 1773187200000,
          content: {
            title: { value: TITLE },
            authors: { value: PEOPLE },
            authorids: { value: ['~Ada_Example1'] },
            keywords: { value: ['routing'] },
            abstract: { value: ABSTRACT },
            pdf: { value: '/pdf/1.pdf' },
            venue: { value: 'Examples 2026 poster' },
            venueid: { value: 'Examples/2026/Conference' },
          },
        },
      ],
      count: 1,
    },
    record: {
      ...basics,
      published: '2026-03-11T00:00:00.000Z',
      keywords: ['routing'],
      venue: 'Examples 2026 poster',
    },
    unread: ['authorids'],
  },
  {
    name: 'an item of Zotero',
    row: {
      config: { label: 'BetterBibTeX JSON' },
      items: [
        {
          itemID: 5,
          version: 309,
          itemType: 'preprint',
          title: TITLE,
          creators: [
            { firstName: 'Eve', lastName: 'Editor', creatorType: 'editor' },
            { firstName: 'Ada', lastName: 'Example', creatorType: 'author' },
            { firstName: 'Bo', lastName: 'Sample', creatorType: 'author' },
          ],
          abstractNote: ABSTRACT,
          date: '2026-03-11',
          url: 'http://arxiv.org/abs/2603.90001',
          archiveID: 'arXiv:2603.90001',
          extra: 'arXiv:2603.90001 [cs]',
          tags: [{ tag: 'Computer Science - Machine Learning' }, { tag: 'cs.LG', type: 1 }],
          dateAdded: '2026-04-01T10:00:00Z',
          attachments: [{ title: 'Full Text PDF' }],
        },
      ],
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03-11',
      categories: ['cs.LG'],
      keywords: ['Computer Science - Machine Learning'],
    },
  },
  {
    name: 'an item of CSL JSON',
    row: {
      id: 'example2026',
      type: 'article-journal',
      title: TITLE,
      author: [{ family: 'Example', given: 'Ada' }, { literal: 'Bo Sample' }],
      abstract: ABSTRACT,
      issued: { 'date-parts': [['2026', 3, 11]] },
      accessed: { 'date-parts': [[2026, 5, 1]] },
      DOI: '10.1000/routing',
      URL: 'https://arxiv.org/abs/2603.90001',
      'container-title': 'Journal of Examples',
      keyword: 'routing,retrieval',
      number: 'arXiv:2603.90001',
      page: '1-9',
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03-11',
      doi: '10.1000/routing',
      venue: 'Journal of Examples',
      keywords: ['routing', 'retrieval'],
    },
  },
  {
    name: 'the arXiv metadata of Kaggle with a column removed',
    row: {
      id: '2603.90001',
      submitter: 'Ada Example',
      authors: 'Ada Example and Bo Sample',
      title: TITLE,
      comments: '23 pages',
      'journal-ref': 'J. Ex. 1 (2026)',
      doi: null,
      'report-no': null,
      categories: 'cs.LG cs.CL',
      license: 'http://creativecommons.org/licenses/by/4.0/',
      abstract: `  ${ABSTRACT}\n`,
      update_date: '2026-04-13',
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03',
      updated: '2026-04-13',
      comment: '23 pages',
      journalRef: 'J. Ex. 1 (2026)',
      categories: ['cs.LG', 'cs.CL'],
    },
  },
  {
    name: 'arXiv’s Atom as feedparser reads it',
    row: {
      id: 'http://arxiv.org/abs/2603.90001v2',
      title: TITLE,
      title_detail: { type: 'text/plain' },
      summary: ABSTRACT,
      summary_detail: { type: 'text/plain' },
      published: '2026-03-11T17:22:30Z',
      updated: '2026-03-12T09:00:00Z',
      authors: PEOPLE.map((name) => ({ name })),
      author: 'Bo Sample',
      arxiv_comment: '23 pages',
      arxiv_primary_category: { term: 'cs.LG', scheme: 'http://arxiv.org/schemas/atom' },
      tags: [{ term: 'cs.CL' }, { term: 'cs.LG' }],
      links: [{ href: 'http://arxiv.org/pdf/2603.90001v2', type: 'application/pdf' }],
    },
    record: {
      ...basics,
      id: '2603.90001',
      version: 2,
      published: '2026-03-11T17:22:30Z',
      updated: '2026-03-12T09:00:00Z',
      comment: '23 pages',
      categories: ['cs.LG', 'cs.CL'],
    },
  },
  {
    name: 'a table made by hand',
    row: {
      Title: TITLE,
      Authors: 'Example, Ada; Sample, Bo',
      Date: '11 March 2026',
      Abstract: ABSTRACT,
      Link: 'https://arxiv.org/abs/2603.90001',
      'PDF URL': 'https://arxiv.org/pdf/2603.90001',
      Code: 'github.com/example-org/routing',
      Tags: 'cs.LG, routing',
      Conference: 'Examples 2026',
      Likes: '1,024',
      'Read by': 'Bo',
    },
    record: {
      ...basics,
      id: '2603.90001',
      published: '2026-03-11',
      codeUrl: 'https://github.com/example-org/routing',
      categories: ['cs.LG'],
      keywords: ['routing'],
      venue: 'Examples 2026',
      votes: 1024,
    },
    unread: ['Read by'],
  },
];

describe('a file in the shape of another service', () => {
  it.each(SHAPES)('gives every field that it has: $name', async ({ row, record, unread = [] }) => {
    for (const content of [JSON.stringify(row), JSON.stringify(row, null, 2), `[${JSON.stringify(row)}]`]) {
      const [first, ...others] = await readFileOf(content);
      expect(first).toMatchObject({ record, read: { unread, leftOut: [] } });
      expect(Object.keys(first?.record ?? {}).sort()).toEqual(Object.keys(record).sort());
      expect(others).toEqual([]);
    }
  });

  it('gives the same as an array, as JSON lines, and in an object, whatever the case of its keys', async () => {
    const rows = [1, 2, 3].map((n) => ({
      arxivId: `2603.9000${n}`,
      Title: `Paper ${n}`,
      published_at: '2026-03-11',
    }));
    const expected = rows.map(({ arxivId, Title }) => ({
      id: arxivId,
      title: Title,
      abstract: '',
      published: '2026-03-11',
    }));
    const kebab = rows.map((row) => ({
      'arxiv-id': row.arxivId,
      TITLE: row.Title,
      publishedAt: row.published_at,
    }));
    for (const content of [
      JSON.stringify(rows),
      rows.map((row) => JSON.stringify(row)).join('\n'),
      JSON.stringify({ papers: rows }),
      JSON.stringify({ next: null, answer: { page: { rows } } }, null, 1),
      JSON.stringify(kebab),
      // Pages of an API's answer, one per line.
      `${JSON.stringify({ results: rows.slice(0, 2) })}\n${JSON.stringify({ results: rows.slice(2) })}\n`,
    ]) {
      expect((await readFileOf(content)).map(({ record }) => record)).toEqual(expected);
    }
  });
});

describe('a row that is no paper', () => {
  it.each([
    [
      { itemType: 'attachment', title: 'Full Text PDF', url: 'https://arxiv.org/pdf/2603.90001' },
      'is an attachment in Zotero, not a paper',
    ],
    [
      { id: 'b', forum: 'a', content: { title: { value: 'Review' }, abstract: { value: 'Good.' } } },
      'is a reply on OpenReview, not a paper',
    ],
    [{ title: { en: 'Two' }, abstract: 'Words.' }, 'title is not text'],
  ])('is skipped: %j', async (row, reason) => {
    await expect(readFileOf(JSON.stringify([{ title: 'A', abstract: 'B' }, row]))).rejects.toThrow(reason);
  });
});
