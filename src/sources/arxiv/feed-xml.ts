/** XML from outside as plain values. Parsing takes seconds for what an attacker may send: it belongs in a worker thread. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { messageOf } from '../../base/errors.ts';
import { SourceError } from '../http/source-error.ts';

/** A feed's entries lie three levels deep. */
const MAX_DEPTH = 20;

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  // Those of XML and HTML and numbered characters: a document type, which could define others, is refused below.
  htmlEntities: true,
  processEntities: { enabled: true, maxExpandedLength: Number.POSITIVE_INFINITY },
  maxNestedTags: MAX_DEPTH,
  isArray: (name) => name === 'entry' || name === 'author' || name === 'category',
});

/**
 * The children of an Atom feed's root. Tag names come without namespace prefix, attributes with an `@`, every text as it
 * is written; `entry`, `author` and `category` are arrays.
 * @throws SourceError for text that is no Atom feed, is cut short, or defines entities
 */
export function parseFeed(xml: string, source: string): unknown {
  const broken = (what: string, cause?: unknown) =>
    new SourceError('broken-answer', `${source} answered with ${what}.`, { cause });
  if (xml.trim() === '') throw broken('nothing');
  if (/<!doctype\s+html|<html[\s>]/i.test(xml.slice(0, 1_000))) throw broken('a web page instead of a feed');
  // Entities of its own are how a small XML file grows to gigabytes; no feed needs them.
  if (/<!(?:doctype|entity)/i.test(xml)) throw broken('XML that defines entities, which no feed needs');
  if (XMLValidator.validate(xml) !== true) throw broken('XML that breaks off or is damaged');
  let document: unknown;
  try {
    document = parser.parse(xml);
  } catch (error) {
    throw broken(`XML that cannot be read (${messageOf(error)})`, error);
  }
  if (typeof document === 'object' && document !== null && 'feed' in document) return document.feed;
  throw broken('XML that is no feed');
}
