import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import { openDispatcher } from '../../../src/command/dispatch.ts';
import { openTerminalChat, type TerminalOptions } from '../../../src/platforms/terminal/adapter.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { sampleCaller, sampleCatalogue, sampleServices } from '../../command/sample-commands.ts';
import { temporaryFolder } from '../../support/database.ts';

const handlers = openDispatcher({
  catalogue: sampleCatalogue,
  services: sampleServices,
  completions: {
    paper: async ({ papers }, typed, _caller, limit) =>
      papers
        .filter(({ title }) => title.toLowerCase().startsWith(typed.toLowerCase()))
        .slice(0, limit)
        .map(({ id, title }) => ({ label: title, value: id })),
    papers: async () => [],
    tag: async () => [],
    'saved-paper': async () => [],
    category: async () => [{ label: 'cs.LG', value: 'cs.LG' }],
    zone: async () => [],
    feed: async () => [],
    watch: async () => [],
    author: async () => [{ label: 'Jane Doe', value: 'Jane Doe' }],
  },
  clock: systemClock,
  log: silentLog,
});

/**
 * The chat on the test's own streams. `seen` waits for a text on the screen, starting after the last match.
 */
function opened(changes: Partial<TerminalOptions> = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = '';
  let from = 0;
  let wake: () => void = () => {};
  output.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    wake();
  });
  const chat = openTerminalChat({
    input,
    output,
    interactive: true,
    width: () => 80,
    color: false,
    links: false,
    json: false,
    caller: sampleCaller,
    catalogue: sampleCatalogue,
    banner: ['paperboy  12 papers · /papers help'],
    log: silentLog,
    ...changes,
  });
  onTestFinished(() => chat.stop());

  async function seen(text: string): Promise<void> {
    while (!screen.includes(text, from)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    from = screen.indexOf(text, from) + text.length;
  }
  return { chat, input, output, seen, screen: () => screen };
}

async function piped(text: string, changes: Partial<TerminalOptions> = {}) {
  const { chat, input, screen } = opened({ interactive: false, ...changes });
  input.end(text);
  await chat.start(handlers);
  await chat.closed;
  return { text: screen(), failures: chat.failures() };
}

