/**
 * arXiv's OAI-PMH server, as https://github.com/arXiv/oaipmh writes its answers: verbs, errors, tokens that
 * count records, and the ways in which it fails.
 */
import type { ServerResponse } from 'node:http';
import type { Handler, SeenRequest } from './http-server.ts';

export interface OaiPaper {
  readonly id: string;
  /** The day of its last change. */
  readonly day: string;
  readonly versions: readonly OaiVersion[];
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
  readonly categories: readonly string[];
  readonly comments?: string;
  readonly journalRef?: string;
  readonly doi?: string;
  readonly isDeleted?: true;
}

export interface OaiVersion {
  /** RFC 1123. */
  readonly date: string;
  readonly sourceType?: string;
}

/**
 * - `busy`: 503 with `Retry-After`
 * - `closed`: 503 with a `Retry-After` of an hour
 * - `limited`: 429 without a header
 * - `down`: a web page with status 200
 * - `cut`: the answer ends in the middle
 * - `drop`: the connection breaks
 * - `forget`: the token is refused
 * - `repeat`: the token of the answer leads to the same page again
 * - `end`: the list ends here, without an empty token
 */
export type OaiFault = 'busy' | 'closed' | 'limited' | 'down' | 'cut' | 'drop' | 'forget' | 'repeat' | 'end';

interface OaiServerOptions {
  readonly papers: OaiPapers;
  readonly now: () => Date;
  readonly pageSize?: number;
  /** Records of `ListIdentifiers`; the page size if absent. */
  readonly idPageSize?: number;
  /** True if tokens of yesterday are refused. arXiv promises no more. */
  readonly tokensExpire?: boolean;
  /** How a request fails; the first is 1. */
  readonly fault?: (number: number, request: SeenRequest) => OaiFault | undefined;
}

/** The papers of the server, which a test changes. */
export interface OaiPapers {
  get(id: string): OaiPaper | undefined;
  put(...papers: readonly OaiPaper[]): void;
  remove(id: string): void;
  /** By day. Within a day, the order is the server's secret; only each page is sorted by ID. */
  sorted(): readonly OaiPaper[];
}

export function openOaiPapers(first: readonly OaiPaper[] = []): OaiPapers {
  const byId = new Map<string, OaiPaper>();
  let order: readonly OaiPaper[] | undefined;
  const put = (...papers: readonly OaiPaper[]) => {
    for (const paper of papers) byId.set(paper.id, paper);
    order = undefined;
  };
  put(...first);
  return {
    get: (id) => byId.get(id),
    put,
    remove(id) {
      byId.delete(id);
      order = undefined;
    },
    sorted() {
      order ??= [...byId.values()].sort((a, b) => compare(a.day, b.day));
      return order;
    },
  };
}

const BASE = 'http://oaipmh.arxiv.org/oai';
const EARLIEST = '2005-09-16';
const FORMATS = ['arXivRaw'];
const WORDS: Readonly<Record<string, string>> = {
  badArgument:
    'The request includes illegal arguments, is missing required arguments, includes a repeated argument, or values for arguments have an illegal syntax.',
  badResumptionToken: 'The value of the resumptionToken argument is invalid or expired.',
  badVerb:
    'Value of the verb argument is not a legal OAI-PMH verb, the verb argument is missing, or the verb argument is repeated.',
  cannotDisseminateFormat:
    'The metadata format identified by the value given for the metadataPrefix argument is not supported by the item or by the repository.',
  idDoesNotExist: 'The value of the identifier argument is unknown or illegal in this repository.',
  noRecordsMatch:
    'The combination of the values of the from, until, set and metadataPrefix arguments results in an empty list.',
};

class OaiFailure extends Error {
  readonly code: string;
  constructor(code: string, reason?: string) {
    super(reason);
    this.code = code;
  }
}

interface Serving extends OaiServerOptions {
  /** The day on which each token was given. */
  readonly given: Map<string, string>;
}

interface Query {
  readonly verb?: string;
  readonly metadataPrefix?: string;
  readonly identifier?: string;
  readonly from?: string;
  readonly until?: string;
  readonly set?: string;
  readonly resumptionToken?: string;
}

/** Serves one address. */
export function oaiHandler(options: OaiServerOptions): Handler {
  let requests = 0;
  const given = new Map<string, string>();
  return (request, response) => {
    requests += 1;
    const fault = options.fault?.(requests, request);
    if (fault !== undefined && failPlainly(fault, response)) return;
    const xml = answerTo(request.query, { ...options, given }, fault);
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
    response.end(fault === 'cut' ? xml.slice(0, Math.floor(xml.length * 0.7)) : xml);
  };
}

