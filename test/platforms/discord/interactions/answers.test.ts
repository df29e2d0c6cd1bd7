/** Answers on Discord arrive in time, once, and only to people who may see them. */
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import type { ChatHandlers } from '../../../../src/chat/handlers.ts';
import { buttonsOf, menuOf, shownText } from '../../../fakes/discord/people/shown.ts';
import { CallbackType } from '../../../fakes/discord/protocol.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { listeningLog } from '../../../support/listening-log.ts';
import { openFrame, openGate } from '../harness.ts';

/** Handlers whose answers wait until the test opens the gate. */
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

describe('a command', () => {
  it('is answered at once where everybody sees it, or alone where its definition says so', async () => {
    const { channel, ada } = await openFrame();
    const search = ada.command(channel, 'papers', 'search', { query: 'experts for speech' });
    expect((await search.acknowledged).type).toBe(CallbackType.Message);
    const message = await search.answered;
    expect(message.ephemeral).toBe(false);
    expect(shownText(message)).toContain('Mixture of Experts for speech, Part 3');
    const saved = await ada.command(channel, 'papers', 'saved').answered;
    expect(saved.ephemeral).toBe(true);
    expect(channel.messages).toEqual([message]);
  });

  it('that takes longer is acknowledged before it has its answer, which comes in the same message', async () => {
    const { open, handlers } = slow();
    const { channel, ada } = await openFrame({ handlers });
    const search = ada.command(channel, 'papers', 'search', { query: 'experts' });
    expect((await search.acknowledged).type).toBe(CallbackType.DeferredMessage);
    open();
    expect(shownText(await search.answered)).toContain('papers for “experts”');
    expect(search.messages()).toHaveLength(1);
  });

  it('that takes longer and concerns one person is worked on and answered for their eyes alone', async () => {
    const { open, handlers } = slow();
    const { channel, ada } = await openFrame({ handlers });
    const save = ada.command(channel, 'papers', 'save', { paper: '2605.00001' });
    await save.acknowledged;
    open();
    expect((await save.answered).ephemeral).toBe(true);
    expect(channel.messages).toEqual([]);
  });

  it('whose request was wrong tells its sender alone, also when everybody saw it working', async () => {
    const { open, handlers } = slow();
    const { channel, ada } = await openFrame({ handlers });
    const wrong = ada.command(channel, 'papers', 'show', { paper: '9999.99999' });
    expect((await wrong.acknowledged).type).toBe(CallbackType.DeferredMessage);
    open();
    const message = await wrong.answered;
    expect(message.ephemeral).toBe(true);
    expect(shownText(message)).toMatch(/^9999\.99999 is not an arXiv ID: months go from 01 to 12\./);
    expect(channel.messages).toEqual([]);
  });

  it('works in a direct message', async () => {
    const { ada } = await openFrame();
    const message = await ada.command(ada.dm(), 'papers', 'show', { paper: '2605.00001' }).answered;
    expect(shownText(message)).toContain('Routing Tokens to Mixtures of Experts');
  });

  it('delivered twice has one effect and one answer', async () => {
    let asked = 0;
    const { discord, channel, ada } = await openFrame({
      handlers: (real) => ({
        answer(request) {
          asked++;
          return real.answer(request);
        },
      }),
    });
    const search = ada.command(channel, 'papers', 'search', { query: 'experts' });
    await search.answered;
    discord.redeliver(search);
    await ada.command(channel, 'papers', 'stats').answered;
    expect(asked).toBe(2);
    expect(channel.messages).toHaveLength(2);
  });
});

