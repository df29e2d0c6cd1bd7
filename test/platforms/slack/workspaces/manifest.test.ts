import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import { messageActions } from '../../../../commands/message-actions.ts';
import { roots } from '../../../../commands/roots.ts';
import {
  APP_DESCRIPTION,
  APP_LONG_DESCRIPTION,
  APP_NAME,
  CALLBACK_ID,
  COMMAND_DESCRIPTION,
  COMMAND_NAME,
  COMMANDS,
  SHORTCUT_DESCRIPTION,
  SHORTCUT_NAME,
  SHORTCUTS,
  UNFURL_DOMAINS,
  USAGE_HINT,
} from '../../../../src/platforms/slack/rendering/limits.ts';
import { toManifest } from '../../../../src/platforms/slack/workspaces/manifest.ts';
import { findPaperReferences, LINK_DOMAINS } from '../../../../src/text/ids.ts';
import { runCli } from '../../../support/cli.ts';

const options = { catalogue, roots, menu: messageActions, domains: LINK_DOMAINS, history: true };

describe('the Slack manifest', () => {
  it('is within Slack’s limits', () => {
    const { display_information: display, features = {}, settings } = toManifest(options);
    expect(display.name.length).toBeLessThanOrEqual(APP_NAME);
    expect(display.description?.length).toBeLessThanOrEqual(APP_DESCRIPTION);
    expect(display.long_description?.length).toBeGreaterThanOrEqual(APP_LONG_DESCRIPTION.least);
    expect(display.long_description?.length).toBeLessThanOrEqual(APP_LONG_DESCRIPTION.most);
    expect(features.bot_user?.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(features.slash_commands?.length).toBeLessThanOrEqual(COMMANDS);
    for (const { command, description, usage_hint } of features.slash_commands ?? []) {
      expect(command).toMatch(/^\/[a-z]+$/);
      expect(command.length).toBeLessThanOrEqual(COMMAND_NAME);
      expect(description.length).toBeLessThanOrEqual(COMMAND_DESCRIPTION);
      expect(usage_hint?.length).toBeLessThanOrEqual(USAGE_HINT);
    }
    expect(features.shortcuts?.length).toBeLessThanOrEqual(SHORTCUTS);
    for (const { name, callback_id, description } of features.shortcuts ?? []) {
      expect(name.length).toBeLessThanOrEqual(SHORTCUT_NAME);
      expect(callback_id.length).toBeLessThanOrEqual(CALLBACK_ID);
      expect(description.length).toBeLessThanOrEqual(SHORTCUT_DESCRIPTION);
    }
    expect(features.unfurl_domains?.length).toBeLessThanOrEqual(UNFURL_DOMAINS);
    expect(settings?.socket_mode_enabled).toBe(true);
  });

  it('has each root as a command and each entry of the menu as a shortcut, unshortened', () => {
    const { features } = toManifest(options);
    expect(features?.slash_commands?.map(({ command }) => command)).toEqual(['/papers', '/paperfeed']);
    for (const { root, name } of catalogue) {
      const hint = features?.slash_commands?.find(({ command }) => command === `/${root}`)?.usage_hint;
      expect(hint?.split(' | ')).toContain(name);
    }
    expect(features?.shortcuts?.map(({ name }) => name)).toEqual(messageActions.map(({ label }) => label));
    expect(features?.shortcuts?.map(({ callback_id }) => callback_id)).toEqual([
      'save-papers-here',
      'summarise-papers-here',
    ]);
  });

  it('requests the history of channels only if it is wanted', () => {
    const scopes = (history: boolean) => toManifest({ ...options, history }).oauth_config?.scopes?.bot ?? [];
    const without = scopes(false);
    expect(scopes(true).filter((scope) => !without.includes(scope))).toEqual([
      'channels:history',
      'groups:history',
    ]);
  });

  it('has one address for everything over HTTP, and none for Socket Mode', () => {
    const address = 'https://bot.example.org/slack/events';
    const { features, settings } = toManifest({ ...options, url: 'https://bot.example.org/' });
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: address },
      interactivity: { request_url: address, message_menu_options_url: address },
    });
    expect(features?.slash_commands?.map(({ url }) => url)).toEqual([address, address]);
    expect(JSON.stringify(toManifest(options))).not.toContain('http');
  });

  it('has the redirect address for installation, with HTTP and with Socket Mode', () => {
    const back = ['https://bot.example.org/slack/oauth_redirect'];
    const overHttp = toManifest({ ...options, url: 'https://bot.example.org/' });
    expect(overHttp.oauth_config?.redirect_urls).toEqual(back);
    const bySocket = toManifest({ ...options, install: 'https://bot.example.org' });
    expect(bySocket.oauth_config?.redirect_urls).toEqual(back);
    expect(bySocket.settings?.socket_mode_enabled).toBe(true);
    expect(toManifest(options).oauth_config).not.toHaveProperty('redirect_urls');
  });

  it('requests escaped IDs only for commands that take a person', () => {
    const escaped = toManifest(options).features?.slash_commands?.map((each) => [
      each.command,
      each.should_escape,
    ]);
    expect(escaped).toEqual([
      ['/papers', false],
      ['/paperfeed', true],
    ]);
  });

  it('subscribes to the removal of the app', () => {
    expect(toManifest(options).settings?.event_subscriptions?.bot_events).toEqual(
      expect.arrayContaining(['app_uninstalled', 'tokens_revoked']),
    );
  });

  it('unfurls links of sites that Paperboy understands', () => {
    for (const domain of LINK_DOMAINS) {
      const path = domain.startsWith('h') ? 'papers' : 'abs';
      expect(findPaperReferences(`https://${domain}/${path}/2406.01574`), domain).toHaveLength(1);
    }
  });
});

describe('paperboy manifest', () => {
  it('prints the manifest', async () => {
    const { status, stdout } = await runCli(['manifest'], { env: {} });
    expect([status, JSON.parse(stdout)]).toEqual([0, JSON.parse(JSON.stringify(toManifest(options)))]);
    const { stdout: bare } = await runCli(['manifest', '--no-history'], { env: {} });
    expect(bare).not.toContain('channels:history');
  });

  it('refuses an address that Slack could not call', async () => {
    const { status, stderr } = await runCli(['manifest', '--url', 'http://bot.example.org'], { env: {} });
    expect([status, stderr]).toEqual([1, expect.stringContaining('https://')]);
  });
});
