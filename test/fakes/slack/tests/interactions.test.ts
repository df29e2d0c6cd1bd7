/** Buttons, menus, modals and shortcuts, through Bolt. */
import type { App, types } from '@slack/bolt';
import { expect, it } from 'vitest';
import { fakeClock } from '../../../support/fake-clock.ts';
import { errorOf, openHttpApp, openSocketApp, QUIET } from '../client.ts';
import { openFakeSlack } from '../fake-slack.ts';
import { ClientRefusal } from '../people/refusal.ts';
import type { FakeSlackOptions } from '../start.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

const BUTTONS: types.KnownBlock[] = [
  { type: 'section', text: plain('a paper') },
  {
    type: 'actions',
    elements: [
      { type: 'button', text: plain('Similar'), action_id: 'similar', value: '/papers similar 1' },
      { type: 'button', text: plain('PDF'), action_id: 'pdf', url: 'https://arxiv.org/pdf/1' },
      { type: 'external_select', action_id: 'topic', min_query_length: 1, placeholder: plain('A topic') },
    ],
  },
];

const FORM: types.ModalView = {
  type: 'modal',
  callback_id: 'follow',
  title: plain('Follow'),
  submit: plain('Follow'),
  blocks: [
    {
      type: 'input',
      block_id: 'about',
      label: plain('About'),
      element: { type: 'plain_text_input', action_id: 'words', max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'days',
      label: plain('When'),
      element: {
        type: 'static_select',
        action_id: 'day',
        options: ['daily', 'weekly'].map((value) => ({ text: plain(value), value })),
      },
    },
  ],
};

async function openHarness(listen: (app: App) => void, options?: FakeSlackOptions, openApp = openSocketApp) {
  const slack = await openFakeSlack(options);
  const channel = slack.addChannel('papers');
  const ada = slack.addPerson('ada');
  const app = await openApp(slack, listen);
  const post = async (blocks: types.KnownBlock[] = BUTTONS) => {
    await app.client.chat.postMessage({ channel: channel.id, text: 'a paper', blocks, ...QUIET });
    const message = channel.messages.at(-1);
    if (!message) throw new Error('Nothing was posted');
    return message;
  };
  return { slack, channel, ada, app, post };
}

it('the fake Slack presses a button, and the answer can replace the message', async () => {
  const { ada, post } = await openHarness((app) => {
    app.action('similar', async ({ ack, action, respond }) => {
      await ack();
      const value = 'value' in action ? action.value : '';
      await respond({ replace_original: true, text: `instead of ${value}` });
    });
  });
  const message = await post();
  const answered = await ada.press(message, 'Similar').answered;
  expect(answered).toBe(message);
  expect([message.text, message.blocks]).toEqual(['instead of /papers similar 1', []]);
});

it('the fake Slack reports presses on link buttons, and hides the text of ephemeral messages', async () => {
  const bodies: object[] = [];
  const { ada, app, channel } = await openHarness((app) => {
    app.action('pdf', async ({ ack, body }) => {
      await ack();
      bodies.push(body);
    });
  });
  await app.client.chat.postEphemeral({
    channel: channel.id,
    user: ada.id,
    text: 'a paper',
    blocks: BUTTONS,
  });
  const [message] = channel.ephemerals;
  if (!message) throw new Error('Nothing was shown');
  await ada.press(message, 'pdf').acknowledged;
  expect(bodies).toMatchObject([{ container: { is_ephemeral: true } }]);
  expect(bodies[0]).not.toHaveProperty('message');
});

it('the fake Slack lets people press only buttons that exist and that they see', async () => {
  const { slack, ada, app, channel, post } = await openHarness(() => {});
  await app.client.chat.postEphemeral({
    channel: channel.id,
    user: ada.id,
    text: 'a paper',
    blocks: BUTTONS,
  });
  const [message] = channel.ephemerals;
  if (!message) throw new Error('Nothing was shown');
  const bob = slack.addPerson('bob');
  expect(() => bob.press(message, 'similar')).toThrow(ClientRefusal);
  const posted = await post();
  expect(() => ada.press(posted, 'Save')).toThrow('there is: Similar, PDF, topic');
});

it('the fake Slack requests suggestions while a person types', async () => {
  const { ada, post } = await openHarness((app) => {
    app.options('topic', async ({ ack, options }) => {
      await ack({ options: [{ text: plain(`about ${options.value}`), value: options.value }] });
    });
    app.action('topic', async ({ ack, action, respond }) => {
      await ack();
      if ('selected_option' in action) await respond(`chosen ${action.selected_option?.value}`);
    });
  });
  const message = await post();
  const [option] = await ada.suggest(message, 'topic', 'diff').suggested;
  if (!option) throw new Error('Nothing was suggested');
  expect(option.text.text).toBe('about diff');
  expect((await ada.choose(message, 'topic', option).answered).text).toBe('chosen diff');
});

for (const [way, openApp] of Object.entries({ 'by socket': openSocketApp, 'by HTTP': openHttpApp })) {
  it(`the fake Slack opens a form, shows its errors, and submits it ${way}`, async () => {
    const { ada, channel } = await openHarness(
      (app) => {
        app.command('/paperfeed', async ({ ack, body, client }) => {
          await ack();
          await client.views.open({ trigger_id: body.trigger_id, view: FORM });
        });
        app.view('follow', async ({ ack, view, client, body }) => {
          const words = view.state.values['about']?.['words']?.value;
          if (words === 'x') return ack({ response_action: 'errors', errors: { about: 'Say more' } });
          await ack();
          const day = view.state.values['days']?.['day']?.selected_option?.value;
          await client.chat.postEphemeral({
            channel: channel.id,
            user: body.user.id,
            text: `${words} ${day}`,
          });
        });
      },
      {},
      openApp,
    );
    const view = await ada.command(channel, '/paperfeed', 'follow').opened;
    expect(() => ada.submit(view, { day: 'daily' })).toThrow('words is required');
    expect(() => ada.submit(view, { words: 'x', day: 'monthly' })).toThrow(ClientRefusal);
    const refused = await ada.submit(view, { words: 'x', day: 'daily' }).acknowledged;
    expect(refused.body).toEqual({ response_action: 'errors', errors: { about: 'Say more' } });
    expect(view.closed).toBe(false);
    const answer = await ada.submit(view, { words: 'agents', day: 'weekly' }).answered;
    expect([answer.text, view.closed]).toEqual(['agents weekly', true]);
  });
}

it('the fake Slack accepts a trigger once, for three seconds', async () => {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const triggers: string[] = [];
  const { ada, app, channel } = await openHarness(
    (app) => {
      app.command('/papers', async ({ ack, body }) => {
        triggers.push(body.trigger_id);
        await ack();
      });
    },
    { clock },
  );
  await ada.command(channel, '/papers').acknowledged;
  const open = (trigger_id = '') => errorOf(app.client.views.open({ trigger_id, view: FORM }));
  expect([await open(triggers[0]), await open(triggers[0])]).toEqual(['carried out', 'exchanged_trigger_id']);
  await ada.command(channel, '/papers').acknowledged;
  await clock.advance(3_001);
  expect(await open(triggers[1])).toBe('expired_trigger_id');
});

it('the fake Slack accepts five answers in half an hour at a response_url', async () => {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const urls: string[] = [];
  const { slack, ada, channel } = await openHarness(
    (app) => {
      app.command('/papers', async ({ ack, body }) => {
        urls.push(body.response_url);
        await ack();
      });
    },
    { clock },
  );
  const answer = async (url = '') => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"x"}' };
    return (await fetch(url, init)).status;
  };
  await ada.command(channel, '/papers').acknowledged;
  const statuses: number[] = [];
  for (let n = 0; n < 6; n++) statuses.push(await answer(urls[0]));
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  await ada.command(channel, '/papers').acknowledged;
  await clock.advance(30 * 60_000 + 1);
  expect(await answer(urls[1])).toBe(404);
  expect(slack.ephemeralIn(channel.id, ada.id)).toHaveLength(5);
});

