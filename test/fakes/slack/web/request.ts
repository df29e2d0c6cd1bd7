/** A request of the Web API: its token and its arguments, from a form, a JSON body or the URL. */

import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { refusal } from '../refusal.ts';
import type { JsonObject } from '../wire.ts';

export interface Sent {
  readonly token: string | undefined;
  readonly args: JsonObject;
  /** The body as it came. */
  readonly bytes: Buffer;
}

const SPECS = JSON.parse(
  readFileSync(new URL('../schema/arguments.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Written as JSON if the body is a form. */
const STRUCTURED = new Set(['attachments', 'blocks', 'files', 'metadata', 'unfurls', 'view']);

export async function readRequest(incoming: IncomingMessage, url: URL): Promise<Sent> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = incoming.headers['content-type'] ?? '';
  const text = type === 'application/octet-stream' ? '' : bytes.toString('utf8');
  const { token, ...args } = {
    ...Object.fromEntries(url.searchParams),
    ...parseBody(text, type),
  } as Record<string, unknown>;
  const bearer = /^Bearer (\S+)$/.exec(incoming.headers.authorization ?? '')?.[1];
  const basic = incoming.headers.authorization?.startsWith('Basic ')
    ? clientOf(incoming.headers.authorization)
    : {};
  return {
    token: bearer ?? (typeof token === 'string' ? token : undefined),
    args: { ...basic, ...args },
    bytes,
  };
}

function parseBody(text: string, type: string): JsonObject {
  if (text === '') return {};
  if (type.startsWith('application/json')) return JSON.parse(text) as JsonObject;
  return Object.fromEntries(new URLSearchParams(text));
}

function clientOf(authorization: string): JsonObject {
  const [id, secret] = Buffer.from(authorization.slice('Basic '.length), 'base64')
    .toString('utf8')
    .split(':');
  return { client_id: id, client_secret: secret };
}

/** Arguments in their own types. Throws Slack's errors, and records mistakes that Slack accepts silently. */
export function readArguments(
  method: string,
  args: JsonObject,
  complain: (sentence: string) => void,
): JsonObject {
  const specs = SPECS[method] ?? {};
  for (const [name, type] of Object.entries(specs)) {
    if (type.startsWith('!') && (args[name] === undefined || args[name] === '')) {
      throw refusal('invalid_arguments', `missing required field: ${name}`);
    }
  }
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => {
      // Bolt includes the workspace in every request.
      if (name === 'team_id') return [];
      const type = specs[name]?.replace('!', '');
      if (type === undefined) {
        complain(`${method}: ${name} is not an argument of this method`);
        return [];
      }
      return [[name, readArgument(name, type, value)]];
    }),
  );
}

function readArgument(name: string, type: string, value: unknown): unknown {
  if (STRUCTURED.has(name)) return typeof value === 'string' ? parseStructure(name, value) : value;
  switch (type) {
    case 'boolean':
      if ([true, 'true', '1', 1].includes(value as string)) return true;
      if ([false, 'false', '0', 0].includes(value as string)) return false;
      throw refusal('invalid_arguments', `must be a boolean: ${name}`);
    case 'integer': {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw refusal('invalid_arguments', `must be an integer: ${name}`);
      return number;
    }
    default:
      if (typeof value === 'object') throw refusal('invalid_arguments', `must be a string: ${name}`);
      return String(value);
  }
}

function parseStructure(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(name === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments', `must be JSON: ${name}`);
  }
}
