import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { sentence } from '../../src/chat/card.ts';
import type { Reaction } from '../../src/chat/handlers.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import type { MessageRef, ShownPaper } from '../../src/chat/refs.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openMessageHandlers } from '../../src/messages/message-handlers.ts';
import { openMessageStore } from '../../src/messages/message-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openWorkspaceHandlers } from '../../src/workspaces/workspace-handlers.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
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
    run: async (_mention, { name, values }) => ({
      card: sentence(`${name} ${Object.values(values).join(' | ')}`),
      visibility: 'public',
      ok: true,
    }),
    refine: async () => undefined,
    markSeen: openWorkspaceHandlers({
      workspaces: openWorkspaceStore(connection),
      library,
      clock,
      log: silentLog,
    }).markSeen,
    clock,
    log: silentLog,
  });
  const react = (message: MessageRef, emoji = '🔖', added = true, who = caller) =>
    handlers.reacted({ message, caller: who, emoji, added } satisfies Reaction);
  const mine = async (who = caller) => (await library.mine(who, 10, 0)).papers.map(({ paper }) => paper.id);
  return { connection, papers, clock, messages, library, handlers, react, mine };
}

describe('a reaction', () => {
  it('a reaction saves the paper, and removing it unsaves the paper', async () => {
    const { handlers, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    expect(await mine()).toEqual([PAPER]);
    expect(await mine({ ...caller, person: 'alan' })).toEqual([]);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([]);
  });

  it('only a person’s first reaction is explained', async () => {
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

  it('a save emoji on a list is answered with the numbers, once a day for each person', async () => {
    const { handlers, react, mine, clock } = await opened();
    const list = [1, 2, 3].map((number) => ({ paper: `2605.1000${number}`, number }));
    await handlers.shown(card, list);
    const told = await react(card);
    expect(told && toPlainText(told)).toBe(
      'Nothing was saved, because that message lists 3 papers. To save one of them, react with its number: 1️⃣–3️⃣.',
    );
    expect(await mine()).toEqual([]);
    expect(await react(card, '⭐')).toBeUndefined();
    expect(await react(card, '🔖', true, { ...caller, person: 'alan' })).toBeDefined();
    await clock.advance(86_400_000 + 1);
    expect(await react(card)).toBeDefined();
  });

  it('a save emoji that is found on a list after downtime is not answered', async () => {
    const { handlers } = await opened();
    await handlers.shown(card, [
      { paper: '2605.10001', number: 1 },
      { paper: '2605.10002', number: 2 },
    ]);
    const found = { message: card, caller, emoji: '🔖', added: true, found: true };
    expect(await handlers.reacted(found)).toBeUndefined();
  });

  it('a reaction that is delivered twice counts once', async () => {
    const { handlers, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    expect(await react(card)).toBeUndefined();
    await react(card, '🔖', false);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([]);
  });

  it('a save by a normal and a super reaction lasts until both are removed or cleared', async () => {
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

  it('removing a reaction keeps a paper that was saved by a command before', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await library.save(caller, PAPER, '2026-05-29T11:00:00Z');
    await react(card);
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
  });

  it('removing a reaction keeps a paper that was saved by a command afterwards', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    expect(await library.save(caller, PAPER, '2026-05-29T13:00:00Z')).toMatchObject({ added: false });
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
  });

  it('removing a reaction keeps a paper that was unsaved and saved again by commands', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    await library.unsave(caller, PAPER);
    await library.save(caller, PAPER, '2026-05-29T13:00:00Z');
    await react(card, '🔖', false);
    expect(await mine()).toEqual([PAPER]);
  });

  it('removing a reaction keeps a paper that another reaction saved after an unsave', async () => {
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

  it('removing a reaction unsaves the paper even if another person saved it by a command', async () => {
    const { handlers, library, react, mine } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card);
    await library.save({ ...caller, person: 'alan' }, PAPER, '2026-05-29T13:00:00Z');
    await react(card, '🔖', false);
    expect(await mine()).toEqual([]);
  });

  it('a paper stays saved while one of several reactions remains', async () => {
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

  it('a keycap reaction saves that entry of a list', async () => {
    const { handlers, react, mine } = await opened();
    const list = [1, 2, 3].map((number) => ({ paper: `2605.1000${number}`, number }));
    await handlers.shown(card, list);
    await react(card, '2️⃣');
    expect(await mine()).toEqual(['2605.10002']);
  });

  it('a reaction refers to the papers on the current page', async () => {
    const { handlers, react, mine } = await opened();
    await handlers.shown(card, [{ paper: '2605.10001', number: 1 }]);
    await handlers.shown(card, [{ paper: '2605.10002', number: 1 }]);
    await react(card, '1️⃣');
    expect(await mine()).toEqual(['2605.10002']);
  });

  it('a reaction on another person’s message or with another emoji has no effect', async () => {
    const { handlers, react, mine } = await opened();
    await react(card);
    await handlers.shown(card, [{ paper: PAPER }]);
    await react(card, '👍');
    expect(await mine()).toEqual([]);
  });

  it('a reaction stays with a paper that gets a new id', async () => {
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
  it('recent messages are listed with the reactions that were handled', async () => {
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

describe('a person who ran forget-me', () => {
  async function openForgotten() {
    const harness = await opened();
    const people = openPersonalData(harness.connection);
    await harness.handlers.shown(card, [{ paper: PAPER }]);
    await harness.react(card);
    await harness.clock.advance(1_000);
    await people.forget(caller, harness.clock.now().toISOString());
    const find = (message: MessageRef, who = caller) =>
      harness.handlers.reacted({ message, caller: who, emoji: '🔖', added: true, found: true });
    return { ...harness, find };
  }

  it('after deletion, a reaction found on an older message saves nothing', async () => {
    const { find, mine, handlers, clock } = await openForgotten();
    expect(await find(card)).toBeUndefined();
    await clock.advance(60_000);
    await handlers.shown(card, [{ paper: '2605.10001' }]);
    expect(await find(card)).toBeUndefined();
    expect(await mine()).toEqual([]);
    expect(await handlers.reactable('discord', 10)).toEqual([{ message: card, known: [] }]);
  });

  it('after deletion, new reactions save papers', async () => {
    const { find, react, mine, handlers, clock } = await openForgotten();
    await react(card);
    expect(await mine()).toEqual([PAPER]);
    await clock.advance(1_000);
    await handlers.shown(second, [{ paper: '2605.10001' }]);
    await find(second);
    expect(await mine()).toHaveLength(2);
  });

  it('deletion concerns one person on one platform', async () => {
    const { find, mine } = await openForgotten();
    await find(card, { ...caller, person: 'alan' });
    await find(card, { ...caller, workspace: 'other' });
    expect(await mine({ ...caller, person: 'alan' })).toEqual([PAPER]);
  });

  it('the hash of a deleted person expires with the lookup of missed reactions', async () => {
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

  async function openAsked(...shown: ShownPaper[]) {
    const { handlers } = await opened();
    await handlers.shown(card, shown);
    return async (question: string) => {
      const answer = await handlers.mentioned({ ...mention, question });
      return answer && toPlainText(answer.card);
    };
  }
  const LISTED = [1, 2, 3].map((number) => ({ paper: `2605.1000${number}`, number }));

  it('a mention below a card is a question about its paper', async () => {
    const asked = await openAsked({ paper: PAPER });
    expect(await asked('What data did they use?')).toBe(`ask What data did they use? | ${PAPER}`);
    expect(await asked('ask what data?')).toBe(`ask what data? | ${PAPER}`);
    expect(await asked('show me the data')).toBe(`ask show me the data | ${PAPER}`);
  });

  it('a mention refers to the nearest message with papers', async () => {
    const { handlers } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    await handlers.shown(second, [{ paper: '2605.10001' }]);
    const stranger = { ...card, message: 'm3' };
    const about = [stranger, second, card];
    expect((await handlers.mentioned({ ...mention, about }))?.card).toEqual(
      sentence('ask What data did they use? | 2605.10001'),
    );
  });

  it('a mention below a list needs the number of a paper', async () => {
    const asked = await openAsked(...LISTED);
    expect(await asked('2 what data?')).toBe('ask what data? | 2605.10002');
    expect(await asked('ask #1: why?')).toBe('ask why? | 2605.10001');
    expect(await asked('what data?')).toMatch(/^Which of these papers\?/);
    expect(await asked('7 what data?')).toMatch(/^Which of these papers\?/);
    expect(await asked('2')).toMatch(/^What is your question/);
    const secondPage = await openAsked(
      { paper: '2605.10001', number: 6 },
      { paper: '2605.10002', number: 7 },
    );
    expect(await secondPage('what data?')).toContain('“7 what data did they use?”');
    expect(await secondPage('save')).toContain('“save 7”');
  });

  it('a mention of a command below a card or a list means the papers shown', async () => {
    const alone = await openAsked({ paper: PAPER });
    expect(await alone('save')).toBe(`save ${PAPER}`);
    expect(await alone('/papers similar')).toBe(`similar ${PAPER}`);
    const asked = await openAsked(...LISTED);
    expect(await asked('Save 3.')).toBe('save 2605.10003');
    expect(await asked('compare 1 3')).toBe('compare 2605.10001, 2605.10003');
    expect(await asked('compare 1, 2 and 3')).toBe('compare 2605.10001, 2605.10002, 2605.10003');
    expect(await asked('save')).toMatch(/^Which of these papers\? Add its number/);
    expect(await asked('compare 1 9')).toBe('This message shows no paper 9.');
  });

  it('a mention below a message without papers gets no answer', async () => {
    const { handlers } = await opened();
    expect(await handlers.mentioned(mention)).toBeUndefined();
    expect(await handlers.mentioned({ ...mention, about: [] })).toBeUndefined();
  });
});

describe('the command lines of buttons', () => {
  it('lines of buttons are stored permanently by key', async () => {
    const { handlers, messages } = await opened();
    await handlers.keepLines(new Map([['k', '/papers search x']]), card);
    await handlers.keepLines(new Map([['k', '/papers search x']]), card);
    await messages.forget('2030-01-01');
    expect(await handlers.lineOf('k')).toBe('/papers search x');
    expect(await handlers.lineOf('unknown')).toBeUndefined();
  });
});

describe('papers shown by old messages', () => {
  it('papers of old messages are deleted after the retention period', async () => {
    const { handlers, messages } = await opened();
    await handlers.shown(card, [{ paper: PAPER }]);
    expect(await messages.forget('2026-05-29T12:00:00.000Z')).toBe(0);
    expect(await messages.forget('2026-05-29T12:00:00.001Z')).toBe(1);
    expect(await messages.shownIn(card)).toEqual([]);
  });
});
