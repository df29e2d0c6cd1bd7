/**
 * Reads the answers of an OAI-PMH server. Pure.
 * https://www.openarchives.org/OAI/openarchivesprotocol.html
 */
import type { PaperRecord } from '../../../papers/paper.ts';
import { labelOf } from '../../../papers/source-names.ts';
import { cleanInstant, cleanText } from '../../../text/clean.ts';
import type { Day } from '../../../time/clock.ts';
import type { IdentifierPage, ListedPaper, NextPage, RecordPage } from '../../harvest/metadata-server.ts';
import { SourceError } from '../../http/source-error.ts';
import { childrenOf, childText, isNode, parseXml, textOf, type XmlNode } from './feed-xml.ts';
import { referenceIn, toPaperRecord } from './oai-record.ts';

const ARXIV = labelOf('arxiv');

/** Plain data, because errors lose their class between threads. */
export interface OaiError {
  /** `badResumptionToken`, `idDoesNotExist` … */
  readonly code: string;
  readonly reason: string;
}

/** @throws SourceError when it is not an answer to `ListRecords` or `GetRecord` */
export function fromRecordList(xml: string): RecordPage | OaiError {
  const answer = readAnswer(xml, ['ListRecords', 'GetRecord']);
  if ('code' in answer) return isEmptyList(answer) ? { ...answer.page, ...EMPTY } : answer;
  const records: PaperRecord[] = [];
  const deleted: ListedPaper[] = [];
  const skipped: Array<{ entry: number; reason: string }> = [];
  const days: Day[] = [];
  for (const [index, node] of childrenOf(answer.list, 'record').entries()) {
    const header = readHeader(childrenOf(node, 'header')[0]);
    days.push(...(header.day === undefined ? [] : [header.day]));
    const reference = referenceIn(header.identifier);
    const skip = (reason: string) => skipped.push({ entry: index + 1, reason });
    if (!reference) skip(`“${cleanText(header.identifier, 80)}” is not an arXiv ID`);
    else if (header.isDeleted) deleted.push({ id: reference.id, day: header.day ?? answer.page.serverDay });
    else {
      const record = toPaperRecord(childrenOf(node, 'metadata')[0], { reference, sets: header.sets });
      if (typeof record === 'string') skip(record);
      else records.push(record);
    }
  }
  return { ...answer.page, ...lastOf(days), records, deleted, skipped };
}

/** @throws SourceError when it is not an answer to `ListIdentifiers` */
export function fromIdentifierList(xml: string): IdentifierPage | OaiError {
  const answer = readAnswer(xml, ['ListIdentifiers']);
  if ('code' in answer) return isEmptyList(answer) ? { ...answer.page, listed: [] } : answer;
  const headers = childrenOf(answer.list, 'header').map(readHeader);
  const days = headers.flatMap(({ day }) => day ?? []);
  const listed = headers.flatMap(({ identifier, day, isDeleted }) => {
    const reference = referenceIn(identifier);
    return reference && !isDeleted ? [{ id: reference.id, day: day ?? answer.page.serverDay }] : [];
  });
  return { ...answer.page, ...lastOf(days), listed };
}

const EMPTY = { records: [], deleted: [], skipped: [] };

interface Answered {
  readonly page: { readonly serverDay: Day; readonly next?: NextPage };
  readonly list: XmlNode;
}

type Failed = OaiError & { readonly page: { readonly serverDay: Day } };

/** A server says with an error that a list is empty. */
function isEmptyList({ code }: Failed): boolean {
  return code === 'noRecordsMatch';
}

function readAnswer(xml: string, verbs: readonly string[]): Answered | Failed {
  const broken = (what: string) => new SourceError('broken-answer', `${ARXIV} returned ${what}.`);
  const root = parseXml(xml, ARXIV, 'list of records')['OAI-PMH'];
  if (!isNode(root)) throw broken('XML that is not a list of records');
  const date = cleanInstant(childText(root, 'responseDate'));
  if (date === undefined) throw broken('a list of records without a date');
  const serverDay = date.slice(0, 10);
  const [error] = childrenOf(root, 'error');
  if (error !== undefined) {
    const code = isNode(error) ? textOf(error['@code']) : '';
    return { code: code || 'unknown', reason: reasonIn(textOf(error)) || code, page: { serverDay } };
  }
  const list = verbs.flatMap((verb) => childrenOf(root, verb))[0];
  if (list === undefined) throw broken('an answer to another question');
  const next = readToken(childrenOf(list, 'resumptionToken')[0], date);
  return { list: isNode(list) ? list : {}, page: { serverDay, ...(next && { next }) } };
}

/** arXiv puts its own words after the protocol's. */
function reasonIn(text: string): string {
  return cleanText(text.replace(/^.*?\bReason:/s, ''), 300).replace(/\.$/, '');
}

function readToken(node: unknown, responseDate: string): NextPage | undefined {
  const token = textOf(node).trim();
  if (token === '') return undefined;
  const attribute = (name: string) => textOf(isNode(node) ? node[name] : '');
  const until = cleanInstant(attribute('@expirationDate'));
  // By the server's clock alone, because ours may be wrong.
  const validMs = until === undefined ? 0 : Date.parse(until) - Date.parse(responseDate);
  const size = Number(attribute('@completeListSize') || Number.NaN);
  return { token, ...(validMs > 0 && { validMs }), ...(Number.isSafeInteger(size) && { size }) };
}

function readHeader(node: unknown) {
  return {
    identifier: childText(node, 'identifier').trim(),
    day: cleanInstant(childText(node, 'datestamp'))?.slice(0, 10),
    sets: childrenOf(node, 'setSpec').map(textOf),
    isDeleted: isNode(node) && node['@status'] === 'deleted',
  };
}

function lastOf(days: readonly Day[]) {
  const lastDay = days.reduce<Day | undefined>(
    (last, day) => (last === undefined || day > last ? day : last),
    undefined,
  );
  return lastDay === undefined ? {} : { lastDay };
}
