import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { silentLog } from '../../../src/base/log.ts';
import { sentence } from '../../../src/chat/card.ts';
import type { CommandHandlers, CommandRequest } from '../../../src/chat/handlers.ts';
import { openTerminalChat } from '../../../src/platforms/terminal/adapter.ts';

const KEY = 'abcdefghijklmnopqrstuvwx';

async function open() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const asked: CommandRequest[] = [];
  let screen = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  const handlers: CommandHandlers = {
    async answer(request) {
      asked.push(request);
      return { card: sentence('Answered.'), visibility: 'private', ok: true };
    },
    complete: async () => [],
    form: async () => ({ root: 'papers', name: 'connect', typed: { service: 'zotero' }, values: {} }),
  };
  const chat = openTerminalChat({
    ...{ input, output, interactive: true, width: () => 80, color: false, links: false, json: false },
    caller: { platform: 'terminal', workspace: 'local', person: 'me', team: 'lab' },
    ...{ catalogue, banner: ['hello'], log: silentLog },
  });
  onTestFinished(() => chat.stop());
  await chat.start(handlers);
  return { input, asked, screen: () => screen };
}

it('a secret is asked at the prompt, and is neither shown nor found again with the arrow keys', async () => {
  const { input, asked, screen } = await open();
  input.write('/papers connect zotero\r');
  await expect.poll(screen).toContain('key: ');
  input.write(`${KEY}\r`);
  await expect.poll(screen).toContain('Answered.');
  expect(asked[0]).toMatchObject({
    root: 'papers',
    name: 'connect',
    values: { service: 'zotero', key: KEY },
  });
  // Up to the line before it, and beyond the first.
  input.write('\u001B[A');
  await expect.poll(() => screen().split('/papers connect zotero').length).toBe(3);
  input.write('\u001B[A\r/papers help\r');
  await expect.poll(() => asked.length).toBe(2);
  expect(screen()).not.toContain(KEY);
});

it('Ctrl-C ends the question, and the next line is a command again', async () => {
  const { input, asked, screen } = await open();
  input.write('/papers connect zotero\r');
  await expect.poll(screen).toContain('key: ');
  input.write('\u0003');
  await expect.poll(screen).toContain('Stopped.');
  input.write('/papers help\r');
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]).toMatchObject({ line: '/papers help' });
});
