/**
 * Validates blocks, views and events against Slack's own types. Each schema is compiled on first use and kept
 * for the process.
 */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Block, JsonObject } from '../wire.ts';

const compiled = new Map<string, ValidateFunction>();
let ajv: Ajv2020 | undefined;

function openAjv(): Ajv2020 {
  // Generated schemas omit parts that strict mode requires of authors.
  const fresh = new Ajv2020({ strict: false, allErrors: false });
  fresh.addSchema(JSON.parse(readFileSync(new URL('types.json', import.meta.url), 'utf8')));
  return fresh;
}

function check(name: string, data: unknown): string | undefined {
  let validate = compiled.get(name);
  if (!validate) {
    ajv ??= openAjv();
    validate = ajv.compile({ $ref: `types#/$defs/${name}` });
    compiled.set(name, validate);
  }
  if (validate(data)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath || 'it'} ${error?.message ?? 'is not valid'} ${JSON.stringify(error?.params ?? {})}`;
}

const BLOCKS: Readonly<Record<string, string>> = {
  actions: 'ActionsBlock',
  context: 'ContextBlock',
  context_actions: 'ContextActionsBlock',
  divider: 'DividerBlock',
  header: 'HeaderBlock',
  image: 'ImageBlock',
  input: 'InputBlock',
  markdown: 'MarkdownBlock',
  rich_text: 'RichTextBlock',
  section: 'SectionBlock',
  table: 'TableBlock',
  video: 'VideoBlock',
};

/** The errors that Slack's types find in a block, or `undefined`. */
export function checkBlock(block: Block): string | undefined {
  const name = BLOCKS[block.type];
  return name ? check(name, block) : `there is no block of the type ${block.type}`;
}

export function checkView(view: { readonly type: string }): string | undefined {
  return check(view.type === 'home' ? 'HomeView' : 'ModalView', view);
}

export function checkMetadata(metadata: unknown): string | undefined {
  return check('MessageMetadata', metadata);
}

const EVENTS: Readonly<Record<string, string>> = {
  app_home_opened: 'AppHomeOpenedEvent',
  app_mention: 'AppMentionEvent',
  app_uninstalled: 'AppUninstalledEvent',
  channel_archive: 'ChannelArchiveEvent',
  channel_deleted: 'ChannelDeletedEvent',
  channel_id_changed: 'ChannelIDChangedEvent',
  channel_left: 'ChannelLeftEvent',
  link_shared: 'LinkSharedEvent',
  message: 'GenericMessageEvent',
  'message bot_message': 'BotMessageEvent',
  'message file_share': 'FileShareMessageEvent',
  'message me_message': 'MeMessageEvent',
  'message message_changed': 'MessageChangedEvent',
  'message message_deleted': 'MessageDeletedEvent',
  'message thread_broadcast': 'ThreadBroadcastMessageEvent',
  reaction_added: 'ReactionAddedEvent',
  reaction_removed: 'ReactionRemovedEvent',
  tokens_revoked: 'TokensRevokedEvent',
};

/** The errors that Slack's types find in an event, or `undefined`. */
export function checkEvent(event: JsonObject): string | undefined {
  const { type, subtype } = event;
  const name = EVENTS[subtype ? `${type} ${subtype}` : String(type)];
  return name ? check(name, event) : `the fake has no schema of ${type}`;
}
