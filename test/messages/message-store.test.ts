import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { sentence } from '../../src/chat/card.ts';
import type { Reaction } from '../../src/chat/handlers.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import type { MessageRef } from '../../src/chat/refs.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openMessageHandlers } from '../../src/messages/message-handlers.ts';
import { openMessageStore } from '../../src/messages/message-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { listedPapers, samplePaper } from '../support/papers.ts';

const PAPER = '2605.00001';
const caller = { platform: 'discord', workspace: 'discord', person: 'ada', team: 'lab' };
const card: MessageRef = { platform: 'discord', workspace: 'guild', channel: 'c', message: 'm1' };
const second: MessageRef = { ...card, message: 'm2' };

async function opened() {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  await papers.importBatch([samplePaper(), ...listedPapers('2026-05-28', 5)], {
    source: 'hugging-face',
    at: '2026-05-29T08:00:00Z',
  });
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const messages = openMessageStore(connection);
  const library = openLibrary(connection);
  const handlers = openMessageHandlers({
    messages,
    saveEmoji: ['🔖', '⭐'],
    ask: async (_mention, paper, question) => sentence(`${paper}: ${question}`),
    clock,
    log: silentLog,
  });
  const react = (message: MessageRef, emoji = '🔖', added = true, who = caller) =>
    handlers.reacted({ message, caller: who, emoji, added } satisfies Reaction);
  const mine = async (who = caller) => (await library.mine(who, 10, 0)).papers.map(({ paper }) => paper.id);
  return { connection, papers, clock, messages, library, handlers, react, mine };
}

