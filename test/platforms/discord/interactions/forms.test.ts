import { expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import type { CommandRequest } from '../../../../src/chat/handlers.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openFrame } from '../harness.ts';

const KEY = 'abcdefghijklmnopqrstuvwx';

async function open() {
  const asked: CommandRequest[] = [];
  const frame = await openFrame({
    handlers: (real) => ({
      answer: async (request) => {
        asked.push(request);
        const isForm = 'values' in request && 'key' in request.values;
        return isForm
          ? { card: sentence('Connected'), visibility: 'private', ok: true }
          : real.answer(request);
      },
    }),
  });
  return { ...frame, asked };
}

it('a secret is entered in a form, which the command and its button open, and is not an option of the command', async () => {
  const { ada, channel, asked, discord } = await open();
  const command = ada.command(channel, 'papers', 'zotero connect', { service: 'zotero' });
  const modal = await command.opened;
  expect(modal.title).toBe('/papers connect');
  const submitted = await ada.submit(channel, command, { key: KEY, collection: 'Reading', group: '' });
  const answered = await submitted.answered;
  expect(answered.embeds[0]?.description).toBe('Connected');
  expect(answered.flags & 64).toBe(64);
  expect(asked.at(-1)).toMatchObject({
    root: 'papers',
    name: 'connect',
    values: { service: 'zotero', key: KEY, collection: 'Reading' },
  });
  expect(() => ada.command(channel, 'papers', 'zotero connect', { key: KEY })).toThrow();
  const explained = await ada.command(channel, 'papers', 'zotero connect').answered;
  const pressed = ada.press(explained, 'Enter the key');
  expect((await pressed.opened).customId).toBe('form:/papers connect service:zotero');
  expect(discord.violations).toEqual([]);
});

it('a form of a command that no longer exists says so', async () => {
  const { ada, channel } = await open();
  const command = ada.command(channel, 'papers', 'zotero connect', { service: 'zotero' });
  const modal = await command.opened;
  const old = { ...command, opened: Promise.resolve({ ...modal, customId: 'form:/papers gone' }) };
  const submitted = await ada.submit(channel, old, { key: KEY });
  expect((await submitted.answered).embeds[0]?.description).toContain('This form no longer works');
});
it('a note without text opens a form with the present note, which replaces it', async () => {
  const { channel, ada } = await openFrame();
  const paper = '2605.00001';
  await ada.command(channel, 'papers', 'note', { paper, text: 'first "words"' }).answered;
  const asked = ada.command(channel, 'papers', 'note', { paper });
  const modal = await asked.opened;
  expect(JSON.stringify(modal.components)).toContain(JSON.stringify('first "words"').slice(1, -1));
  const submitted = await ada.submit(channel, asked, { text: 'two\nlines: "quoted"' });
  const answer = await submitted.answered;
  expect(shownText(answer)).toContain('Note replaced');
  expect(answer.ephemeral).toBe(true);
  const again = ada.command(channel, 'papers', 'note', { paper });
  expect(JSON.stringify((await again.opened).components)).toContain(String.raw`two\nlines: \"quoted\"`);
});
