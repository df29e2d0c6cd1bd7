/** Requests pages of metadata from arXiv's OAI-PMH server. https://info.arxiv.org/help/oa/index.html */
import { labelOf } from '../../papers/source-names.ts';
import { type ListRange, type MetadataServer, TokenRefused } from '../harvest/metadata-server.ts';
import type { HttpClient } from '../http/http-client.ts';
import { SourceError } from '../http/source-error.ts';
import type { OaiError } from './parsing/oai-answer.ts';
import type { openXmlParser } from './parsing/xml-parsing.ts';

interface OaiClientOptions {
  /** `ARXIV_OAI_URL`. */
  readonly url: string;
  readonly request: HttpClient;
  readonly parser: Pick<ReturnType<typeof openXmlParser>, 'fromRecordList' | 'fromIdentifierList'>;
}

/** The only format with the list of versions, which has their dates and tells withdrawals. */
const FORMAT = 'arXivRaw';
/** The first days of the list have tens of thousands of records, and the server sorts them for each page. */
const TIMEOUT_MS = 180_000;
/** A page of 1,300 records has 3.4 MB; the server's own default is nearly twice as many. */
const MAX_BYTES = 40 * 1024 * 1024;

export function openOaiClient({ url, request, parser }: OaiClientOptions): MetadataServer {
  async function send(query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<string> {
    const address = new URL(url);
    // A token is encoded once more than it comes, which the server undoes.
    address.search = new URLSearchParams(query).toString();
    const { text } = await request({
      url: address.href,
      format: 'xml',
      // It answers 406 to a list of types without `text/xml`.
      headers: { accept: '*/*' },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    });
    return text;
  }

  async function list<Page extends object>(
    verb: 'ListRecords' | 'ListIdentifiers',
    at: ListRange | string,
    read: (text: string) => Promise<Page | OaiError>,
    signal: AbortSignal,
  ): Promise<Page> {
    // Beside a token, no other argument is allowed.
    const query =
      typeof at === 'string' ? { resumptionToken: at } : { metadataPrefix: FORMAT, ...inRange(at) };
    const page = await read(await sendFor(verb, query, typeof at === 'string', signal));
    if (!('code' in page)) return page;
    const isOfToken = page.code === 'badResumptionToken' || page.code === 'badArgument';
    if (typeof at === 'string' && isOfToken) throw new TokenRefused(page.reason);
    throw rejected(page);
  }

  async function sendFor(
    verb: string,
    query: Readonly<Record<string, string>>,
    hasToken: boolean,
    signal: AbortSignal,
  ): Promise<string> {
    try {
      return await send({ verb, ...query }, signal);
    } catch (error) {
      // A server without memory of the token may not know the protocol's own way to say so.
      const isRefused =
        error instanceof SourceError && (error.kind === 'refused' || error.kind === 'not-found');
      throw hasToken && isRefused ? new TokenRefused(error.message, { cause: error }) : error;
    }
  }

  return {
    records: (at, signal) => list('ListRecords', at, parser.fromRecordList, signal),
    identifiers: (at, signal) => list('ListIdentifiers', at, parser.fromIdentifierList, signal),
    async record(id, signal) {
      const query = { verb: 'GetRecord', metadataPrefix: FORMAT, identifier: `oai:arXiv.org:${id}` };
      const answer = await parser.fromRecordList(await send(query, signal));
      if (!('code' in answer)) return answer.records[0];
      if (answer.code === 'idDoesNotExist' || answer.code === 'cannotDisseminateFormat') return undefined;
      throw rejected(answer);
    },
  };
}

/** The server rejects earlier days, although a few records have one. */
const EARLIEST = '2005-09-16';

function inRange({ set, from }: ListRange): Readonly<Record<string, string>> {
  return { ...(set !== undefined && { set }), ...(from !== undefined && from >= EARLIEST && { from }) };
}

function rejected({ code, reason }: OaiError): SourceError {
  return new SourceError(
    'refused',
    `${labelOf('arxiv')} rejected the request for its metadata: ${reason} (${code}).`,
  );
}
