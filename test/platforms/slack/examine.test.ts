/** Checks of a Slack app's secrets before it serves, used by the doctor and by `init`. */
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { examineAppToken, examineClient, examineSameApp } from '../../../src/platforms/slack/examine-app.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';

/** A port that nobody listens on. */
const NOWHERE = 'http://127.0.0.1:9/api';

async function opened() {
  const slack = await openFakeSlack();
  const settings = { appToken: slack.appToken, apiUrl: slack.url.replace(/\/$/, '') };
  return { slack, settings, options: { settings, log: silentLog } };
}

describe('the doctor’s check of a Slack app token', () => {
  it('opens a socket, and closes it again', async () => {
    const { slack, options } = await opened();
    expect(await examineAppToken(false, options)).toEqual([
      { state: 'works', subject: 'Slack, app token', text: 'opens a socket' },
    ]);
    await slack.until(() => slack.connections === 0);
    expect(slack.connected).toBeGreaterThanOrEqual(1);
  });

  it('opens no socket next to a running bot, which would lose the events sent through it', async () => {
    const { slack, options } = await opened();
    expect(await examineAppToken(true, options)).toEqual([
      { state: 'works', subject: 'Slack, app token', text: expect.stringContaining('the running bot') },
    ]);
    expect(slack.connected).toBe(0);
  });

  it('fails if no socket can be opened at the address that Slack returns', async () => {
    const { slack, options } = await opened();
    slack.refuseSockets(true);
    expect(await examineAppToken(false, options)).toEqual([
      {
        state: 'broken',
        subject: 'Slack, app token',
        text: expect.stringMatching(/^Cannot reach Slack: .*Check the network\.$/),
      },
    ]);
  });

  it('fails if Slack refuses the token, whether the bot is running or not', async () => {
    const { options } = await opened();
    const wrong = { ...options, settings: { ...options.settings, appToken: 'xapp-wrong' } };
    for (const running of [true, false]) {
      expect(await examineAppToken(running, wrong)).toEqual([
        {
          state: 'broken',
          subject: 'Slack, app token',
          text: expect.stringMatching(/^Slack rejected the app token\./),
        },
      ]);
    }
  });
});

describe('the doctor’s check of a Slack app’s client ID and secret', () => {
  it.each([
    ['that they are right', {}, 'works', 'client ID and secret are valid'],
    ['a wrong ID', { clientId: '1.2' }, 'broken', 'Slack does not recognise SLACK_CLIENT_ID. Copy both from'],
    [
      'a wrong secret',
      { clientSecret: 'wrong' },
      'broken',
      'SLACK_CLIENT_SECRET does not belong to SLACK_CLIENT_ID. Copy both from',
    ],
  ] as const)('reports %s, and installs nothing', async (_, changed, state, words) => {
    const { slack, options } = await opened();
    const client = { clientId: slack.clientId, clientSecret: slack.clientSecret, ...changed };
    expect(await examineClient(client, options)).toEqual([
      { state, subject: 'Slack, client', text: expect.stringContaining(words) },
    ]);
  });

  it('fails if Slack cannot be reached, and quotes an unexpected answer', async () => {
    const { slack, settings, options } = await opened();
    const client = { clientId: slack.clientId, clientSecret: slack.clientSecret };
    const nowhere = { ...options, settings: { ...settings, apiUrl: NOWHERE } };
    expect(await examineClient(client, nowhere)).toMatchObject([
      { state: 'broken', text: expect.stringContaining('Check the network.') },
    ]);
    slack.faults.next({ kind: 'refuse', error: 'fatal_error' });
    expect(await examineClient(client, options)).toMatchObject([
      { state: 'note', text: 'not checked: Slack returned fatal_error.' },
    ]);
  });
});

describe('the doctor’s check that both Slack tokens belong together', () => {
  it('reports nothing for tokens of one app, and fails for tokens of two apps, naming both', async () => {
    const { slack, settings, options } = await opened();
    expect(await examineSameApp(slack.botToken, options)).toEqual([]);
    const other = { ...options, settings: { ...settings, appToken: 'xapp-1-A0THER-1234567890123-abc' } };
    expect(await examineSameApp(slack.botToken, other)).toEqual([
      {
        state: 'broken',
        subject: 'Slack, app token',
        text: expect.stringMatching(
          `^it belongs to app A0THER, but SLACK_BOT_TOKEN to ${slack.appId}\\. Copy both`,
        ),
      },
    ]);
  });

  it('reports nothing if the app of the bot token is unknown, because the token’s own check says why', async () => {
    const { options } = await opened();
    expect(await examineSameApp('xoxb-wrong', options)).toEqual([]);
  });
});
