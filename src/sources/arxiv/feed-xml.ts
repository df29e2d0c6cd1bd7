/** Parses untrusted XML to plain values. Hostile input can take seconds, so this runs in a worker thread. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { messageOf } from '../../base/errors.ts';
import { SourceError } from '../http/source-error.ts';

/** Feeds are three levels deep. */
const MAX_DEPTH = 20;

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  // Only the entities of XML and HTML and numeric ones: a document type, which could define others, is
  // rejected below.
  htmlEntities: true,
  processEntities: { enabled: true, maxExpandedLength: Number.POSITIVE_INFINITY },
  maxNestedTags: MAX_DEPTH,
  isArray: (name) => name === 'entry' || name === 'author' || name === 'category',
});

/**
 * Returns the children of an Atom feed's root. Tag names have no namespace prefix, attribute names begin with
 * `@`, text is not converted; `entry`, `author` and `category` are arrays.
 * @throws SourceError for text that is not an Atom feed, is truncated, or defines entities
 */
export function parseFeed(xml: string, source: string): unknown {
  const broken = (what: string, cause?: unknown) =>
    new SourceError('broken-answer', `${source} returned ${what}.`, { cause });
  if (xml.trim() === '') throw broken('nothing');
  if (/<!doctype\s+html|<html[\s>]/i.test(xml.slice(0, 1_000))) throw broken('a web page instead of a feed');
  // Custom entities can expand a small XML file to gigabytes, and no feed needs them.
  if (/<!(?:doctype|entity)/i.test(xml)) throw broken('XML that defines entities, which no feed needs');
  if (XMLValidator.validate(xml) !== true) throw broken('incomplete or damaged XML');
  let document: unknown;
  try {
    document = parser.parse(xml);
  } catch (error) {
    throw broken(`XML that cannot be read (${messageOf(error)})`, error);
  }
  if (typeof document === 'object' && document !== null && 'feed' in document) return document.feed;
  throw broken('XML that is not a feed');
}