describe('the terminal chat in a pipe', () => {
  it('answers every line, even if the input ends at once and without a line end', async () => {
    const { text, failures } = await piped(
      '/papers search agents limit:1\r\n\n# a remark\n/papers show 2406.00002',
    );
    expect(text).toBe(
      [
        'Papers for “agents”, page 1',
        '',
        '1  Paper number 1                                            2024 · cs.LG · ▲ 57',
        '',
        'Showing Paper number 2',
        '',
        '2406.00002',
        '',
        '',
      ].join('\n'),
    );
    expect(failures).toBe(0);
  });

  it('counts the lines that failed', async () => {
    const { text, failures } = await piped('/papers svae x\nsearch x limit:99\nhelp\n');
    expect(failures).toBe(2);
    expect(text).toContain('There is no /papers svae. Did you mean /papers save?');
    expect(text).toContain('limit must be between 1 and 10 (got 99).');
    expect(text).toContain('This is the help.');
  });

  it('prints no prompt, banner, hint or colour', async () => {
    const { text } = await piped('search x\n');
    for (const mark of ['❯', 'paperboy', 'opens it', '\u001B']) expect(text).not.toContain(mark);
  });

  it('prints one JSON object for each card', async () => {
    const { text, failures } = await piped('search x limit:1\nsave 1 7\nbroken\n', { json: true });
    const objects: unknown[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(objects).toMatchObject([
      { line: 'search x limit:1', ok: true, card: { title: 'Papers for “x”, page 1' } },
      { line: 'save 1 7', ok: false, card: { tone: 'problem' } },
      { line: 'broken', ok: false },
    ]);
    expect(failures).toBe(2);
  });

  it('searches for a phrase that is not a command', async () => {
    const { text } = await piped('mixture of experts\nrandom forests\n');
    expect(text).toContain('Papers for “mixture of experts”, page 1');
    expect(text).toContain('Papers for “random forests”, page 1');
  });

  it('accepts numbers and pages of the last list', async () => {
    const { text } = await piped(
      'search x limit:5\n3\nsave 1 3-4,5\n/papers unsave 2\npdf 2\nnext\n2\nn\nprev\n',
    );
    for (const expected of [
      'Showing Paper number 3',
      'Saved Paper number 1',
      'Saved Paper number 3',
      'Saved Paper number 4',
      'Saved Paper number 5',
      'Removed Paper number 2',
      'PDF: https://arxiv.org/pdf/2406.00002',
      'Papers for “x”, page 2',
      'Showing Paper number 7',
      'Papers for “x”, page 3',
      'There is no previous page.',
    ]) {
      expect(text).toContain(expected);
    }
  });

  it('says which numbers exist', async () => {
    const { text, failures } = await piped('3\nsearch x limit:2\n3\nsave 0\nopen 1-999\n');
    expect(text).toContain('There is no list to choose from.');
    expect(text).toContain('The last list has no number 3. Choose a number from 1 to 2.');
    expect(text).toContain('The last list has no number 0.');
    expect(text).toContain('A line can name at most 25 papers');
    expect(failures).toBe(4);
  });

  it('accepts the label of a single paper’s button, even after another answer', async () => {
    const { text } = await piped('random\npdf\nhelp\nsave\n');
    expect(text).toContain('PDF: https://arxiv.org/pdf/2406.00001');
    expect(text).toContain('Saved Paper number 1');
  });

  it('does not save a paper of an older card after a list was shown', async () => {
    const { text, failures } = await piped('random\nsearch x\nsave\n');
    expect(text).not.toContain('Saved');
    expect(text).toContain('/papers save needs a paper, for example: /papers save 2406.01574');
    expect(failures).toBe(1);
  });

  it('ends at exit without answering the following lines', async () => {
    expect((await piped('help\nexit\nsearch x\n')).text).not.toContain('Papers for');
  });

  it('ends quietly when its output is closed', async () => {
    const { chat, input, output } = opened({ interactive: false });
    await chat.start(handlers);
    output.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    input.write('search x\n');
    await chat.closed;
    expect(input.destroyed).toBe(true);
  });

  it('survives endless lines, broken UTF-8 and control characters', async () => {
    const { chat, input, screen } = opened({ interactive: false });
    await chat.start(handlers);
    const block = Buffer.alloc(1 << 20, 'x');
    for (let i = 0; i < 20; i++) input.write(block);
    input.write('\n');
    input.end(
      Buffer.concat([
        Buffer.from('search '),
        Buffer.from([0xff, 0xc3, 0x28, 0, 27]),
        Buffer.from('\nhelp\n'),
      ]),
    );
    await chat.closed;
    expect(screen()).toContain('That line is too long: 65');
    expect(screen()).toContain('Papers for “');
    expect(screen()).toContain('This is the help.');
    expect(screen()).not.toContain('\u001B');
  });

  it('waits for a slow reader instead of filling its memory', async () => {
    const { chat, input, output } = opened({ interactive: false });
    output.pause();
    input.end('search x limit:10\n'.repeat(500));
    await chat.start(handlers);
    const ended = await Promise.race([
      chat.closed.then(() => 'ended'),
      new Promise((r) => setImmediate(() => r('waiting'))),
    ]);
    expect(ended).toBe('waiting');
    expect(output.readableLength + output.writableLength).toBeLessThan(200_000);
    output.resume();
    await chat.closed;
  });
});

describe('the terminal chat at a prompt', () => {
  it('greets, answers, suggests what to type next, and exits at Ctrl-D', async () => {
    const { chat, input, seen } = opened();
    await chat.start(handlers);
    await seen('paperboy  12 papers · /papers help');
    await seen('❯ ');
    input.write('search agents\r');
    await seen('Papers for “agents”, page 1');
    await seen('3 opens it · save 3 · next');
    await seen('❯ ');
    input.write('\u0004');
    await chat.closed;
  });

  it.each(['exit', 'quit'])('exits at %s', async (word) => {
    const { chat, input } = opened();
    await chat.start(handlers);
    input.write(`${word}\r`);
    await chat.closed;
  });

  it('stops the current work at Ctrl-C, then clears the line, then exits at an empty prompt', async () => {
    const progress = new PassThrough();
    const { chat, input, seen } = opened({ progress });
    await chat.start(handlers);
    await seen('❯ ');
    input.write('slow\r');
    // The spinner shows that the work has begun.
    await once(progress, 'data');
    input.write('\u0003');
    await seen('Stopped.');
    await seen('❯ ');
    input.write('half a li\u0003');
    await seen('^C');
    await seen('❯ ');
    input.write('help\r');
    await seen('This is the help.');
    await seen('❯ ');
    input.write('\u0003');
    await chat.closed;
  });

  it('stops the waiting lines too, and is ready again', async () => {
    const { chat, input, seen, screen } = opened();
    await chat.start(handlers);
    await seen('❯ ');
    input.write('slow\rsearch never\r\u0003');
    await seen('❯ ');
    input.write('help\r');
    await seen('This is the help.');
    expect(screen()).not.toContain('Papers for “never”');
  });

  it('shows that long work continues, and clears the message afterwards', async () => {
    const progress = new PassThrough();
    let turned = '';
    const turning = new Promise<void>((resolve) => {
      progress.setEncoding('utf8').on('data', (text: string) => {
        turned += text;
        resolve();
      });
    });
    const { chat, input, seen } = opened({ progress });
    await chat.start(handlers);
    input.write('help\r');
    await seen('This is the help.');
    expect(turned).toBe('');
    input.write('slow\r');
    await turning;
    expect(turned).toContain('working… (Ctrl-C stops)');
    input.write('\u0003');
    await seen('Stopped.');
    expect(turned.endsWith('\r\u001B[K')).toBe(true);
  });

  it('answers pasted lines in order, and all of them before it exits', async () => {
    const { chat, input, screen } = opened();
    await chat.start(handlers);
    input.end('search x limit:5\r2\rsave 4\r');
    await chat.closed;
    const text = screen();
    const targets = ['Papers for “x”', 'Showing Paper number 2', 'Saved Paper number 4'].map((each) =>
      text.indexOf(each),
    );
    expect(targets).toEqual(targets.toSorted((a, b) => a - b));
    expect(targets[0]).toBeGreaterThan(0);
  });

  it('stores typed lines for the next time, in a file that only its owner can read', async () => {
    const historyFile = join(temporaryFolder(), 'deep', 'history');
    const first = opened({ historyFile });
    await first.chat.start(handlers);
    first.input.write('search agents\rhelp\rexit\r');
    await first.chat.closed;
    expect(readFileSync(historyFile, 'utf8')).toBe('search agents\nhelp\n');
    expect(statSync(historyFile).mode & 0o777).toBe(0o600);

    const second = opened({ historyFile });
    await second.chat.start(handlers);
    await second.seen('❯ ');
    second.input.write('\u001B[A\u001B[A');
    await second.seen('search agents');
    second.input.write('\r');
    await second.seen('Papers for “agents”');
  });

  it('works even if the history cannot be stored', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { chat, input, seen } = opened({ historyFile: join(file, 'history') });
    await chat.start(handlers);
    input.write('help\r');
    await seen('This is the help.');
  });

  it('completes with the tab key', async () => {
    const { chat, input, seen } = opened();
    await chat.start(handlers);
    await seen('❯ ');
    input.write('/papers sea\t');
    await seen('/papers search ');
    input.write('agents so\t');
    await seen('sort:');
    input.write('v\t');
    await seen('votes ');
    input.write('\r');
    await seen('Papers for “agents”, page 1');
    await seen('❯ ');
    input.write('show paper number 12\t');
    await seen('Paper number 12');
  });
});
