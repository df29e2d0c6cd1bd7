/**
 * An OAI-PMH server as a process of its own, whose list never ends: papers of a file, in turn as they are
 * stored, changed, as they are stored, and new. Its arguments are the file and how many of its papers; it
 * sends its address to the parent.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { type OaiPaper, oaiHandler, openOaiPapers } from '../../../test/fakes/sources/oai-server.ts';
import { readPapers } from '../papers.ts';

/** As many as arXiv sends. */
const PAGE = 1_300;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse('2005-09-16T00:00:00Z');
/** IDs of new papers begin with a year that the file does not have. */
const NEW_YEAR = 27;
const NEW_A_MONTH = 60_000;

const [, , file = '', limit = ''] = process.argv;
const papers = openOaiPapers();
const records = endlessRecords(file);
/** The present page and the one after it, whose day is in the token. */
let window: OaiPaper[][] = [];
let made = 0;

async function nextPage(): Promise<OaiPaper[]> {
  const day = new Date(FIRST_DAY + made++ * DAY_MS).toISOString().slice(0, 10);
  const page: OaiPaper[] = [];
  while (page.length < PAGE) {
    const { value } = await records.next();
    if (value) page.push({ ...value, day });
  }
  return page;
}

/** A page that was given up is requested again, and is the same then. */
async function moveTo(day: string): Promise<void> {
  const isNext = window[1]?.[0]?.day === day;
  if (window.length > 0 && !isNext) return;
  for (const { id } of window[0] ?? []) papers.remove(id);
  window = [window[1] ?? (await nextPage()), await nextPage()];
  papers.put(...window.flat());
}

/** Four neighbours of the file are one each of: as stored, changed, as stored, new. */
async function* endlessRecords(path: string): AsyncGenerator<Omit<OaiPaper, 'day'>, never> {
  let last: PaperRecord | undefined;
  let count = 0;
  for (let round = 1; ; round++) {
    for await (const paper of readPapers(path, Number(limit))) {
      const turn = count++ % 4;
      if (turn === 1)
        yield toOai(paper, { abstract: `${paper.abstract} Revision ${round}.`, version: round + 1 });
      else if (turn === 3)
        yield toOai(paper, { id: newId(count >> 2), abstract: mixed(paper, last ?? paper) });
      else yield toOai(paper, {});
      last = paper;
    }
  }
}

interface Difference {
  readonly id?: string;
  readonly abstract?: string;
  readonly version?: number;
}

function toOai(
  paper: PaperRecord,
  { id = paper.id ?? '', abstract = paper.abstract, version = 1 }: Difference,
) {
  const date = new Date(paper.published ?? '2020-01-01').toUTCString();
  return {
    ...{ id, title: paper.title, abstract, categories: paper.categories ?? ['cs.LG'] },
    authors: (paper.authors ?? []).join(', '),
    versions: Array.from({ length: version }, () => ({ date })),
    ...(paper.comment !== undefined && { comments: paper.comment }),
  };
}

function newId(number: number): string {
  const months = Math.floor(number / NEW_A_MONTH);
  const month = String(1 + (months % 12)).padStart(2, '0');
  return `${NEW_YEAR + Math.floor(months / 12)}${month}.${String(number % NEW_A_MONTH).padStart(5, '0')}`;
}

/** Every other sentence of two abstracts. */
function mixed(one: PaperRecord, other: PaperRecord): string {
  const sentences = (text: string) => text.split(/(?<=[.!?]) /);
  const others = sentences(other.abstract);
  return sentences(one.abstract)
    .map((sentence, index) => (index % 2 === 0 ? sentence : (others[index] ?? sentence)))
    .join(' ');
}

const handle = oaiHandler({ papers, now: () => new Date(), pageSize: PAGE });
const server = createServer(async (incoming, response) => {
  const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  // The other addresses of arXiv lead here, too, and know nothing.
  if (pathname !== '/oai') return void response.writeHead(404).end();
  const token = new URLSearchParams(decodeURIComponent(query.get('resumptionToken') ?? ''));
  if (query.get('verb') === 'ListRecords') await moveTo(token.get('from') ?? '');
  await handle({ method: 'GET', path: pathname, query, headers: incoming.headers, body: '' }, response);
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
