/** Answers in Slack: in time, to the right people, once. */
import { describe, expect, it } from 'vitest';
import type { ChatHandlers } from '../../../../src/chat/handlers.ts';
import type { FakeMessage } from '../../../fakes/slack/model.ts';
import { openFrame, openGate } from '../harness.ts';

const PAPER = '2605.00001';
const LINK = `https://arxiv.org/abs/${PAPER}`;

/** Handlers with answers that wait until the test opens the gate. */
function slow() {
  const gate = openGate();
  const handlers = (real: ChatHandlers): Partial<ChatHandlers> => ({
    async answer(request) {
      await gate.opened;
      return real.answer(request);
    },
  });
  return { ...gate, handlers };
}

for (const overHttp of [false, true]) {
  describe(`a command ${overHttp ? 'over HTTP' : 'through a socket'}`, () => {
    it('is answered publicly with the name of the person who asked, or privately', async () => {
      const { slack, channel, ada } = await openFrame({ overHttp });
      const search = await ada.command(channel, '/papers', 'search experts for speech').answered;
      expect(search.onlyFor).toBeUndefined();
      expect(search.text).toContain('Mixture of Experts for speech, Part 3');
      expect(search.blocks[0]?.elements).toEqual([{ type: 'plain_text', text: 'ada asked', emoji: false }]);
      const saved = await ada.command(channel, '/papers', 'saved').answered;
      expect(saved.onlyFor?.id).toBe(ada.id);
      expect(slack.messagesIn(channel.id)).toEqual([search]);
    });

    it('is acknowledged before its answer is ready', async () => {
      const { open, handlers } = slow();
      const { channel, ada } = await openFrame({ overHttp, handlers });
      const search = ada.command(channel, '/papers', 'search experts');
      expect((await search.acknowledged).body).toEqual({});
      open();
      expect((await search.answered).text).toContain('papers for “experts”');
      expect(search.messages()).toHaveLength(1);
    });
  });
}

describe('a command in Slack', () => {
  it('is understood with the punctuation that phones type', async () => {
    const { channel, ada } = await openFrame();
    const phone = await ada.command(channel, '/papers', 'search “experts for speech” sort—by').answered;
    expect(phone.text).not.toContain('Something went wrong');
    const wrong = await ada.command(channel, '/papers', 'show 9999.99999').answered;
    expect(wrong.text).toMatch(/^9999\.99999 is not an arXiv ID: months go from 01 to 12\./);
    expect(wrong.onlyFor?.id).toBe(ada.id);
  });

  it('works in a direct conversation with the bot, without naming the person', async () => {
    const { ada } = await openFrame();
    const message = await ada.command(ada.dm(), '/papers', `show ${PAPER}`).answered;
    expect(message.text).toContain('Routing Tokens to Mixtures of Experts');
    expect(JSON.stringify(message.blocks)).not.toContain('ada asked');
  });

  it('is answered in a private channel that the bot is not in', async () => {
    const { slack, ada } = await openFrame();
    const secret = slack.addChannel('secret', { isPrivate: true, isMember: false });
    const message = await ada.command(secret, '/papers', `show ${PAPER}`).answered;
    expect(message.onlyFor).toBeUndefined();
    expect(message.text).toContain('Routing Tokens');
  });
});

