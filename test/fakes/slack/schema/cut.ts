/**
 * Extracts the schemas that the fake Slack checks from two public documents, so that the repository has only
 * the parts that it uses:
 *
 *     node test/fakes/slack/schema/cut.ts SLACK_WEB_OPENAPI_JSON SLACK_TYPES_SCHEMA_JSON
 *
 * - `arguments.json`, the arguments of methods with their types, required ones with `!`:
 *   `web-api/slack_web_openapi_v2.json` of https://github.com/slackapi/slack-api-specs (MIT,
 *   `slack-api-specs.LICENSE`). It is from 2021: `ADDED` has newer arguments, and `CORRECTED` has types that
 *   differ from the documentation.
 * - `types.json`, blocks, views and events: JSON Schemas generated from the types of
 *   https://github.com/slackapi/node-slack-sdk, package `@slack/types` (MIT, `slack-types.LICENSE`), for
 *   example with ts-json-schema-generator.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Schemas = Record<string, Json>;
type Arguments = Record<string, string>;

const METHODS: readonly string[] = [
  ...['auth.revoke', 'auth.test', 'bots.info', 'oauth.v2.access', 'team.info', 'users.info', 'users.list'],
  ...[
    'chat.delete',
    'chat.getPermalink',
    'chat.postEphemeral',
    'chat.postMessage',
    'chat.unfurl',
    'chat.update',
  ],
  ...['conversations.history', 'conversations.info', 'conversations.join', 'conversations.list'],
  ...['conversations.members', 'conversations.open', 'conversations.replies', 'users.conversations'],
  ...['reactions.add', 'reactions.get', 'reactions.remove'],
  ...['views.open', 'views.publish', 'views.push', 'views.update'],
];

/** Arguments that are in the documentation, but not in the document from 2021. */
const ADDED: Readonly<Record<string, Arguments>> = {
  'apps.connections.open': {},
  'bots.info': { team_id: 'string' },
  'chat.postEphemeral': { markdown_text: 'string' },
  'chat.postMessage': { client_msg_id: 'string', markdown_text: 'string', metadata: 'string' },
  'chat.unfurl': { unfurl_id: 'string', source: 'string', metadata: 'string' },
  'chat.update': { markdown_text: 'string', metadata: 'string', reply_broadcast: 'boolean' },
  'conversations.history': { include_all_metadata: 'boolean' },
  'conversations.list': { team_id: 'string' },
  'conversations.open': { prevent_creation: 'boolean' },
  'conversations.replies': { include_all_metadata: 'boolean' },
  // The document has only files.upload, which is gone.
  // https://docs.slack.dev/messaging/working-with-files
  'files.completeUploadExternal': {
    files: '!string',
    channel_id: 'string',
    channels: 'string',
    thread_ts: 'string',
    initial_comment: 'string',
    blocks: 'string',
  },
  'files.getUploadURLExternal': {
    filename: '!string',
    length: '!integer',
    alt_txt: 'string',
    snippet_type: 'string',
  },
  'oauth.v2.access': { grant_type: 'string', refresh_token: 'string' },
  'team.info': { domain: 'string' },
  'users.conversations': { team_id: 'string' },
  'users.list': { team_id: 'string' },
  'views.open': { interactivity_pointer: 'string' },
  'views.push': { interactivity_pointer: 'string' },
};

/**
 * Times of messages are strings: as numbers they would lose their last digits. `!` marks arguments without
 * which a method has no effect.
 */
const CORRECTED: Readonly<Record<string, Arguments>> = {
  'chat.delete': { ts: '!string', channel: '!string' },
  'chat.postMessage': { as_user: 'boolean' },
  'chat.unfurl': { channel: 'string', ts: 'string' },
  'chat.update': { as_user: 'boolean', link_names: 'boolean' },
  'conversations.history': { channel: '!string', latest: 'string', oldest: 'string' },
  'conversations.info': { channel: '!string' },
  'conversations.join': { channel: '!string' },
  'conversations.members': { channel: '!string' },
  'conversations.replies': { channel: '!string', ts: '!string', latest: 'string', oldest: 'string' },
  'oauth.v2.access': { code: 'string' },
  'users.info': { user: '!string' },
  'views.open': { trigger_id: 'string' },
  'views.push': { trigger_id: 'string' },
  'views.update': { view: '!string' },
};

