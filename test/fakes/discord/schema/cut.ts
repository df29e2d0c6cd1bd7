/**
 * Extracts the schemas that the fake Discord checks from two public documents, so that the repository has a
 * few dozen schemas instead of 5 MB:
 *
 *     node test/fakes/discord/schema/cut.ts DISCORD_OPENAPI_JSON GATEWAY_SCHEMA_JSON
 *
 * - `requests.json`, the requests of a bot: `specs/openapi.json` of
 *   https://github.com/discord/discord-api-spec (MIT, `discord-api-spec.LICENSE`). It is looser than the
 *   documentation in three places that `rules/` makes up for: content of 4,000, no total for embeds, no
 *   pattern for command names. It is too strict in one (`CORRECTED`).
 * - `events.json`, the events of the gateway: JSON Schemas generated from the types `GatewayDispatchPayload`
 *   of https://github.com/discordjs/discord-api-types (MIT, `discord-api-types.LICENSE`), for example with
 *   ts-json-schema-generator.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schemas = Record<string, Json>;

/** Operations with a body that the fake supports. */
const OPERATIONS: readonly string[] = [
  'bulk_set_application_commands',
  'bulk_set_guild_application_commands',
  'create_application_command',
  'create_dm',
  'create_guild_application_command',
  'create_interaction_response',
  'create_message',
  'create_thread',
  'create_thread_from_message',
  'execute_webhook',
  'update_application_command',
  'update_channel',
  'update_guild_application_command',
  'update_message',
  'update_webhook_message',
];

/** The types of the data of each event. The data of an interaction depends on its kind. */
const EVENTS: readonly string[] = [
  'APIApplicationCommandAutocompleteInteraction',
  'APIChatInputApplicationCommandInteraction',
  'APIMessageApplicationCommandInteraction',
  'APIMessageComponentInteraction',
  'APIModalSubmitInteraction',
  'GatewayChannelCreateDispatchData',
  'GatewayChannelModifyDispatchData',
  'GatewayGuildCreateDispatchData',
  'GatewayMessageCreateDispatchData',
  'GatewayMessageDeleteDispatchData',
  'GatewayMessageReactionAddDispatchData',
  'GatewayMessageReactionRemoveDispatchData',
  'GatewayMessageUpdateDispatchData',
  'GatewayReadyDispatchData',
  'GatewayThreadCreateDispatchData',
  'GatewayThreadUpdateDispatchData',
];

/** Properties that the fake never sends and this bot never uses. Whole families of schemas depend on them. */
const LEFT_OUT = new Set([
  ...[
    'activity',
    'activities',
    'application',
    'attachments',
    'avatar_decoration_data',
    'call',
    'collectibles',
  ],
  ...['entitlements', 'guild_scheduled_events', 'message_snapshots', 'poll', 'presences', 'primary_guild'],
  ...[
    'referenced_message',
    'role_subscription_data',
    'shared_client_theme',
    'soundboard_sounds',
    'stage_instances',
  ],
  ...['sticker_items', 'stickers', 'voice_states', 'welcome_screen', 'incidents_data'],
]);

/**
 * The OpenAPI document requires a number. The documentation, every library and the API itself accept a string
 * of digits.
 */
const CORRECTED: Schemas = {
  default_member_permissions: { type: ['string', 'integer', 'null'], pattern: '^[0-9]+$' },
};

/** Texts for readers and other tools. */
const NOTES = new Set(['description', 'title', 'deprecated', 'example', 'examples', 'x-discord-union']);

/**
 * Formats that ajv-formats knows. Discord's own ones (`snowflake`, `nonce`) say less than the patterns beside
 * them.
 */
const FORMATS: ReadonlySet<Json> = new Set(['uri', 'date-time']);

/** A copy without notes and without the properties that are left out. */
function bare(node: Json, within = ''): Json {
  if (Array.isArray(node)) return node.map((item) => bare(item));
  if (node === null || typeof node !== 'object') return node;
  const dropped = within === 'properties' ? LEFT_OUT : NOTES;
  const keeps = within === 'properties' || within === '$defs';
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !dropped.has(key) && (keeps || saysSomething(key, value)))
      .map(([key, value]) => (keeps ? [key, CORRECTED[key] ?? bare(value)] : rewritten(key, value))),
  );
}

function saysSomething(key: string, value: Json): boolean {
  if (key === 'format') return FORMATS.has(value);
  // The generator's name for a type without a name.
  return !(key === 'enum' && Array.isArray(value) && value.length === 0);
}

/** References point to the extracted schemas. The `items` of a tuple have another name since draft 2020. */
function rewritten(key: string, value: Json): [string, Json] {
  if (key === '$ref') return [key, `#/$defs/${nameOf(value)}`];
  return [key === 'items' && Array.isArray(value) ? 'prefixItems' : key, bare(value, key)];
}

/** The name in a reference, without the characters that a pointer would escape. */
function nameOf(reference: Json): string {
  return plainName(decodeURIComponent(String(reference).split('/').at(-1) ?? ''));
}

function plainName(name: string): string {
  return name.replaceAll(/[^\w]+/g, '_');
}

function referencesIn(node: Json): string[] {
  if (node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [nameOf(value)] : referencesIn(value),
  );
}

/** The generator lists the single bits of flags, but flags can be combined. */
function flagsOr(name: string, schema: Json): Json {
  return name.endsWith('Flags') ? { type: 'integer', minimum: 0 } : schema;
}

/** The roots and everything that they refer to, one schema a line. */
function write(file: string, id: string, roots: Schemas, all: Schemas): void {
  const known = new Map(
    Object.entries(all).map(([name, schema]) => [plainName(name), flagsOr(name, schema)]),
  );
  const taken = new Map<string, Json>();
  const waiting = Object.entries(roots).map(([name, schema]): [string, Json] => [name, bare(schema)]);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, schema] = next;
    if (taken.has(name)) continue;
    taken.set(name, schema);
    for (const reference of referencesIn(schema)) {
      const found = known.get(reference);
      if (found === undefined) throw new Error(`${name} refers to ${reference}, which is not there`);
      waiting.push([reference, bare(found)]);
    }
  }
  const lines = [...taken]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
  const text = `{"$id": ${JSON.stringify(id)}, "$defs": {\n${lines.join(',\n')}\n}}\n`;
  writeFileSync(new URL(file, import.meta.url), text);
}

interface Operation {
  readonly operationId?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
}

const [openApiPath, gatewayPath] = process.argv.slice(2);
if (!openApiPath || !gatewayPath)
  throw new Error('Give the two documents: DISCORD_OPENAPI_JSON GATEWAY_SCHEMA_JSON');

const openApi = JSON.parse(readFileSync(openApiPath, 'utf8')) as {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Schemas };
};
const operations = Object.values(openApi.paths).flatMap((path) => Object.values(path));
const bodies = OPERATIONS.map((id): [string, Json] => {
  const found = operations.find(({ operationId }) => operationId === id);
  const schema = found?.requestBody?.content['application/json']?.schema;
  if (schema === undefined) throw new Error(`No operation ${id} with a JSON body`);
  return [id, schema];
});
write('requests.json', 'requests', Object.fromEntries(bodies), openApi.components.schemas);

const gateway = JSON.parse(readFileSync(gatewayPath, 'utf8')) as { readonly definitions: Schemas };
const events = EVENTS.map((name): [string, Json] => [name, gateway.definitions[name] ?? null]);
write('events.json', 'events', Object.fromEntries(events), gateway.definitions);
