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

it('the fake Slack sends missed events when a broken socket reconnects', async () => {
  const { slack, ada, seen, message } = await openReacting();
  slack.cutSockets();
  await slack.until(() => slack.connections === 0);
  expect(await ada.command(message.channel, '/papers').failed).toBe('dispatch_failed');
  const reacted = ada.react(message, 'bookmark');
  await reacted.acknowledged;
  expect([slack.connected, seen.map((each) => each.split(' ')[0])]).toEqual([2, ['bookmark']]);
});

for (const reason of ['warning', 'refresh_requested'] as const) {
  it(`the fake Slack can ask the bot to reconnect: ${reason}`, async () => {
    const { slack, ada, message } = await openReacting();
    slack.sendDisconnect(reason);
    await slack.until(() => slack.connected === 2 && slack.connections === 1);
    await ada.react(message, 'bookmark').acknowledged;
  });
}

it('the fake Slack can fall silent; the client notices that no ping is answered and reconnects', async () => {
  const { slack, ada, message } = await openReacting();
  slack.silenceSockets();
  await slack.until(() => slack.connected === 2);
  await ada.react(message, 'bookmark').acknowledged;
});

it('the fake Slack allows ten sockets at most', async () => {
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
  it(`the fake Slack sends an event again with the same ID ${way}`, async () => {
    const { slack, ada, seen, message } = await openReacting(openApp);
    await ada.react(message, 'bookmark').acknowledged;
    const last = slack.sent.at(-1);
    if (!last) throw new Error('Nothing was sent');
    slack.redeliver(last);
    await slack.until(() => seen.length === 2);
    expect(new Set(seen).size).toBe(1);
  });
}

it('the fake Slack retries an event three times: at once, after a minute, after five', async () => {
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

it('the fake Slack signs its requests, and a receiver refuses old or unsigned ones', async () => {
  const { slack, ada, message } = await openReacting(openHttpApp);
  await ada.react(message, 'bookmark').acknowledged;
  const last = slack.sent.at(-1);
  if (!last) throw new Error('Nothing was sent');
  expect(await slack.replay(last)).toBe(200);
  expect(await slack.replay(last, { skewSeconds: -301 })).toBe(401);
  expect(await slack.replay(last, { brokenSignature: true })).toBe(401);
});

it('the fake Slack sends the bot its own messages, but nothing from channels that it is not in', async () => {
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

it('the fake Slack tells the bot that the app was removed', async () => {
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