describe('an answer on a bad line', () => {
  it.each([
    ['loses its acknowledgement', { kind: 'loseAnswer' }],
    ['is dropped on its way', { kind: 'drop' }],
    ['meets a server error after it was taken', { kind: 'serverError', when: 'after' }],
    ['meets a server error before it was taken', { kind: 'serverError', when: 'before' }],
  ] as const)('that %s arrives all the same, once', async (_, fault) => {
    const { discord, channel, ada } = await openFrame();
    discord.allow(/acknowledged twice/);
    discord.faults.next({ ...fault, match: ({ path }) => path.includes('/callback') });
    const search = ada.command(channel, 'papers', 'search', { query: 'experts for speech' });
    expect(shownText(await search.answered)).toContain('Mixture of Experts for speech');
    expect(search.messages()).toHaveLength(1);
  });

  it('that loses the acknowledgement of longer work is edited in place', async () => {
    const { open, handlers } = slow();
    const { discord, channel, ada } = await openFrame({ handlers });
    discord.allow(/acknowledged twice/);
    discord.faults.next({ kind: 'loseAnswer', match: ({ path }) => path.includes('/callback') });
    const search = ada.command(channel, 'papers', 'search', { query: 'experts for speech' });
    await search.acknowledged;
    open();
    expect(shownText(await search.answered)).toContain('Mixture of Experts for speech');
    expect(search.messages()).toHaveLength(1);
  });

  it('to a request that is two seconds old already is begun at once, and one of another clock is not', async () => {
    const discordClock = fakeClock('2026-05-29T12:00:00Z');
    const clock = fakeClock('2026-05-29T12:00:01.900Z');
    const { channel, ada } = await openFrame({ discord: { clock: discordClock }, chat: { clock } });
    const first = async () => {
      const asked = ada.command(channel, 'papers', 'stats');
      await asked.answered;
      return (await asked.acknowledged).type;
    };
    expect(await first()).toBe(CallbackType.Message);
    await clock.advance(100);
    expect(await first()).toBe(CallbackType.DeferredMessage);
    await clock.advance(15 * 60_000);
    expect(await first()).toBe(CallbackType.Message);
  });

  it.each([
    ['quick', false],
    ['long', true],
  ])('to %s work that was taken too late is dropped, but for what was done', async (_, isLong) => {
    const clock = fakeClock('2026-05-29T12:00:00Z');
    const sending = openGate();
    const { open, handlers } = slow();
    if (!isLong) open();
    const { discord, channel, ada, savedBy } = await openFrame({ handlers, discord: { clock } });
    discord.allow(/3 s|acknowledged/);
    const match = ({ path }: { path: string }) => path.includes('/callback');
    discord.faults.next({ kind: 'delay', until: sending.opened, match, times: 4 });
    ada.command(channel, 'papers', 'search', { query: 'experts' });
    ada.command(channel, 'papers', 'saved');
    ada.command(channel, 'papers', 'stats');
    ada.command(channel, 'papers', 'save', { paper: '2605.00001' });
    await discord.until(() => (discord.faults.met['delay'] ?? 0) === 4);
    await clock.advance(3001);
    sending.open();
    open();
    await expect.poll(() => ada.dm().messages.map(shownText)).toHaveLength(1);
    expect(ada.dm().messages.map(shownText).join()).toContain('Saved to your list');
    // One that is answered, after those that are not: by then they were seen.
    await ada.command(channel, 'papers', 'help').answered;
    expect([await savedBy(ada.id), channel.messages.length, ada.dm().messages.length]).toEqual([
      ['2605.00001'],
      0,
      1,
    ]);
  });

  it('that comes after the fifteen minutes reaches the channel, or the person alone', async () => {
    const clock = fakeClock('2026-05-29T12:00:00Z');
    const { open, handlers } = slow();
    const { channel, ada } = await openFrame({ handlers, discord: { clock } });
    const search = ada.command(channel, 'papers', 'search', { query: 'experts for speech' });
    const save = ada.command(channel, 'papers', 'save', { paper: '2605.00001' });
    await Promise.all([search.acknowledged, save.acknowledged]);
    await clock.advance(15 * 60_000 + 1);
    open();
    await expect
      .poll(() => channel.messages.map(shownText))
      .toContainEqual(expect.stringContaining('Mixture of Experts for speech'));
    const [pending, answer] = channel.messages;
    expect(answer?.repliesTo).toBe(pending?.id);
    await expect
      .poll(() => ada.dm().messages.map(shownText))
      .toContainEqual(expect.stringContaining('Saved to your list'));
  });

  it('that nobody could take in time is logged without the token of its interaction', async () => {
    const { log, lines } = listeningLog();
    const clock = fakeClock('2026-05-29T12:00:00Z');
    const gate = openGate();
    const { discord, channel, ada } = await openFrame({ discord: { clock }, chat: { log } });
    discord.allow(/3 s|acknowledged/);
    discord.faults.next({
      kind: 'delay',
      until: gate.opened,
      match: ({ path }) => path.includes('/callback'),
    });
    channel.deny('SendMessages');
    const search = ada.command(channel, 'papers', 'search', { query: 'experts' });
    await discord.until(() => (discord.faults.met['delay'] ?? 0) > 0);
    await clock.advance(3001);
    gate.open();
    await expect.poll(() => lines().length).toBe(1);
    expect(lines()[0]).toContain(search.id);
    expect(lines()[0]).not.toContain(search.token);
    expect(lines()[0]).not.toContain(discord.token);
  });
});