describe('reacting', () => {
  it('saves the paper for the one who reacted, and taking it back unsaves it', async () => {
    const { handlers, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    expect(await mine()).toEqual([PAPER]);
    expect(await mine({ ...caller, person: 'alan' })).toEqual([]);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([]);
  });

  it('is explained the first time ever, and only then', async () => {
    const { handlers, react } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await handlers.shown(second, [{ paper: '2605.10001' }]);
    const told = await react(card);
    expect(told && toPlainText(told)).toBe(
      [
        'Saved to your list: “Routing Tokens to Mixtures of Experts”. Only you can see your list.',
        'Your list: /papers saved · remove the reaction to remove the paper',
      ].join('\n'),
    );
    expect(await react(second)).toBeUndefined();
  });

  it('twice with one emoji, as after a redelivery, is one save and one way back', async () => {
    const { handlers, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    expect(await react(card)).toBeUndefined();
    await react(card, '🔖', false);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([]);
  });

  it('with a super reaction beside a normal one stands until both are taken back, or both are cleared', async () => {
    const { handlers, messages, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    const react = (isSuper: boolean, added: boolean) =>
      handlers.reacted({ message: card, caller, emoji: '🔖', isSuper, added });
    await react(false, true);
    await react(true, true);
    await react(false, false);
    expect(await mine()).toEqual([PAPER]);
    expect(await messages.recent('discord', '2026-01-01T00:00:00Z', 10)).toMatchObject([
      { known: [{ person: 'ada', emoji: '🔖', isSuper: true }] },
    ]);
    await react(true, false);
    expect(await mine()).toEqual([]);
    await react(true, true);
    await handlers.cleared(card, '🔖');
    await react(true, false);
    expect(await mine()).toEqual([PAPER]);
  });

  it('and taking it back leaves what was saved by command', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await library.save(caller, PAPER, '2026-05-29T11:00:00Z');
    await react(card);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
  });

  it('and taking it back leaves what was saved by command afterwards', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    expect(await library.save(caller, PAPER, '2026-05-29T13:00:00Z')).toMatchObject({ added: false });
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
  });

  it('and taking it back leaves what was taken off by command and saved again', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    await library.unsave(caller, PAPER);
    await library.save(caller, PAPER, '2026-05-29T13:00:00Z');
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
  });

  it('and taking it back takes nothing off the list that another reaction put there after an unsave', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await handlers.shown(second, [{ paper: PAPER }]);
    await react(card);
    await library.unsave(caller, PAPER);
    await react(second);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
    await react(second, '🔖', false);
    expect(await mine()).toEqual([]);
  });

  it('undoes what it did when it was another person who saved the paper by command', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    await library.save({ ...caller, person: 'alan' }, PAPER, '2026-05-29T13:00:00Z');
    await react(card, '🔖', false);
    expect(await mine()).toEqual([]);
  });

  it('keeps the paper as long as one of several reactions stands', async () => {
    const { handlers, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await handlers.shown(second, [{ paper: PAPER }]);
    await react(card);
    await react(card, '⭐');
    await react(second);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
    await react(second, '🔖', false);
    await react(card, '⭐', false);
    expect(await mine()).toEqual([]);
  });

  it('by number saves that entry of a list', async () => {
    const { handlers, react, mine } = await opened();
    const list = [1, 2, 3].map((number) => ({ paper: `2605.1000${number}`, number }));
    await handlers.shown(card, list);
    await react(card, '2️⃣');
    expect(await mine()).toEqual(['2605.10002']);
  });

  it('means what the message shows now, after its page was turned', async () => {
    const { handlers, react, mine } = await opened();
    await handlers.shown(card, [{ paper: '2605.10001', number: 1 }]);
    await handlers.shown(card, [{ paper: '2605.10002', number: 1 }]);
    await react(card, '1️⃣');
    expect(await mine()).toEqual(['2605.10002']);
  });

  it('on a message of somebody else, or with another emoji, changes nothing', async () => {
    const { handlers, react, mine } = await opened();
    await react(card);
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card, '👍');
    expect(await mine()).toEqual([]);
  });

  it('follows a paper to the id that it gets later', async () => {
    const { papers, messages, react, mine } = await opened();
    const known = { title: 'Known by its Title Alone', abstract: 'We know it.' };
    await papers.importBatch([known], { source: 'papers-page', at: '2026-05-29T08:00:00Z' });
    const [before] = await papers.findByTitle(known.title);
    await messages.show(card, [{ paper: before?.id ?? '' }], '2026-05-29T09:00:00Z');
    await react(card);
    await papers.importBatch([{ ...known, id: '2605.77777' }], {
      source: 'hugging-face',
      at: '2026-05-29T10:00:00Z',
    });
    expect(await messages.shownIn(card)).toEqual([{ paper: '2605.77777' }]);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([]);
  });
});

describe('after downtime', () => {
  it('recent messages are there with the reactions that were understood', async () => {
    const { handlers, clock, react } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    await clock.advance(86_400_000);
    await handlers.shown(second, [{ paper: PAPER }]);
    expect(await handlers.reactable('discord', 10)).toEqual([
      { message: second, known: [] },
      { message: card, known: [{ person: 'ada', emoji: '🔖' }] },
    ]);
    expect(await handlers.reactable('discord', 1)).toHaveLength(1);
    expect(await handlers.reactable('slack', 10)).toEqual([]);
    await clock.advance(15 * 86_400_000);
    expect(await handlers.reactable('discord', 10)).toEqual([]);
  });
});

