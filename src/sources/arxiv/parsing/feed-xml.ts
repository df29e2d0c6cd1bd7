/** Parses untrusted XML to plain values. Hostile input can take seconds, so this runs in a worker thread. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { messageOf } from '../../../base/errors.ts';
import { SourceError } from '../../http/source-error.ts';

/** Feeds are three levels deep, lists of records seven. */
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
  isArray: (name) => ARRAYS.has(name),
});

/** Elements of feeds that are arrays even if there is only one. For others, there is {@link childrenOf}. */
const ARRAYS: ReadonlySet<string> = new Set(['entry', 'item', 'author', 'category']);

export type XmlNode = Readonly<Record<string, unknown>>;

/**
 * Returns the document with its root as the only key. Tag names have no namespace prefix, attribute names
 * begin with `@`, text is not converted.
 * @param wanted for messages: `feed`
 * @throws SourceError for text that is not XML, is truncated, or defines entities
 */
export function parseXml(xml: string, source: string, wanted: string): XmlNode {
  const broken = (what: string, cause?: unknown) =>
    new SourceError('broken-answer', `${source} returned ${what}.`, { cause });
  if (xml.trim() === '') throw broken('nothing');
  if (/<!doctype\s+html|<html[\s>]/i.test(xml.slice(0, 1_000)))
    throw broken(`a web page instead of a ${wanted}`);
  // Custom entities can expand a small XML file to gigabytes, and no source needs them.
  if (/<!(?:doctype|entity)/i.test(xml)) throw broken(`XML that defines entities, which no ${wanted} needs`);
  if (XMLValidator.validate(xml) !== true) throw broken('incomplete or damaged XML');
  try {
    const document: unknown = parser.parse(xml);
    if (isNode(document)) return document;
  } catch (error) {
    throw broken(`XML that cannot be read (${messageOf(error)})`, error);
  }
  throw broken(`XML that is not a ${wanted}`);
}

export function isNode(value: unknown): value is XmlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The elements of one name, however many there are. */
export function childrenOf(node: unknown, name: string): readonly unknown[] {
  const found = isNode(node) && Object.hasOwn(node, name) ? node[name] : [];
  return Array.isArray(found) ? found : [found];
}

/** The text of the first element of this name; empty if there is none. */
export function childText(node: unknown, name: string): string {
  return textOf(childrenOf(node, name)[0]);
}

/** An element with attributes is parsed to an object that holds its text. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const text = isNode(value) ? value['#text'] : undefined;
  return typeof text === 'string' ? text : '';
}