describe('a button', () => {
  it('turns the page of the one who asked, in place', async () => {
    const { channel, ada } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    expect(shownText(list)).toContain('Part 1');
    const turned = await ada.press(list, 'Next ›').answered;
    expect(turned).toBe(list);
    expect(shownText(list)).toContain('Part 7');
    expect(channel.messages).toEqual([list]);
  });

  it('pressed by somebody else answers them alone and leaves the page where it is', async () => {
    const { channel, ada, alan } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    const before = shownText(list);
    const own = await alan.press(list, 'Next ›').answered;
    expect(own.ephemeral).toBe(true);
    expect(shownText(own)).toContain('Part 7');
    expect(shownText(list)).toBe(before);
    expect(shownText(await alan.press(own, '‹ Previous').answered)).toContain('Part 1');
  });

  it('that asks for more answers its presser alone', async () => {
    const { channel, ada, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: '2605.00001' }).answered;
    const summary = await ada.press(card, 'Summary').answered;
    expect(summary.ephemeral).toBe(true);
    expect(shownText(summary)).toContain('Problem: Existing routers leave most experts idle.');
    expect(shownText(await ada.press(card, 'Save').answered)).toContain('Saved to your list');
    expect(await savedBy(ada.id)).toEqual(['2605.00001']);
    expect(channel.messages).toEqual([card]);
  });

  it('that is chosen in the menu of a list shows the paper to the chooser alone, also after a restart', async () => {
    const { chat, startBot, channel, ada, alan } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    const { options } = menuOf(list);
    expect(options.map(({ label }) => label)[1]).toMatch(/^2\. Mixture of Experts for .*, Part 2$/);
    const before = shownText(list);
    const opened = await alan.select(list, 'open', [options[1]?.value ?? '']).answered;
    expect(opened.ephemeral).toBe(true);
    expect(shownText(opened)).toContain('expert number 2');
    expect(shownText(list)).toBe(before);
    await chat.stop();
    await startBot();
    const again = await ada.select(list, 'open', [options[4]?.value ?? '']).answered;
    expect(shownText(again)).toContain('expert number 5');
    expect(channel.messages).toEqual([list]);
  });

  it('goes on working after a restart, also one whose line is longer than its id can be', async () => {
    const { chat, startBot, channel, ada } = await openFrame();
    const query =
      'a mixture of experts that is trained for one subject alone and for nothing else at all, really';
    const list = await ada.command(channel, 'papers', 'search', { query, limit: 2 }).answered;
    expect(buttonsOf(list).some(({ customId }) => customId?.includes('#'))).toBe(true);
    await chat.stop();
    await startBot();
    expect(await ada.press(list, 'Next ›').answered).toBe(list);
    expect(shownText(list)).toContain('Page 2/');
  });

  it('whose answer takes longer shows that at once, and then the page', async () => {
    let gate: Promise<void> = Promise.resolve();
    const { open, opened } = openGate();
    const { channel, ada } = await openFrame({
      handlers: (real) => ({
        async answer(request) {
          await gate;
          return real.answer(request);
        },
      }),
    });
    const list = await ada.command(channel, 'papers', 'trending').answered;
    gate = opened;
    const press = ada.press(list, 'Next ›');
    expect((await press.acknowledged).type).toBe(CallbackType.DeferredUpdate);
    open();
    expect(shownText(await press.answered)).toContain('Part 7');
  });
});

describe('while an option is typed', () => {
  it('papers, authors, categories and days are offered', async () => {
    const { channel, ada } = await openFrame();
    const offered = async (name: string, option: string, typed: string) =>
      (await ada.autocomplete(channel, 'papers', name, option, typed)).map(({ value }) => value);
    expect(await offered('show', 'paper', 'routing')).toEqual(['2605.00001']);
    expect(await offered('show', 'paper', '2605.1000')).toHaveLength(7);
    expect(await offered('search', 'author', 'ada')).toEqual(['Ada Lovelace']);
    expect(await offered('search', 'category', 'cs')).toContain('cs.LG');
    expect(await offered('trending', 'date', 'yes')).toEqual(['yesterday']);
  });
});