/** @returns false for a fault in the content */
function failPlainly(fault: OaiFault, response: ServerResponse): boolean {
  if (fault === 'drop') response.socket?.destroy();
  else if (fault === 'busy' || fault === 'closed') {
    const pause = fault === 'busy' ? '10' : '3600';
    response.writeHead(503, { 'retry-after': pause, 'content-type': 'text/html' });
    response.end(`<html><body>\n<h1>Retry after ${pause} seconds</h1>\n</body></html>\n`);
  } else if (fault === 'limited')
    response.writeHead(429, { 'content-type': 'text/plain' }).end('Rate exceeded.');
  else if (fault === 'down') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Maintenance</body></html>');
  } else return false;
  return true;
}

function answerTo(search: URLSearchParams, options: Serving, fault: OaiFault | undefined): string {
  const now = options.now();
  const query: Query = Object.fromEntries(search);
  try {
    if (new Set(search.keys()).size < [...search.keys()].length) {
      throw new OaiFailure('badArgument', 'Duplicate parameters not allowed');
    }
    const { verb = '' } = query;
    if (verb === 'GetRecord')
      return envelope(now, query, `<GetRecord>${getRecord(query, options)}</GetRecord>`);
    if (verb !== 'ListRecords' && verb !== 'ListIdentifiers')
      throw new OaiFailure('badVerb', 'Invalid verb provided');
    return envelope(now, query, `<${verb}>${listed(verb, query, options, fault)}</${verb}>`);
  } catch (error) {
    if (!(error instanceof OaiFailure)) throw error;
    const reason = error.message === '' ? '' : ` Reason: ${error.message}`;
    const shown = error.code === 'noRecordsMatch' ? query : {};
    return envelope(now, shown, `<error code='${error.code}'>${WORDS[error.code]}${reason}</error>`);
  }
}

function getRecord({ identifier = '', metadataPrefix = '' }: Query, { papers }: OaiServerOptions): string {
  if (!identifier.startsWith('oai:arXiv.org:')) {
    throw new OaiFailure('idDoesNotExist', 'All identifiers start with: oai:arXiv.org:');
  }
  requireFormat(metadataPrefix);
  const paper = papers.get(identifier.slice('oai:arXiv.org:'.length).replace(/v\d+$/, ''));
  if (!paper) throw new OaiFailure('idDoesNotExist', 'Nothing found for this id');
  return recordOf(paper);
}

interface ListPosition extends Query {
  readonly skip: string;
}

const TOKEN_PARTS = ['verb', 'metadataPrefix', 'from', 'until', 'set', 'skip'] as const;

function listed(verb: string, query: Query, options: Serving, fault: OaiFault | undefined): string {
  const { pageSize = 1_300, papers, now, given } = options;
  const size = verb === 'ListIdentifiers' ? (options.idPageSize ?? pageSize) : pageSize;
  const position = fault === 'forget' && query.resumptionToken ? refuse() : positionOf(verb, query, options);
  requireFormat(position.metadataPrefix ?? '');
  const { from = '', until = '9999', set, skip } = position;
  requireDay('from', from);
  if (from !== '' && from < EARLIEST) throw new OaiFailure('badArgument', 'start date too early');
  const rows = papers
    .sorted()
    .filter((paper) => paper.day >= from && paper.day <= until && (set === undefined || isIn(paper, set)));
  const start = Number(skip);
  const page = rows.slice(start, start + size).sort((a, b) => compare(a.day, b.day) || compare(a.id, b.id));
  const [first] = page;
  if (!first) throw new OaiFailure('noRecordsMatch');
  const next = rows[start + size];
  const entries = page.map((paper) => (verb === 'ListRecords' ? recordOf(paper) : headerOf(paper)));
  const isPaged = query.resumptionToken !== undefined || next !== undefined;
  if (fault === 'end' || !isPaged) return entries.join('');
  if (!next) return `${entries.join('')}<resumptionToken/>`;
  // The list moves on to the day of the next record, and counts only that day's.
  const isLaterDay = next.day > first.day;
  const token: ListPosition = {
    ...position,
    ...(isLaterDay && { from: next.day }),
    skip: String(isLaterDay ? page.filter(({ day }) => day === next.day).length : start + size),
  };
  const text = encodeURIComponent(
    TOKEN_PARTS.flatMap((name) => (token[name] === undefined ? [] : [`${name}=${token[name]}`])).join('&'),
  );
  const midnight = new Date(Math.floor(now().getTime() / 86_400_000 + 1) * 86_400_000);
  given.set(text, seconds(now()).slice(0, 10));
  const shown = fault === 'repeat' && query.resumptionToken ? query.resumptionToken : text;
  return `${entries.join('')}<resumptionToken expirationDate='${seconds(midnight)}'>${shown}</resumptionToken>`;
}

