import { expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import type { CommandRequest } from '../../../../src/chat/handlers.ts';
import { openFrame } from '../harness.ts';

const KEY = 'abcdefghijklmnopqrstuvwx';

it('a secret is entered in a modal, which the command and its button open, and is never part of a line', async () => {
  const asked: CommandRequest[] = [];
  const { slack, channel, alan } = await openFrame({
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
  const view = await alan.command(channel, '/papers', 'connect zotero').opened;
  const answered = await alan.submit(view, { key: KEY, collection: 'Reading' }).answered;
  expect(answered.text).toContain('Connected');
  expect(asked.at(-1)).toMatchObject({
    root: 'papers',
    name: 'connect',
    values: { service: 'zotero', key: KEY, collection: 'Reading' },
  });
  const explained = await alan.command(channel, '/papers', 'connect').answered;
  const again = await alan.press(explained, 'Enter the key').opened;
  expect(() => alan.submit(again, {})).toThrow();
  expect(slack.violations).toEqual([]);
});
