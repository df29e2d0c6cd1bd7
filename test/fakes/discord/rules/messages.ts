/** Discord's rules for a message, and this project's own stricter ones. */
import { MessageFlag } from '../protocol.ts';
import { invalidForm, type Problem, refusal, tooLong, wrong } from '../refusal.ts';
import type { MessageBody } from '../wire.ts';
import type { World } from '../world.ts';
import { checkComponents } from './components.ts';
import { checkEmbeds, lengthOf } from './embeds.ts';

/** The limit for bots. The schema allows the 4,000 of subscribers. */
export const CONTENT = 2_000;
export const NONCE = 25;

function checkV2(body: MessageBody): Problem[] {
  if (lengthOf(body.content) === 0 && (body.embeds ?? []).length === 0) return [];
  const words = 'The content and embeds fields cannot be used when using MessageFlags.IS_COMPONENTS_V2';
  return [wrong(['content'], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', words)];
}

export function problemsOf(body: MessageBody): Problem[] {
  const v2 = ((body.flags ?? 0) & MessageFlag.ComponentsV2) !== 0;
  return [
    ...(lengthOf(body.content) > CONTENT ? [tooLong(['content'], CONTENT)] : []),
    ...(lengthOf(String(body.nonce ?? '')) > NONCE ? [tooLong(['nonce'], NONCE)] : []),
    ...checkEmbeds(body.embeds ?? []),
    ...checkComponents(body.components ?? [], v2),
    ...(v2 ? checkV2(body) : []),
  ];
}

/** Without `{ parse: [] }` Discord notifies everyone that the text names. */
function pings({ allowed_mentions: allowed }: MessageBody): boolean {
  const named = [...(allowed?.users ?? []), ...(allowed?.roles ?? [])];
  return (
    !Array.isArray(allowed?.parse) ||
    allowed.parse.length > 0 ||
    named.length > 0 ||
    allowed.replied_user === true
  );
}

export interface MessageCheck {
  /** For the violation, such as `POST /channels/:channel/messages`. */
  readonly where: string;
  /** A change may leave everything as it is. A new message must not be empty. */
  readonly edit: boolean;
  readonly files?: number;
}

/** Records the violation, then refuses like Discord. */
export function checkMessage(
  world: World,
  body: MessageBody,
  { where, edit, files = 0 }: MessageCheck,
): void {
  if (pings(body)) world.journal.violation(`${where}: message without empty allowed_mentions`);
  const problems = problemsOf(body);
  for (const { path, message } of problems) {
    world.journal.violation(`${where}: ${path.join('.')}: ${message}`);
  }
  if (problems.length > 0) throw invalidForm(problems);
  const says = body.content?.trim() || body.embeds?.length || body.components?.length || files > 0;
  if (edit || says) return;
  world.journal.violation(`${where}: empty message`);
  throw refusal(50006);
}
