/** The terminal: a line goes into the stream, and the card comes out as data. */
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { silentLog } from '../../../src/base/log.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { Action, Card } from '../../../src/chat/card.ts';
import { openTerminalChat } from '../../../src/platforms/terminal/adapter.ts';
import type { OpenPlatform, Shown } from './harness.ts';

interface Line {
  readonly ok: boolean;
  readonly card: Card;
}

export const openTerminal: OpenPlatform = async (handlers) => {
  /** A terminal belongs to one person. */
  const terminals = new Map<string, (line: string) => Promise<Line>>();

  async function open(caller: Caller): Promise<(line: string) => Promise<Line>> {
    const input = new PassThrough();
    const output = new PassThrough();
    const chat = openTerminalChat({
      input,
      output,
      interactive: false,
      width: () => 100,
      color: false,
      links: false,
      json: true,
      caller,
      catalogue,
      banner: [],
      log: silentLog,
    });
    await chat.start(handlers);
    onTestFinished(() => chat.stop());
    const waiting: ((line: Line) => void)[] = [];
    let text = '';
    output.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) waiting.shift()?.(JSON.parse(line) as Line);
    });
    return (line) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        input.write(`${line}\n`);
      });
  }

  async function type(line: string, caller: Caller): Promise<Shown> {
    const key = JSON.stringify(caller);
    const say = terminals.get(key) ?? (await open(caller));
    terminals.set(key, say);
    const { card, ok } = await say(line);
    return { card, ok, press: (label) => type(lineOf(card, label), caller) };
  }

  return {
    type,
    suggest: (root, name, option, typed, caller) =>
      handlers.complete({ root, name, option, typed, caller }, 10),
  };
};

/** The line that a person types for the name of a button. */
export function lineOf(card: Card, label: string): string {
  const actions: readonly Action[] = [
    ...(card.actions ?? []),
    ...card.blocks.flatMap((block) => (block.kind === 'entry' ? block.actions : [])),
  ];
  const action = actions.find((each) => each.label === label);
  if (action?.kind !== 'run')
    throw new Error(`No button ${label} among ${actions.map((each) => each.label).join(', ')}`);
  return action.line;
}
