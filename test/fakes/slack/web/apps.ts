/** The application itself: its tokens, connections and installation in a workspace. */
import { toTeamJson } from '../json/places.ts';
import { uninstall } from '../places.ts';
import { CODE_LIVES_MS } from '../protocol.ts';
import { refusal } from '../refusal.ts';
import type { JsonObject } from '../wire.ts';
import { type Call, type Method, SPECIAL, TIER_3, TIER_4 } from './method.ts';

function authTest({ workspace }: Call): JsonObject {
  const { id, name, domain, botUser, botId } = workspace;
  return {
    url: `https://${domain}.slack.com/`,
    team: name,
    user: botUser.name,
    team_id: id,
    user_id: botUser.id,
    bot_id: botId,
    is_enterprise_install: false,
  };
}

function access({ world, args }: Call): JsonObject {
  if (args.client_id !== world.clientId) throw refusal('invalid_client_id');
  if (args.client_secret !== world.clientSecret) throw refusal('bad_client_secret');
  const grant = world.codes.get(args.code ?? '');
  world.codes.delete(args.code ?? '');
  if (!grant || world.now() - grant.at > CODE_LIVES_MS) throw refusal('invalid_code');
  if (args.redirect_uri !== grant.redirectUri) throw refusal('bad_redirect_uri');
  const { workspace } = grant;
  workspace.install(grant);
  const [installer] = [...workspace.users.values()].filter(({ bot }) => !bot);
  return {
    app_id: world.appId,
    authed_user: { id: installer?.id },
    scope: [...workspace.scopes].join(','),
    token_type: 'bot',
    access_token: workspace.token,
    bot_user_id: workspace.botUser.id,
    team: { id: workspace.id, name: workspace.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function botInfo({ world, workspace, args }: Call): JsonObject {
  if (args.bot !== undefined && args.bot !== workspace.botId) throw refusal('bot_not_found');
  const { botId, botUser } = workspace;
  return {
    bot: {
      id: botId,
      deleted: false,
      name: botUser.name,
      updated: 0,
      app_id: world.appId,
      user_id: botUser.id,
      icons: {},
    },
  };
}

function revoke({ world, workspace, args }: Call): JsonObject {
  if (!args.test) uninstall(world, workspace);
  return { revoked: !args.test };
}

export function appMethods(invite: () => string): readonly Method[] {
  return [
    {
      name: 'apps.connections.open',
      token: 'app',
      scopes: ['connections:write'],
      perMinute: TIER_3,
      run: () => ({ url: invite() }),
    },
    { name: 'auth.test', token: 'bot', perMinute: SPECIAL, run: authTest },
    { name: 'auth.revoke', token: 'bot', perMinute: TIER_3, run: revoke },
    { name: 'oauth.v2.access', token: 'none', perMinute: TIER_4, run: access },
    { name: 'bots.info', token: 'bot', scopes: ['users:read'], perMinute: TIER_3, run: botInfo },
    {
      name: 'team.info',
      token: 'bot',
      scopes: ['team:read'],
      perMinute: TIER_3,
      run: ({ workspace }) => ({ team: toTeamJson(workspace) }),
    },
  ];
}
