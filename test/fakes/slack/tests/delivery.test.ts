/**
 * Delivery of events: through sockets that break, by signed requests, and again without an acknowledgement.
 */
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { fakeClock } from '../../../support/fake-clock.ts';
import { openHttpServer } from '../../sources/http-server.ts';
import { openHttpApp, openSocketApp, QUIET } from '../client.ts';
import { openFakeSlack } from '../fake-slack.ts';

async function openReacting(openApp = openSocketApp) {
  const slack = await openFakeSlack();
  const channel = slack.addChannel('papers');
  const ada = slack.addPerson('ada');
  const seen: string[] = [];
  const app = await openApp(slack, (app) => {
    app.event('reaction_added', async ({ body, event }) => {
      seen.push(`${event.reaction} ${body.event_id}`);
    });
  });
  const { message } = ada.say(channel, 'a paper');
  return { slack, channel, ada, app, seen, message };
}

it('opens a socket anew when it broke, and brings what came in between', async () => {
  const { slack, ada, seen, message } = await openReacting();
  slack.cutSockets();
  await slack.until(() => slack.connections === 0);
  expect(await ada.command(message.channel, '/papers').failed).toBe('dispatch_failed');
  const reacted = ada.react(message, 'bookmark');
  await reacted.acknowledged;
  expect([slack.connected, seen.map((each) => each.split(' ')[0])]).toEqual([2, ['bookmark']]);
});

for (const reason of ['warning', 'refresh_requested'] as const) {
  it(`asks the bot to come back: ${reason}`, async () => {
    const { slack, ada, message } = await openReacting();
    slack.sendDisconnect(reason);
    await slack.until(() => slack.connected === 2 && slack.connections === 1);
    await ada.react(message, 'bookmark').acknowledged;
  });
}

it('falls silent: the client notices that no ping is answered and comes back', async () => {
  const { slack, ada, message } = await openReacting();
  slack.silenceSockets();
  await slack.until(() => slack.connected === 2);
  await ada.react(message, 'bookmark').acknowledged;
});

it('opens no more than ten sockets', async () => {
  const slack = await openFakeSlack();
  const { url } = (await fetch(`${slack.url}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  }).then((response) => response.json())) as { url: string };
  expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/);
  for (let n = 0; n < 10; n++) await openSocketApp(slack);
  const socket = new WebSocket(url);
  const [said] = await once(socket, 'message');
  expect(JSON.parse(String(said))).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
  socket.terminate();
  expect(slack.connections).toBe(10);
});

for (const [way, openApp] of Object.entries({ 'by socket': openSocketApp, 'by HTTP': openHttpApp })) {
  it(`brings an event again with the same id ${way}`, async () => {
    const { slack, ada, seen, message } = await openReacting(openApp);
    await ada.react(message, 'bookmark').acknowledged;
    const last = slack.sent.at(-1);
    if (!last) throw new Error('Nothing was sent');
    slack.redeliver(last);
    await slack.until(() => seen.length === 2);
    expect(new Set(seen).size).toBe(1);
  });
}

it('tries three more times: at once, after a minute, after five', async () => {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const slack = await openFakeSlack({ clock });
  const server = await openHttpServer();
  const retries: (string | undefined)[] = [];
  server.on('/slack', ({ headers }, response) => {
    retries.push(headers['x-slack-retry-num']?.toString());
    response.writeHead(500).end();
  });
  slack.deliverTo(`${server.url}/slack`);
  slack.addPerson('ada').say(slack.addChannel('papers'), 'a paper');
  await clock.sleeping();
  expect(retries).toEqual([undefined, '1']);
  await clock.advance(60_000);
  await clock.sleeping();
  expect(retries).toEqual([undefined, '1', '2']);
  await clock.advance(5 * 60_000);
  await slack.until(() => slack.sent[0]?.over === true);
  const ids = server.requests.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
  expect([ids.length, new Set(ids).size, retries.at(-1)]).toEqual([4, 1, '3']);
});

it('signs its requests: what is old or not signed by it is refused', async () => {
  const { slack, ada, message } = await openReacting(openHttpApp);
  await ada.react(message, 'bookmark').acknowledged;
  const last = slack.sent.at(-1);
  if (!last) throw new Error('Nothing was sent');
  expect(await slack.replay(last)).toBe(200);
  expect(await slack.replay(last, { skewSeconds: -301 })).toBe(401);
  expect(await slack.replay(last, { brokenSignature: true })).toBe(401);
});

it('brings the messages of the bot itself back, and what is said where it is not a member not at all', async () => {
  const { slack, channel, app, ada } = await openReacting();
  const sentBefore = slack.sent.length;
  await app.client.chat.postMessage({ channel: channel.id, text: 'mine', ...QUIET });
  expect(slack.sent.slice(sentBefore).map(({ payload }) => payload['event'])).toMatchObject([
    { type: 'message', bot_id: slack.workspace.botId, text: 'mine' },
  ]);
  const elsewhere = slack.addChannel('elsewhere', { isMember: false });
  ada.react(ada.say(elsewhere, 'not for bots').message, 'bookmark');
  expect(slack.sent).toHaveLength(sentBefore + 1);
});

it('tells that the app was removed', async () => {
  const slack = await openFakeSlack();
  const told: string[] = [];
  await openSocketApp(slack, (app) => {
    app.event('tokens_revoked', async () => void told.push('tokens_revoked'));
    app.event('app_uninstalled', async () => void told.push('app_uninstalled'));
  });
  slack.revoke();
  await slack.until(() => slack.sent.every(({ acknowledged }) => acknowledged));
  expect(told).toEqual(['tokens_revoked', 'app_uninstalled']);
});
