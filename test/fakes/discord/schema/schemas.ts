/**
 * Validates bodies and events against Discord's own schemas. Each schema is compiled on first use and kept
 * for the process.
 */
import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { CommandType, InteractionType } from '../protocol.ts';
import type { JsonObject } from '../wire.ts';

type Document = 'requests' | 'events';

const compiled = new Map<string, ValidateFunction>();
let ajv: Ajv2020 | undefined;

function openAjv(): Ajv2020 {
  // Generated schemas repeat `enum` beside `allOf` and leave `items` of tuples open. Strict mode is for
  // authors.
  const fresh = new Ajv2020({ strict: false, allErrors: false });
  formats.default(fresh);
  for (const name of ['requests', 'events'] satisfies Document[]) {
    fresh.addSchema(JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')));
  }
  return fresh;
}

function check(document: Document, name: string, data: unknown): string | undefined {
  const reference = `${document}#/$defs/${name}`;
  let validate = compiled.get(reference);
  if (!validate) {
    ajv ??= openAjv();
    validate = ajv.compile({ $ref: reference });
    compiled.set(reference, validate);
  }
  if (validate(data)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath || 'the body'} ${error?.message ?? 'is not valid'}`;
}

/** The errors that Discord's OpenAPI document finds in the body of this operation, or `undefined`. */
export function checkRequest(operation: string, body: unknown): string | undefined {
  return check('requests', operation, body);
}

const EVENTS: Readonly<Record<string, string>> = {
  CHANNEL_CREATE: 'GatewayChannelCreateDispatchData',
  CHANNEL_DELETE: 'GatewayChannelModifyDispatchData',
  CHANNEL_UPDATE: 'GatewayChannelModifyDispatchData',
  GUILD_CREATE: 'GatewayGuildCreateDispatchData',
  MESSAGE_CREATE: 'GatewayMessageCreateDispatchData',
  MESSAGE_DELETE: 'GatewayMessageDeleteDispatchData',
  MESSAGE_REACTION_ADD: 'GatewayMessageReactionAddDispatchData',
  MESSAGE_REACTION_REMOVE: 'GatewayMessageReactionRemoveDispatchData',
  MESSAGE_UPDATE: 'GatewayMessageUpdateDispatchData',
  READY: 'GatewayReadyDispatchData',
  THREAD_CREATE: 'GatewayThreadCreateDispatchData',
  THREAD_UPDATE: 'GatewayThreadUpdateDispatchData',
};

function nameOfInteraction({ type, data }: JsonObject): string {
  switch (type) {
    case InteractionType.Component:
      return 'APIMessageComponentInteraction';
    case InteractionType.Autocomplete:
      return 'APIApplicationCommandAutocompleteInteraction';
    case InteractionType.Modal:
      return 'APIModalSubmitInteraction';
    default:
      return (data as JsonObject)['type'] === CommandType.Message
        ? 'APIMessageApplicationCommandInteraction'
        : 'APIChatInputApplicationCommandInteraction';
  }
}

/** The errors that the gateway's types find in the data of this event, or `undefined`. */
export function checkEvent(event: string, data: JsonObject): string | undefined {
  const name = event === 'INTERACTION_CREATE' ? nameOfInteraction(data) : EVENTS[event];
  return name && check('events', name, data);
}