describe('somebody who was forgotten', () => {
  async function openForgotten() {
    const room = await opened();
    const people = openPersonalData(room.connection);
    await room.handlers.shown(card, [{ paper: PAPER }]);
    await room.react(card);
    await room.clock.advance(1_000);
    await people.forget(caller, room.clock.now().toISOString());
    const find = (message: MessageRef, who = caller) =>
      room.handlers.reacted({ message, caller: who, emoji: '🔖', added: true, found: true });
    return { ...room, find };
  }

  it('has nothing saved by a reaction that is found on an older message, also when its page was turned', async () => {
    const { find, mine, handlers, clock } = await openForgotten();
    expect(await find(card)).toBeUndefined();
    await clock.advance(60_000);
    await handlers.shown(card, [{ paper: '2605.10001' }]);
    expect(await find(card)).toBeUndefined();
    expect(await mine()).toEqual([]);
    expect(await handlers.reactable('discord', 10)).toEqual([{ message: card, known: [] }]);
  });

  it('saves by what they do now, and by what is found on a later message', async () => {
    const { find, react, mine, handlers, clock } = await openForgotten();
    await react(card);
    expect(await mine()).toEqual([PAPER]);
    await clock.advance(1_000);
    await handlers.shown(second, [{ paper: '2605.10001' }]);
    await find(second);
    expect(await mine()).toHaveLength(2);
  });

  it('is one person on one platform alone', async () => {
    const { find, mine } = await openForgotten();
    await find(card, { ...caller, person: 'alan' });
    await find(card, { ...caller, workspace: 'other' });
    expect(await mine({ ...caller, person: 'alan' })).toEqual([PAPER]);
  });

  it('is known again by nothing after as long as reactions are looked up', async () => {
    const { connection, messages, clock } = await openForgotten();
    const digests = () => connection.prepare('SELECT count(*) FROM forgotten_people').pluck().get();
    const at = clock.now();
    await messages.forgetHashes(at.toISOString());
    expect(digests()).toBe(1);
    await messages.forgetHashes(new Date(at.getTime() + 1).toISOString());
    expect(digests()).toBe(0);
  });
});

describe('a mention', () => {
  const mention = { caller, question: 'What data did they use?', about: [card] };

  it('under a card is a question about its paper', async () => {
    const { handlers } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    expect(await handlers.mentioned(mention)).toEqual(sentence(`${PAPER}: What data did they use?`));
  });

  it('is about the nearest message that shows papers', async () => {
    const { handlers } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await handlers.shown(second, [{ paper: '2605.10001' }]);
    const stranger = { ...card, message: 'm3' };
    const about = [stranger, second, card];
    expect(await handlers.mentioned({ ...mention, about })).toEqual(
      sentence('2605.10001: What data did they use?'),
    );
  });

  it('under a list says which paper is meant by its number, or is asked for it', async () => {
    const { handlers } = await opened();
    await handlers.shown(card, [
      { paper: '2605.10001', number: 1 },
      { paper: '2605.10002', number: 2 },
    ]);
    const asked = async (question: string) => {
      const answer = await handlers.mentioned({ ...mention, question });
      return answer && toPlainText(answer);
    };
    expect(await asked('2 what data?')).toBe('2605.10002: what data?');
    expect(await asked('#1: why?')).toBe('2605.10001: why?');
    expect(await asked('what data?')).toMatch(/^Which of these papers\?/);
    expect(await asked('7 what data?')).toMatch(/^Which of these papers\?/);
    expect(await asked('2')).toMatch(/^What is your question/);
  });

  it('where no paper stands is left alone', async () => {
    const { handlers } = await opened();
    expect(await handlers.mentioned(mention)).toBeUndefined();
    expect(await handlers.mentioned({ ...mention, about: [] })).toBeUndefined();
  });
});

describe('the lines of buttons', () => {
  it('are kept for good under their keys', async () => {
    const { handlers, messages } = await opened();
    await handlers.keepLines(new Map([['k', '/papers search x']]), card);
    await handlers.keepLines(new Map([['k', '/papers search x']]), card);
    await messages.forget('2030-01-01');
    expect(await handlers.lineOf('k')).toBe('/papers search x');
    expect(await handlers.lineOf('unknown')).toBeUndefined();
  });
});

describe('what old messages show', () => {
  it('is forgotten after the time that is kept', async () => {
    const { handlers, messages } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    expect(await messages.forget('2026-05-29T12:00:00.000Z')).toBe(0);
    expect(await messages.forget('2026-05-29T12:00:00.001Z')).toBe(1);
    expect(await messages.shownIn(card)).toEqual([]);
  });
});