describe('the menu of a message', () => {
  it('saves the papers that it links to', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const said = alan.say(channel, 'Read https://arxiv.org/abs/2605.00001 and arxiv.org/pdf/2605.10002v1!');
    const saved = await ada.menu(said, 'Save papers here').answered;
    expect(saved.ephemeral).toBe(true);
    expect(shownText(saved)).toContain('Saved to your list · 2 papers');
    expect((await savedBy(ada.id)).toSorted()).toEqual(['2605.00001', '2605.10002']);
    expect(shownText(await ada.menu(said, 'Save papers here').answered)).toContain('Already on your list');
  });

  it('summarises them, those of the bot’s own lists too', async () => {
    const { channel, ada } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending', { limit: 3 }).answered;
    const text = shownText(await ada.menu(list, 'Summarise papers here').answered);
    expect(text).toContain('Mixture of Experts for robots, Part 1');
    expect(text).toContain('Result: It outperforms dense models by 3%.');
  });

  it('says what it understands when there is no link, and what was not found', async () => {
    const { channel, ada, alan } = await openFrame();
    const none = await ada.menu(alan.say(channel, 'Lunch?'), 'Save papers here').answered;
    expect(shownText(none)).toMatch(
      /^No paper was found in that message\. Choose a message with a link to arXiv/,
    );
    const half = alan.say(channel, 'arxiv.org/abs/2605.00001 arxiv.org/abs/2605.99999');
    expect(shownText(await ada.menu(half, 'Save papers here').answered)).toContain('Not found: 2605.99999.');
  });
});

describe('commands at Discord', () => {
  it('are registered once, and written again only when they changed', async () => {
    const { discord, chat, startBot } = await openFrame();
    const writes = () =>
      discord.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'));
    expect(writes()).toHaveLength(1);
    expect(discord.registeredCommands().map(({ name }) => name)).toEqual([
      'papers',
      'paperfeed',
      'Save papers here',
      'Summarise papers here',
    ]);
    await chat.stop();
    const second = await startBot();
    expect(writes()).toHaveLength(1);
    await second.stop();
    const third = await startBot({ menu: [] });
    expect(writes()).toHaveLength(2);
    expect(discord.registeredCommands().map(({ name }) => name)).toEqual(['papers', 'paperfeed']);
    await third.stop();
  });

  it('go to one server at once while developing', async () => {
    const { discord, guild, chat, startBot } = await openFrame();
    await chat.stop();
    await startBot({ guildId: guild.id });
    expect(discord.registeredCommands(guild.id)).toHaveLength(4);
  });

  it('are in one scope alone, whatever server an earlier start registered them in', async () => {
    const { discord, guild, chat, startBot } = await openFrame();
    const other = discord.addGuild({ name: 'Another lab' });
    const scopes = () =>
      [undefined, guild.id, other.id].map((scope) => discord.registeredCommands(scope).length);
    expect(scopes()).toEqual([4, 0, 0]);
    await chat.stop();
    const second = await startBot({ guildId: guild.id });
    await expect.poll(scopes).toEqual([0, 4, 0]);
    await second.stop();
    const third = await startBot({ guildId: other.id });
    await expect.poll(scopes).toEqual([0, 0, 4]);
    await third.stop();
    await startBot();
    await expect.poll(scopes).toEqual([4, 0, 0]);
  });

  it('of other scopes are read at a pace that leaves the rate limit to posts', async () => {
    const { discord, chat, startBot } = await openFrame();
    await chat.stop();
    for (let n = 0; n < 20; n++) discord.addGuild({ name: `Lab ${n}` });
    const clock = fakeClock('2026-05-29T12:00:00Z');
    const reads = () =>
      discord.requests.filter(({ method, path }) => method === 'GET' && /guilds\/.*\/commands/.test(path));
    const before = reads().length;
    await startBot({ clock });
    await expect.poll(() => reads().length - before).toBe(5);
    // Discord allows 50 requests a second, of which posts take 40.
    for (let more = 6; more <= 21; more++) {
      await clock.advance(150);
      await expect.poll(() => reads().length - before).toBe(more);
    }
  });
});

describe('an error of ours', () => {
  it('is one calm sentence with an id', async () => {
    const { channel, ada } = await openFrame({
      handlers: () => ({
        answer: async () => ({
          card: sentence(
            'Something went wrong. Try again in a moment, or give an administrator this error ID: #7f3a',
            'problem',
          ),
          visibility: 'private',
          ok: false,
        }),
      }),
    });
    const message = await ada.command(channel, 'papers', 'stats').answered;
    expect(shownText(message)).toMatch(/^Something went wrong\. .* #7f3a/);
    expect(message.ephemeral).toBe(true);
  });
});
