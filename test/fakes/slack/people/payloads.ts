/** Payloads of a person's actions: https://docs.slack.dev/reference/interaction-payloads */
import type { Interaction } from '../interaction.ts';
import { toMessageJson } from '../json/messages.ts';
import { toViewJson } from '../json/views.ts';
import type { FakeChannel, FakeView, FakeWorkspace } from '../model.ts';
import type { JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import type { FoundElement } from './elements.ts';
import { escaped } from './typed.ts';

/** All fields of a command are strings, because they travel in a form. */
export function toCommand(world: World, interaction: Interaction, command: string, text: string): JsonObject {
  const { workspace, user, channel } = interaction.making;
  return {
    token: world.verificationToken,
    team_id: workspace.id,
    team_domain: workspace.domain,
    channel_id: channel?.id ?? '',
    channel_name: channel ? nameOf(channel) : '',
    user_id: user.id,
    user_name: user.name,
    command,
    text: world.escapedCommands.includes(command) ? withForms(escaped(text), workspace) : escaped(text),
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    response_url: interaction.responseUrl,
    trigger_id: interaction.triggerId,
  };
}

/** `@ada` and URLs in commands with escaped text, as Slack's app sends them. */
function withForms(text: string, { users }: FakeWorkspace): string {
  const ids = new Map([...users.values()].map(({ name, id }) => [name, id]));
  return text
    .replace(/(?<![\w@|;])@([\w.-]+)/g, (typed, name: string) =>
      ids.has(name) ? `<@${ids.get(name)}|${name}>` : typed,
    )
    .replace(/https?:\/\/[^\s<>]+/g, (address) => `<${address}>`);
}

function nameOf({ kind, name }: FakeChannel): string {
  return kind === 'im' ? 'directmessage' : name;
}

function common(world: World, { making, triggerId }: Interaction): JsonObject {
  const { workspace, user } = making;
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.id },
    api_app_id: world.appId,
    token: world.verificationToken,
    trigger_id: triggerId,
    team: { id: workspace.id, domain: workspace.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The place of an action. The bot does not receive the text of an ephemeral message. */
function surfaceOf({ making, responseUrl }: Interaction): JsonObject {
  const { message, view } = making;
  if (view) return { container: { type: 'view', view_id: view.id }, view: toViewJson(view) };
  if (!message) return {};
  const { channel, ts, threadTs, onlyFor } = message;
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: onlyFor !== undefined,
      ...(threadTs && { thread_ts: threadTs }),
    },
    channel: { id: channel.id, name: nameOf(channel) },
    ...(!onlyFor && { message: toMessageJson(message) }),
    response_url: responseUrl,
  };
}

export function toBlockAction(
  world: World,
  interaction: Interaction,
  { element, blockId }: FoundElement,
  selection: JsonObject,
): JsonObject {
  const { action_id: id = '', type } = element;
  const values = type === 'button' ? {} : { [blockId]: { [id]: selection } };
  return {
    type: 'block_actions',
    ...common(world, interaction),
    ...surfaceOf(interaction),
    state: { values },
    actions: [{ ...selection, type, action_id: id, block_id: blockId, action_ts: world.ids.ts() }],
  };
}

export function toSuggestion(
  world: World,
  interaction: Interaction,
  { element, blockId }: FoundElement,
  typed: string,
): JsonObject {
  const { response_url: _, ...surface } = surfaceOf(interaction);
  const { trigger_id: __, ...who } = common(world, interaction);
  return {
    type: 'block_suggestion',
    ...who,
    ...surface,
    action_id: element.action_id,
    block_id: blockId,
    value: typed,
  };
}

export function toSubmission(
  world: World,
  interaction: Interaction,
  view: FakeView,
  values: JsonObject,
): JsonObject {
  return {
    type: 'view_submission',
    ...common(world, interaction),
    view: toViewJson(view, values),
    response_urls: [],
  };
}

export function toClosing(world: World, interaction: Interaction, view: FakeView): JsonObject {
  const { trigger_id: _, ...who } = common(world, interaction);
  return { type: 'view_closed', ...who, view: toViewJson(view), is_cleared: false };
}

/** From a message's menu, or global. */
export function toShortcut(world: World, interaction: Interaction, callbackId: string): JsonObject {
  const { message } = interaction.making;
  const base = { ...common(world, interaction), callback_id: callbackId, action_ts: world.ids.ts() };
  if (!message) return { type: 'shortcut', ...base };
  return {
    type: 'message_action',
    ...base,
    message_ts: message.ts,
    channel: { id: message.channel.id, name: nameOf(message.channel) },
    message: toMessageJson(message),
    response_url: interaction.responseUrl,
  };
}
