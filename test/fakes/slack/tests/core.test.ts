/** A command, an event and a post, through Bolt and real sockets. */
import { expect, it } from 'vitest';
import { errorOf, openHttpApp, openSocketApp, openWebClient, QUIET } from '../client.ts';
import { openFakeSlack } from '../fake-slack.ts';

const WAYS = { 'by socket': openSocketApp, 'by signed HTTP': openHttpApp };

for (const [way, openApp] of Object.entries(WAYS)) {
  it(`the fake Slack sends a command to the bot ${way}, and shows the answer only to the person`, async () => {
    const slack = await openFakeSlack();
    const channel = slack.addChannel('papers');
    const ada = slack.addPerson('ada');
    await openApp(slack, (app) => {
      app.command('/papers', async ({ ack, respond, command }) => {
        await ack();
        await respond({ text: `You asked for ${command.text}` });
      });
    });
    const asked = ada.command(channel, '/papers', 'search diffusion');
    const { text, onlyFor } = await asked.answered;
    expect([text, onlyFor?.name]).toEqual(['You asked for search diffusion', 'ada']);
    expect(slack.messagesIn(channel.id)).toEqual([]);
    expect(slack.ephemeralIn(channel.id, ada.id)).toHaveLength(1);
  });

  it(`the fake Slack sends reactions to the bot ${way}`, async () => {
    const slack = await openFakeSlack();
    const channel = slack.addChannel('papers');
    const reactions: string[] = [];
    const app = await openApp(slack, (app) => {
      app.event('reaction_added', async ({ event }) => void reactions.push(`+${event.reaction}`));
      app.event('reaction_removed', async ({ event }) => void reactions.push(`-${event.reaction}`));
    });
    const { ts } = await app.client.chat.postMessage({ channel: channel.id, text: 'a paper', ...QUIET });
    const [message] = slack.messagesIn(channel.id);
    if (message?.ts !== ts || !message) throw new Error('The message is not there');
    const ada = slack.addPerson('ada');
    await ada.react(message, 'bookmark').acknowledged;
    await ada.unreact(message, 'bookmark').acknowledged;
    expect(reactions).toEqual(['+bookmark', '-bookmark']);
  });
}

it('the fake Slack knows the owner and the scopes of a token', async () => {
  const slack = await openFakeSlack();
  const client = openWebClient(slack);
  const { team, response_metadata: told } = await client.auth.test();
  expect(team).toBe('Lab');
  expect(told?.scopes).toContain('chat:write');
  expect(await errorOf(openWebClient(slack, {}, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
  slack.workspace.scopes.delete('users:read');
  expect(await errorOf(client.users.info({ user: slack.workspace.botUser.id }))).toBe('missing_scope');
  slack.revoke();
  expect(await errorOf(client.auth.test())).toBe('token_revoked');
});

it('the fake Slack lets the bot change only its own messages, in its own channels', async () => {
  const slack = await openFakeSlack();
  const channel = slack.addChannel('papers');
  const client = openWebClient(slack);
  const { ts } = await client.chat.postMessage({ channel: channel.id, text: 'one', ...QUIET });
  await client.chat.update({ channel: channel.id, ts: ts ?? '', text: 'two' });
  expect(slack.messagesIn(channel.id).map(({ text, edits }) => [text, edits])).toEqual([['two', 1]]);
  const said = slack.addPerson('ada').say(channel, 'mine');
  expect(await errorOf(client.chat.update({ channel: channel.id, ts: said.message.ts, text: 'x' }))).toBe(
    'cant_update_message',
  );
});
