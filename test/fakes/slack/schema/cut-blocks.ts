/**
 * Extracts the blocks and views that the bot sends from JSON Schemas made from @slack/types (MIT,
 * `slack-types.LICENSE`), for example with ts-json-schema-generator, so that the repository has a few dozen
 * schemas and not those of all events:
 *
 *     node test/fakes/slack/schema/cut-blocks.ts SLACK_TYPES_SCHEMA_JSON
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const ROOTS = [
  'ActionsBlock',
  'ContextBlock',
  'DividerBlock',
  'HeaderBlock',
  'ImageBlock',
  'InputBlock',
  'RichTextBlock',
];
const VIEWS = ['HomeView', 'ModalView'];
/** Texts for readers. */
const NOTES = new Set(['description', '$schema', 'deprecated']);

const [path] = process.argv.slice(2);
if (!path) throw new Error('Give the document: SLACK_TYPES_SCHEMA_JSON');
const { definitions } = JSON.parse(readFileSync(path, 'utf8')) as { definitions: Record<string, Json> };

function bare(node: Json, isNames = false): Json {
  if (Array.isArray(node)) return node.map((item) => bare(item));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => isNames || !NOTES.has(key) || typeof value === 'object')
      .map(([key, value]) => [key, bare(value, key === 'properties')]),
  );
}

function referencesIn(node: Json): string[] {
  if (node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string'
      ? [decodeURIComponent(value.replace('#/definitions/', ''))]
      : referencesIn(value),
  );
}

/** Any other block would pass as `AnyBlock`: a view may contain only the blocks that the bot uses. */
const KNOWN: Json = { anyOf: ROOTS.map((name) => ({ $ref: `#/definitions/${name}` })) };
const taken = new Map<string, Json>([['AnyBlock', KNOWN]]);
const waiting = [...ROOTS, ...VIEWS];
for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
  if (taken.has(name)) continue;
  const found = definitions[name];
  if (found === undefined) throw new Error(`${name} is not there`);
  const schema = bare(found);
  taken.set(name, schema);
  waiting.push(...referencesIn(schema));
}
const lines = [...taken]
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
writeFileSync(
  new URL('blocks.schema.json', import.meta.url),
  `{"$id": "blocks", "definitions": {\n${lines.join(',\n')}\n}}\n`,
);