describe('a button in Slack', () => {
  it('turns the page for the person who asked, in the same message', async () => {
    const { slack, channel, ada } = await openFrame();
    const list = await ada.command(channel, '/papers', 'trending').answered;
    const [root] = [list.text];
    const turned = await ada.press(list, 'Next ›').answered;
    expect(turned).toBe(list);
    expect(turned.text).not.toBe(root);
    expect(turned.text).toContain('6. ');
    expect(JSON.stringify(turned.blocks[0])).toContain('ada asked');
    expect(slack.messagesIn(channel.id)).toHaveLength(1);
  });

  it('pressed by another person answers them privately, and leaves the page unchanged', async () => {
    const { channel, ada, alan } = await openFrame();
    const list = await ada.command(channel, '/papers', 'trending').answered;
    const before = list.text;
    const mine = await alan.press(list, 'Next ›').answered;
    expect(mine.onlyFor?.id).toBe(alan.id);
    expect(list.text).toBe(before);
    const [page] = before.split(' · react');
    expect((await alan.press(mine, '‹ Previous').answered).text).toBe(page);
  });

  it('chosen in the menu of a list shows the paper to the chooser alone', async () => {
    const { slack, channel, ada, alan } = await openFrame();
    const list = await ada.command(channel, '/papers', 'trending').answered;
    const before = list.text;
    const menu = list.blocks
      .flatMap(({ elements = [] }) => elements)
      .find(({ type }) => type === 'static_select');
    const [, second] = menu?.options ?? [];
    expect(second?.text.text).toMatch(/^2\. Mixture of Experts for .*, Part 2$/);
    const opened = await alan.choose(list, menu?.action_id ?? '', second?.value ?? '').answered;
    expect(opened.onlyFor?.id).toBe(alan.id);
    expect(opened.text).toContain('expert number 2');
    expect(list.text).toBe(before);
    expect(slack.messagesIn(channel.id)).toEqual([list]);
  });

  it('saves the paper for the person who presses it', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    expect((await alan.press(card, 'Save').answered).onlyFor?.id).toBe(alan.id);
    expect(await savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([]);
  });

  it('that opens a link is acknowledged without an answer', async () => {
    const { channel, ada } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    const pressed = ada.press(card, 'PDF');
    await pressed.acknowledged;
    expect(pressed.messages()).toEqual([]);
  });
});

describe('the message menu in Slack', () => {
  it('saves the papers that the message links to', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const { message } = ada.say(channel, `read this: https://arxiv.org/abs/${PAPER}`);
    const answer = await alan.shortcut(message, 'save-papers-here').answered;
    expect(answer.onlyFor?.id).toBe(alan.id);
    expect(await savedBy(alan.id)).toEqual([PAPER]);
  });

  it.each<[string, Partial<FakeMessage>]>([
    ['the author of an attachment', { attachments: [{ author_name: 'A paper', author_link: LINK }] }],
    [
      'a field of an attachment',
      { attachments: [{ fields: [{ title: 'Paper', value: LINK, short: true }] }] },
    ],
    ['a footer', { attachments: [{ footer: LINK }] }],
    ['the text above an attachment', { attachments: [{ pretext: LINK, text: 'x' }] }],
    ['a video', { blocks: [{ type: 'video', ...{ title_url: LINK } }] }],
    ['a link button', { blocks: [{ type: 'actions', elements: [{ type: 'button', url: LINK }] }] }],
    ['the title of a file', { files: [{ id: 'F1', title: `Notes on arXiv:${PAPER}` }] }],
  ])('finds the link in %s', async (_, shown) => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const message = Object.assign(ada.say(channel, 'read this').message, shown);
    await alan.shortcut(message, 'save-papers-here').answered;
    expect(await savedBy(alan.id)).toEqual([PAPER]);
  });

  it('does not take what a message hides for a link', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const elements = [{ type: 'button', value: `https://arxiv.org/abs/2605.10002` }];
    const message = Object.assign(ada.say(channel, LINK).message, {
      blocks: [{ type: 'actions', elements }],
    });
    await alan.shortcut(message, 'save-papers-here').answered;
    expect(await savedBy(alan.id)).toEqual([PAPER]);
  });
});

describe('permission to manage feeds in Slack', () => {
  it('belongs to administrators, owners, and the creator of the channel', async () => {
    const { slack, ada, channel } = await openFrame();
    const own = slack.addChannel('mine', { creator: ada.user });
    const boss = slack.addPerson('boss', { admin: true });
    const owner = slack.addPerson('owner', { owner: true });
    const list = (person: typeof ada, where = channel) =>
      person.command(where, '/paperfeed', 'list').answered.then(({ text }) => text);
    expect(await list(ada)).toContain('Only channel managers can change');
    expect(await list(ada, own)).not.toContain('Only channel managers');
    expect(await list(boss)).not.toContain('Only channel managers');
    expect(await list(owner)).not.toContain('Only channel managers');
  });
});
