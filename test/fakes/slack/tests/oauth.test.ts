/** Installing the app: Slack's page, and the exchange of its code for a token. */
import { expect, it } from 'vitest';
import { fakeClock } from '../../../support/fake-clock.ts';
import { errorOf, openWebClient } from '../client.ts';
import { openFakeSlack } from '../fake-slack.ts';

it('the fake Slack exchanges a code for the requested scopes once, within ten minutes, for the right app', async () => {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const slack = await openFakeSlack({ clock });
  const workspace = slack.addWorkspace('Other', { installed: false });
  const client = openWebClient(slack, {}, workspace.token);
  expect(await errorOf(client.auth.test())).toBe('invalid_auth');
  const app = { client_id: slack.clientId, client_secret: slack.clientSecret };
  const redirect_uri = 'https://bot.example.org/slack/oauth_redirect';
  const page = (scope: string) =>
    `https://slack.com/oauth/v2/authorize?${new URLSearchParams({ client_id: slack.clientId, scope, state: 's', redirect_uri })}`;
  const codeOf = () => workspace.authorize(page('chat:write,commands')).get('code') ?? '';
  const exchange = (asked: { code: string; client_secret?: string; redirect_uri?: string }) =>
    client.oauth.v2.access({ ...app, redirect_uri, ...asked });
  const late = codeOf();
  await clock.advance(600_001);
  expect(await errorOf(exchange({ code: late }))).toBe('invalid_code');
  expect(await errorOf(exchange({ code: codeOf(), client_secret: 'x' }))).toBe('bad_client_secret');
  expect(await errorOf(exchange({ code: codeOf(), redirect_uri: 'https://evil.example' }))).toBe(
    'bad_redirect_uri',
  );
  const { access_token: token = '', scope } = await exchange({ code: codeOf() });
  expect(scope).toBe('chat:write,commands');
  const told = await openWebClient(slack, {}, token).auth.test();
  expect([told.team, told.response_metadata?.scopes]).toEqual(['Other', ['chat:write', 'commands']]);
  // If it is installed again while it is still installed, it keeps its token.
  expect((await exchange({ code: codeOf() })).access_token).toBe(token);
  workspace.authorize('https://slack.com/oauth/v2/authorize?client_id=1&scope=');
  workspace.authorize(page('admin'));
  expect(slack.violations.splice(0)).toEqual([
    'The authorization page: invalid client_id',
    'The authorization page: no scopes requested',
    'The authorization page: invalid_scope: admin',
  ]);
});
