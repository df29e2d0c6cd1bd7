/**
 * Schemas of Slack's requests. Unknown fields are dropped and other bodies are rejected, because Bolt does
 * not validate them.
 */
import { z } from 'zod';

/** A request body for Bolt. */
export type Body = Readonly<Record<string, unknown>>;

/** An optional field; Slack sends `null` for some of them. */
function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

const text = z.string();
const id = z.string().min(1);
const ts = z.string().min(1);
const block = z.looseObject({ block_id: maybe(text) });
const message = z.looseObject({ ts: maybe(ts), text: maybe(text), blocks: maybe(z.array(block)) });
const team = maybe(z.object({ id, enterprise_id: maybe(id) }));

/** Fields of messages and mentions. */
const said = {
  channel: id,
  ts,
  event_ts: maybe(ts),
  thread_ts: maybe(ts),
  user: maybe(id),
  text: maybe(text),
  bot_id: maybe(id),
  files: maybe(z.array(z.unknown())),
};
const reaction = {
  user: id,
  reaction: id,
  item: z.object({ type: id, channel: maybe(id), ts: maybe(ts) }),
  item_user: maybe(id),
  event_ts: ts,
};

/** Schemas by event type. Of other types only the type is kept. */
const EVENTS: Readonly<Record<string, z.ZodRawShape>> = {
  app_home_opened: { user: id, channel: maybe(id), tab: maybe(id), event_ts: maybe(ts) },
  app_mention: { ...said, edited: maybe(z.looseObject({})) },
  app_uninstalled: {},
  channel_id_changed: { old_channel_id: id, new_channel_id: id, event_ts: maybe(ts) },
  link_shared: {
    channel: id,
    user: id,
    message_ts: ts,
    thread_ts: maybe(ts),
    unfurl_id: maybe(id),
    source: maybe(id),
    links: z.array(z.object({ url: text, domain: maybe(text) })),
    event_ts: maybe(ts),
  },
  message: { ...said, channel_type: maybe(id), subtype: maybe(id) },
  reaction_added: reaction,
  reaction_removed: reaction,
  tokens_revoked: { tokens: z.object({ oauth: maybe(z.array(id)), bot: maybe(z.array(id)) }) },
};

const event = z.looseObject({ type: id }).transform(({ type, ...rest }, context) => {
  const shape = Object.hasOwn(EVENTS, type) ? EVENTS[type] : {};
  const read = z.object(shape).safeParse(rest);
  if (read.success) return { ...read.data, type };
  context.addIssue(`no event ${type}`);
  return z.NEVER;
});

const authorization = z.object({
  team_id: z.string().nullable(),
  enterprise_id: maybe(id),
  is_enterprise_install: maybe(z.boolean()),
});

/** Fields of all interactions. */
const done = { user: z.object({ id, team_id: maybe(id) }), team, enterprise: maybe(z.object({ id })) };
const view = z.looseObject({
  type: id,
  callback_id: maybe(text),
  private_metadata: maybe(text).transform((value) => value ?? ''),
  blocks: maybe(z.array(block)).transform((value) => value ?? []),
  state: maybe(z.object({ values: z.record(text, z.record(text, z.unknown())) })),
});

/** Schemas by type, for JSON bodies and for `payload`. */
const TYPES: Readonly<Record<string, z.ZodRawShape>> = {
  app_rate_limited: { team_id: maybe(id), minute_rate_limited: maybe(z.number()) },
  block_actions: {
    ...done,
    trigger_id: id,
    actions: z
      .array(z.looseObject({ type: id, action_id: id, block_id: maybe(id), value: maybe(text) }))
      .min(1),
    channel: maybe(z.object({ id })),
    container: z.object({
      message_ts: maybe(ts),
      thread_ts: maybe(ts),
      is_ephemeral: maybe(z.boolean()),
    }),
    message: maybe(message),
    view: maybe(view),
    response_url: maybe(text),
  },
  block_suggestion: { ...done, action_id: id, block_id: id, value: text, view: maybe(view) },
  event_callback: {
    event_id: id,
    event_time: z.number(),
    team_id: id,
    event,
    authorizations: maybe(z.array(authorization)),
  },
  message_action: {
    ...done,
    callback_id: id,
    trigger_id: id,
    channel: z.object({ id }),
    message,
    response_url: id,
  },
  url_verification: { challenge: text },
  view_submission: { ...done, view: view.required({ state: true }) },
};

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
const COMMAND = z.object({
  command: z.string().startsWith('/'),
  text: maybe(text).transform((value) => value ?? ''),
  team_id: id,
  channel_id: id,
  user_id: id,
  response_url: id,
  trigger_id: id,
});

/** @returns `undefined` for a malformed or unsupported body */
export function readBody(sent: unknown): Body | undefined {
  if (typeof sent !== 'object' || sent === null) return undefined;
  if (!('type' in sent)) return COMMAND.safeParse(sent).data;
  const { type } = sent;
  if (typeof type !== 'string' || !Object.hasOwn(TYPES, type)) return undefined;
  const read = z.object(TYPES[type]).safeParse(sent);
  return read.success ? { ...read.data, type } : undefined;
}
