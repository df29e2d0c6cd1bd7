/** Discord's refusals: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */

/** Thrown by routes; the server answers with it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.body = errors ? { message, code, errors } : { message, code };
  }
}

const KNOWN: Readonly<Record<number, readonly [status: number, message: string]>> = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  10087: [404, 'Unknown tag'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50068: [400, 'Invalid message type'],
  50083: [400, 'Thread is archived'],
  200000: [400, 'Message was blocked by automatic moderation'],
  200001: [400, 'Title was blocked by automatic moderation'],
  160005: [403, 'Thread is locked'],
  160004: [400, 'A thread has already been created for this message'],
};

/** A refusal with Discord's status and message for one of its JSON codes. */
export function refusal(code: number): Refusal {
  const [status, message] = KNOWN[code] ?? [400, 'Refused'];
  return new Refusal(status, code, message);
}

/** An error at one path of a body, in Discord's words. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

interface Nested {
  _errors?: object[];
  [step: string]: Nested | object[] | undefined;
}

/** `{ embeds: { 0: { title: { _errors: [{ code, message }] } } } }`. */
function nested(problems: readonly Problem[]): Nested {
  const root: Nested = {};
  for (const { path, code, message } of problems) {
    let node = root;
    for (const step of path) {
      const next = node[step];
      const inner: Nested = next && !Array.isArray(next) ? next : {};
      node[step] = inner;
      node = inner;
    }
    node._errors = [...(node._errors ?? []), { code, message }];
  }
  return root;
}

export function invalidForm(problems: readonly Problem[]): Refusal {
  return new Refusal(400, 50035, 'Invalid Form Body', nested(problems));
}

export function tooLong(path: Problem['path'], limit: number): Problem {
  return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` };
}

export function wrong(path: Problem['path'], code: string, message: string): Problem {
  return { path, code, message };
}