function positionOf(verb: string, query: Query, { now, tokensExpire, given }: Serving): ListPosition {
  const { resumptionToken, ...rest } = query;
  if (resumptionToken === undefined) return { ...rest, skip: '0' };
  if (Object.keys(rest).length > 1) {
    throw new OaiFailure('badArgument', 'No other paramters allowed with resumptionToken');
  }
  const told: Partial<ListPosition> = Object.fromEntries(
    new URLSearchParams(decodeURIComponent(resumptionToken)),
  );
  const { skip } = told;
  if (skip === undefined || told.verb !== verb) return refuse();
  if (tokensExpire && given.get(resumptionToken) !== seconds(now()).slice(0, 10)) return refuse();
  return { ...told, skip };
}

function refuse(): never {
  throw new OaiFailure('badResumptionToken', 'Token decoding failed or format is invalid.');
}

function requireFormat(prefix: string): void {
  if (!FORMATS.includes(prefix)) {
    throw new OaiFailure('cannotDisseminateFormat', 'Did not recognize requested format');
  }
}

function requireDay(name: string, day: string): void {
  if (day !== '' && !/^\d{4}-\d\d-\d\d$/.test(day)) {
    throw new OaiFailure('badArgument', `${name} date format must be YYYY-MM-DD`);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function setsOf({ categories }: OaiPaper): string[] {
  return categories.map((category) => {
    const [archive = '', subject] = category.split('.');
    const isPhysics = /^(?:astro-ph|cond-mat|gr-qc|hep-\w+|math-ph|nlin|nucl-\w+|physics|quant-ph)$/.test(
      archive,
    );
    const group = isPhysics ? 'physics' : archive;
    return [group, archive, ...(subject === undefined ? [] : [subject])].join(':');
  });
}

function isIn(paper: OaiPaper, set: string): boolean {
  return setsOf(paper).some((each) => each === set || each.startsWith(`${set}:`));
}

function headerOf(paper: OaiPaper): string {
  return `<header${paper.isDeleted ? ' status="deleted"' : ''}>
        <identifier>oai:arXiv.org:${paper.id}</identifier>
        <datestamp>${paper.day}</datestamp>
${setsOf(paper)
  .map((set) => `            <setSpec>${set}</setSpec>`)
  .join('\n')}
    </header>`;
}

function recordOf(paper: OaiPaper): string {
  if (paper.isDeleted) return `<record>${headerOf(paper)}</record>`;
  return `<record>
                ${headerOf(paper)}
            <metadata>
                        <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://arxiv.org/OAI/arXivRaw/ https://oaipmh.arxiv.org/OAI/arXivRaw.xsd">
        <id>${paper.id}</id>
        <submitter>A Submitter</submitter>
${paper.versions.map(versionOf).join('\n')}
        <title>${escaped(paper.title)}</title>
        <authors>${escaped(paper.authors)}</authors>
        <categories>${paper.categories.join(' ')}</categories>
${optional('comments', paper.comments)}${optional('journal-ref', paper.journalRef)}${optional('doi', paper.doi)}            <license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license>
            <abstract>${escaped(paper.abstract)}</abstract>
    </arXivRaw>
            </metadata>
        </record>`;
}

function versionOf({ date, sourceType }: OaiVersion, index: number): string {
  const isWithdrawn = sourceType?.includes('I');
  return `            <version version="v${index + 1}">
                <date>${date}</date>
                <size>${isWithdrawn ? 0 : 34}kb</size>
${optional('source_type', sourceType)}            </version>`;
}

function optional(name: string, text: string | undefined): string {
  return text === undefined ? '' : `            <${name}>${escaped(text)}</${name}>\n`;
}

function envelope(now: Date, query: Query, content: string): string {
  const attributes = Object.entries(query)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" 
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
    <responseDate>${seconds(now)}</responseDate>
                <request${attributes}>${BASE}</request>


    ${content}
</OAI-PMH>
`;
}

function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;');
}
