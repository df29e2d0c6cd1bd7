/** Finds the owner of a token and its scopes. */
import type { FakeWorkspace } from '../model.ts';
import { Refusal, refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { Method } from './method.ts';

/** The scopes as Slack returns them with every response. */
export function scopeHeaders(
  { scopes = [] }: Method,
  workspace: FakeWorkspace,
): Readonly<Record<string, string>> {
  return {
    'x-oauth-scopes': [...workspace.scopes].join(','),
    'x-accepted-oauth-scopes': scopes.join(','),
  };
}

/** The workspace of a token; none for methods of the application itself. */
export function authorize(
  world: World,
  { token: kind, scopes = [] }: Method,
  token: string | undefined,
): FakeWorkspace | undefined {
  if (kind === 'none') return undefined;
  if (token === undefined) throw refusal('not_authed');
  if (kind === 'app') {
    if (token.startsWith('xoxb-')) throw refusal('not_allowed_token_type');
    if (token !== world.appToken) throw refusal('invalid_auth');
    const missing = scopes.find((scope) => !world.appScopes.includes(scope));
    if (missing) throw new Refusal('missing_scope', { needed: missing, provided: world.appScopes.join(',') });
    return undefined;
  }
  if (token === world.appToken) throw refusal('not_allowed_token_type');
  const found = [...world.workspaces.values()].find((workspace) => workspace.token === token);
  if (!found) throw refusal(wasAlive(world, token) ? 'token_revoked' : 'invalid_auth');
  if (!found.installed) throw refusal(found.deadTokens.has(token) ? 'token_revoked' : 'invalid_auth');
  return found;
}

export function demandScope({ scopes = [] }: Method, workspace: FakeWorkspace): void {
  if (scopes.length === 0 || scopes.some((scope) => workspace.scopes.has(scope))) return;
  const [needed] = scopes;
  throw new Refusal('missing_scope', { needed, provided: [...workspace.scopes].join(',') });
}

function wasAlive({ workspaces }: World, token: string): boolean {
  return [...workspaces.values()].some(({ deadTokens }) => deadTokens.has(token));
}