it('the fake Slack shows the Home tab that the bot publishes', async () => {
  const { ada } = await openHarness((app) => {
    app.event('app_home_opened', async ({ event, client }) => {
      const blocks: types.KnownBlock[] = [{ type: 'header', text: plain('Your papers') }];
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
  });
  const home = await ada.openHome().opened;
  expect(home.view.blocks).toMatchObject([{ text: { text: 'Your papers' } }]);
  expect(ada.home()).toBe(home);
});

it('the fake Slack sends shortcuts, mentions and direct messages, and shows each answer in the right place', async () => {
  const { ada, channel, post } = await openHarness((app) => {
    app.shortcut('save', async ({ ack, respond }) => {
      await ack();
      await respond('saved');
    });
    app.event('app_mention', async ({ event, say }) => {
      await say({
        text: `in the thread: ${event.text.replace(/<@\w+>/, '').trim()}`,
        thread_ts: event.ts,
        ...QUIET,
      });
    });
    app.message(async ({ message, say }) => {
      if (message.channel_type === 'im') await say({ text: 'between us', ...QUIET });
    });
  });
  expect((await ada.shortcut(await post(), 'save').answered).text).toBe('saved');
  const mention = ada.mention(channel, 'what is <new>?');
  const reply = await mention.answered;
  expect([reply.text, reply.threadTs]).toEqual(['in the thread: what is &lt;new&gt;?', mention.message.ts]);
  expect((await ada.say(ada.dm(), 'hello').answered).text).toBe('between us');
});

it('the fake Slack sends links of registered domains, and shows their previews', async () => {
  const { ada, slack } = await openHarness((app) => {
    app.event('link_shared', async ({ event, client }) => {
      const preview = { blocks: [{ type: 'section', text: plain('a paper') } satisfies types.KnownBlock] };
      const unfurls = Object.fromEntries(event.links.map(({ url }) => [url, preview]));
      await client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls });
    });
  });
  const elsewhere = slack.addChannel('general', { isMember: false });
  const pasted = ada.paste(elsewhere, 'https://arxiv.org/abs/2406.01574');
  const message = await pasted.answered;
  expect([...message.unfurls.keys()]).toEqual(['https://arxiv.org/abs/2406.01574']);
});

it('the fake Slack shows people an error if no bot is there, or if it is too slow', async () => {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const slack = await openFakeSlack({ clock });
  const channel = slack.addChannel('papers');
  const ada = slack.addPerson('ada');
  expect(await ada.command(channel, '/papers').failed).toBe('dispatch_failed');
  let take: (ack: () => Promise<void>) => void = () => {};
  const taken = new Promise<() => Promise<void>>((resolve) => {
    take = resolve;
  });
  await openSocketApp(slack, (app) => {
    app.command('/papers', async ({ ack }) => take(ack));
  });
  const asked = ada.command(channel, '/papers');
  const late = await taken;
  await clock.advance(3_000);
  expect(await asked.failed).toBe('operation_timeout');
  expect(slack.violations.splice(0)).toEqual(['/papers: not acknowledged within 3000 ms']);
  await late();
  await slack.until(() => slack.violations.length > 0);
  expect(slack.violations.splice(0)).toEqual([expect.stringContaining('acknowledged after 3000 ms')]);
});
