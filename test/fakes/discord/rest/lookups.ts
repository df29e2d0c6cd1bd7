/** Read-only routes: the gateway's address, the bot itself, guilds and people. */
import { urlOf } from '../gateway/gateway.ts';
import { toBotMemberJson, toMemberJson, toRolesJson, toUserJson } from '../json/people.ts';
import { toChannelJson, toGuildJson } from '../json/places.ts';
import { Intent } from '../protocol.ts';
import { refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { channelOf, guildOf } from './find.ts';
import { ok, type Route } from './route.ts';

/** The application's settings for installation. */
function toApplicationJson(world: World): object {
  return {
    id: world.applicationId,
    name: 'Paperboy',
    icon: null,
    description: '',
    bot_public: world.portal.botPublic,
    bot_require_code_grant: world.portal.codeGrant,
    interactions_endpoint_url: world.portal.interactionsUrl ?? null,
    verify_key: '0'.repeat(64),
    // Message Content Intent, of a bot on fewer than a hundred servers.
    flags: (world.privilegedIntents & Intent.MessageContent) === 0 ? 0 : 1 << 19,
    bot: toUserJson(world.bot),
    owner: { id: '1', username: 'owner', discriminator: '0', global_name: null, avatar: null },
    team: null,
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    install_params: { scopes: ['applications.commands', 'bot'], permissions: '0' },
    integration_types_config: {
      0: { oauth2_install_params: { scopes: ['applications.commands', 'bot'], permissions: '0' } },
    },
  };
}

export function lookupRoutes(server: Parameters<typeof urlOf>[0], recommendedShards: number): Route[] {
  return [
    {
      method: 'GET',
      path: '/gateway',
      open: true,
      run: () => ok({ url: `${urlOf(server)}/gateway` }),
    },
    {
      method: 'GET',
      path: '/gateway/bot',
      run: ({ gateway }) =>
        ok({
          url: `${urlOf(server)}/gateway`,
          shards: recommendedShards,
          session_start_limit: {
            total: 1_000,
            remaining: gateway.identifiesLeft,
            reset_after: 86_400_000,
            max_concurrency: 1,
          },
        }),
    },
    {
      method: 'GET',
      path: '/users/@me',
      run: ({ world }) =>
        ok({ ...toUserJson(world.bot), email: null, flags: 0, mfa_enabled: true, verified: true }),
    },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      run: ({ world, query }) => {
        const after = BigInt(query.get('after') ?? 0);
        const page = [...world.guilds.values()].filter(({ id }) => BigInt(id) > after);
        return ok(
          page.slice(0, Number(query.get('limit') ?? 200)).map(({ id, name, botPermissions }) => ({
            id,
            name,
            icon: null,
            banner: null,
            owner: false,
            permissions: String(botPermissions),
            features: [],
          })),
        );
      },
    },
    {
      method: 'GET',
      path: '/users/:user',
      run: ({ world, params }) => {
        const user = world.users.get(params['user'] ?? '');
        if (!user) throw refusal(10013);
        return ok(toUserJson(user));
      },
    },
    { method: 'GET', path: '/applications/@me', run: ({ world }) => ok(toApplicationJson(world)) },
    { method: 'GET', path: '/oauth2/applications/@me', run: ({ world }) => ok(toApplicationJson(world)) },
    { method: 'GET', path: '/guilds/:guild', run: (call) => ok(toGuildJson(guildOf(call))) },
    {
      method: 'GET',
      path: '/guilds/:guild/channels',
      run: (call) => ok(guildOf(call).channels.map(toChannelJson)),
    },
    { method: 'GET', path: '/guilds/:guild/roles', run: (call) => ok(toRolesJson(guildOf(call))) },
    {
      method: 'GET',
      path: '/guilds/:guild/members/:user',
      run: (call) => {
        const guild = guildOf(call);
        const user = call.world.users.get(call.params['user'] ?? '');
        if (!user) throw refusal(10013);
        if (user === call.world.bot) return ok(toBotMemberJson(call.world, guild));
        return ok({ ...toMemberJson(), user: toUserJson(user) });
      },
    },
    { method: 'GET', path: '/channels/:channel', run: (call) => ok(toChannelJson(channelOf(call))) },
  ];
}
