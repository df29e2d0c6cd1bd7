/** What is said of a Slack app's own secrets before it serves: the doctor and `init` say it. */
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { examineAppToken, examineClient, examineSameApp } from '../../../src/platforms/slack/examine-app.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9/api';

async function opened() {
  const slack = await openFakeSlack();
  const settings = { appToken: slack.appToken, apiUrl: slack.url.replace(/\/$/, '') };
  return { slack, settings, options: { settings, log: silentLog } };
}

describe('the app token of a Slack app', () => {
  it('opens a socket, which is closed again', async () => {
    const { slack, options } = await opened();
    expect(await examineAppToken(false, options)).toEqual([
      { state: 'works', subject: 'Slack, app token', text: 'opens a socket' },
    ]);
    await slack.until(() => slack.connections === 0);
    expect(slack.connected).toBeGreaterThanOrEqual(1);
  });

  it('opens none beside a running bot, which would miss what comes through it', async () => {
    const { slack, options } = await opened();
    expect(await examineAppToken(true, options)).toEqual([
      { state: 'works', subject: 'Slack, app token', text: expect.stringContaining('the running bot') },
    ]);
    expect(slack.connected).toBe(0);
  });

  it('is broken when Slack gives an address that no socket opens at', async () => {
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

  it('is broken when Slack refuses it, running or not', async () => {
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

describe('the client id and secret of a Slack app', () => {
  it.each([
    ['are right', {}, 'works', 'client id and secret are valid'],
    [
      'have a wrong id',
      { clientId: '1.2' },
      'broken',
      'Slack does not recognise SLACK_CLIENT_ID. Copy both from',
    ],
    [
      'have a wrong secret',
      { clientSecret: 'wrong' },
      'broken',
      'SLACK_CLIENT_SECRET does not belong to SLACK_CLIENT_ID. Copy both from',
    ],
  ] as const)('%s: that is told, and nothing is installed', async (_, changed, state, words) => {
    const { slack, options } = await opened();
    const client = { clientId: slack.clientId, clientSecret: slack.clientSecret, ...changed };
    expect(await examineClient(client, options)).toEqual([
      { state, subject: 'Slack, client', text: expect.stringContaining(words) },
    ]);
  });

  it('are broken when Slack cannot be reached, and named so when its answer means neither', async () => {
    const { slack, settings, options } = await opened();
    const client = { clientId: slack.clientId, clientSecret: slack.clientSecret };
    const nowhere = { ...options, settings: { ...settings, apiUrl: NOWHERE } };
    expect(await examineClient(client, nowhere)).toMatchObject([
      { state: 'broken', text: expect.stringContaining('Check the network.') },
    ]);
    slack.faults.next({ kind: 'refuse', error: 'fatal_error' });
    expect(await examineClient(client, options)).toMatchObject([
      { state: 'note', text: 'not checked: Slack answered fatal_error.' },
    ]);
  });
});

describe('the two tokens of a Slack app', () => {
  it('of one app get no word; of two apps they are broken, and both are named', async () => {
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

  it('get no word when the bot token does not tell its app: its own check says why', async () => {
    const { options } = await opened();
    expect(await examineSameApp('xoxb-wrong', options)).toEqual([]);
  });
});