const ROOTS: readonly string[] = [
  ...['ActionsBlock', 'ContextActionsBlock', 'ContextBlock', 'DividerBlock', 'HeaderBlock', 'ImageBlock'],
  ...['InputBlock', 'MarkdownBlock', 'RichTextBlock', 'SectionBlock', 'TableBlock', 'VideoBlock'],
  ...['HomeView', 'ModalView', 'MessageMetadata', 'MessageAttachment'],
  ...['AppHomeOpenedEvent', 'AppMentionEvent', 'AppUninstalledEvent', 'ChannelArchiveEvent'],
  ...['ChannelDeletedEvent', 'ChannelIDChangedEvent', 'ChannelLeftEvent', 'ChannelUnarchiveEvent'],
  ...['BotMessageEvent', 'FileShareMessageEvent', 'GenericMessageEvent', 'LinkSharedEvent', 'MeMessageEvent'],
  ...['MessageChangedEvent', 'MessageDeletedEvent', 'ReactionAddedEvent', 'ReactionRemovedEvent'],
  ...['ThreadBroadcastMessageEvent', 'TokensRevokedEvent'],
];

/** Properties that the fake never sends. Whole families of schemas depend on them. */
const LEFT_OUT = new Set(['files', 'assistant_thread', 'upload', 'room', 'root']);

/** Required only by the types. The documentation says: "some messages aren't authored by users". */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  ReactionAddedEvent: ['item_user'],
  ReactionRemovedEvent: ['item_user'],
};

/** Schemas that are checked separately or never sent by the fake, and their replacements. */
const REPLACED: Schemas = {
  // Messages inside events about their change.
  MessageEvent: { type: 'object' },
  // Blocks and views are checked one by one, so that an error names the right one.
  AnyBlock: { type: 'object' },
  KnownBlock: { type: 'object' },
  Block: { type: 'object' },
  View: { type: 'object' },
};

/** Texts for readers and other tools. */
const NOTES = new Set(['description', 'title', 'deprecated', 'examples', '$comment']);

function bare(name: string, node: Json, within = ''): Json {
  if (Array.isArray(node)) return node.map((item) => bare(name, item));
  if (node === null || typeof node !== 'object') return node;
  const names = within === 'properties';
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !(names ? LEFT_OUT : NOTES).has(key))
      // Slack adds fields to its events without notice.
      .filter(([key]) => names || key !== 'additionalProperties' || !name.endsWith('Event'))
      .map(([key, value]) =>
        !names && key === '$ref' ? [key, `#/$defs/${nameOf(value)}`] : [key, bare(name, value, key)],
      ),
  );
}

function relaxed(name: string, schema: Json): Json {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return schema;
  const { required } = schema;
  if (!Array.isArray(required)) return schema;
  const spared = [...LEFT_OUT, ...(OPTIONAL[name] ?? [])];
  return { ...schema, required: required.filter((property) => !spared.includes(String(property))) };
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

function cutTypes(all: Schemas): string {
  const known = new Map(
    Object.entries({ ...all, ...REPLACED }).map(([name, schema]) => [plainName(name), schema]),
  );
  const taken = new Map<string, Json>();
  const waiting = [...ROOTS];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (taken.has(name)) continue;
    const schema = known.get(name);
    if (schema === undefined) throw new Error(`There is no type ${name}`);
    const cut = relaxed(name, bare(name, schema));
    taken.set(name, cut);
    waiting.push(...referencesIn(cut));
  }
  const lines = [...taken]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`);
  return `{"$id": "types", "$defs": {\n${lines.join(',\n')}\n}}\n`;
}

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly required?: boolean;
}

type Paths = Readonly<
  Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>
>;

function cutArguments(paths: Paths): string {
  const names = [...METHODS, ...Object.keys(ADDED)];
  const lines = [...new Set(names)].toSorted().map((method) => {
    const operations = Object.values(paths[`/${method}`] ?? {});
    if (operations.length === 0 && !ADDED[method]) throw new Error(`There is no method ${method}`);
    const known = operations
      .flatMap(({ parameters = [] }) => parameters)
      .filter(({ name }) => name !== 'token')
      .map(({ name, type, required }): [string, string] => [name, `${required ? '!' : ''}${type}`]);
    const all: Arguments = { ...Object.fromEntries(known), ...ADDED[method], ...CORRECTED[method] };
    return `${JSON.stringify(method)}: ${JSON.stringify(all)}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

const [openApiPath, typesPath] = process.argv.slice(2);
if (!openApiPath || !typesPath)
  throw new Error('Give the two documents: SLACK_WEB_OPENAPI_JSON SLACK_TYPES_SCHEMA_JSON');

const openApi = JSON.parse(readFileSync(openApiPath, 'utf8')) as { readonly paths: Paths };
writeFileSync(new URL('arguments.json', import.meta.url), cutArguments(openApi.paths));
const types = JSON.parse(readFileSync(typesPath, 'utf8')) as { readonly definitions: Schemas };
writeFileSync(new URL('types.json', import.meta.url), cutTypes(types.definitions));
