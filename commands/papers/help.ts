/** `/papers help`: lists all commands, or explains one. */

import { UserError } from '../../src/base/errors.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import { clip } from '../../src/chat/clip.ts';
import { findCommand, fullName, nearest, supportedBy } from '../../src/command/catalogue.ts';
import type { Command } from '../../src/command/define.ts';
import { commandHelp } from '../../src/command/usage.ts';
import { defineCommand, type Services } from '../services.ts';

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command<Services>[];
}

/** @param groups a function, because the groups contain help itself */
export function helpFor(groups: () => readonly CommandGroup[]): Command<Services> {
  return defineCommand({
    root: 'papers',
    name: 'help',
    description: 'List all commands, or explain one.',
    visibility: 'private',
    options: { command: { type: 'string', description: 'A command, such as search', maxLength: 60 } },
    rest: 'command',
    examples: ['/papers help', '/papers help search'],
    async run({ args, caller: { capabilities } }) {
      const here = groups().map(({ title, commands }) => ({
        title,
        commands: supportedBy(commands, capabilities),
      }));
      if (args.command === undefined) return overview(here);
      const command = commandCalled(
        args.command,
        here.flatMap(({ commands }) => commands),
      );
      return { tone: 'plain', title: fullName(command), blocks: commandHelp(command) };
    },
  });
}

/** Buttons for newcomers who do not know yet what to type. */
const BEGINNINGS = [
  ['Trending', '/papers trending'],
  ['My saved papers', '/papers saved'],
  ['A random paper', '/papers random'],
] as const;

function overview(groups: readonly CommandGroup[]): Card {
  return {
    tone: 'plain',
    blocks: groups.flatMap(({ title, commands }): Block[] => [
      { kind: 'text', text: [{ kind: 'bold', text: title }] },
      {
        kind: 'fields',
        fields: commands.map(({ description, examples: [example] }) => ({
          name: example,
          value: [description],
        })),
      },
    ]),
    footer: ['Options of one command: ', { kind: 'code', text: '/papers help search' }],
    actions: BEGINNINGS.map(([label, line]) => ({ kind: 'run', label, line, effect: 'answer' })),
  };
}

/** Accepts `search`, `papers search` and `/papers search`. */
function commandCalled(text: string, commands: readonly Command<Services>[]): Command<Services> {
  const words = text.replace(/^\//, '').split(/\s+/);
  const name = words.at(-1) ?? '';
  const command = findCommand(commands, words.length > 1 ? words[0] : undefined, name);
  if (command) return command;
  const near = nearest(
    name,
    commands.map((each) => each.name),
  );
  const mend = near === undefined ? 'See all commands: /papers help' : `Did you mean ${near}?`;
  throw new UserError(`There is no command “${clip(text, 40)}”. ${mend}`);
}
