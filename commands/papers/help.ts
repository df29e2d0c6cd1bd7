/** `/papers help`: lists all commands by topic, or explains a topic or a command. Also answers greetings. */

import { UserError } from '../../src/base/errors.ts';
import { pageButton } from '../../src/cards/paper-list.ts';
import type { Block, Card, RichText } from '../../src/chat/card.ts';
import { clip } from '../../src/chat/clip.ts';
import { findCommand, fullName, nearest, supportedBy } from '../../src/command/catalogue.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine } from '../../src/command/line.ts';
import { commandHelp } from '../../src/command/usage.ts';
import { defineCommand, type Services } from '../services.ts';

export interface CommandGroup {
  /** One to three words, for a button. */
  readonly title: string;
  /** Word that people type for it: `/papers help saving`. No command has this name. */
  readonly topic: string;
  readonly commands: readonly Command<Services>[];
}

/** @param groups a function, because the groups contain help itself */
export function helpFor(groups: () => readonly CommandGroup[]): Command<Services> {
  return defineCommand({
    root: 'papers',
    name: 'help',
    description: 'List all commands by topic, or explain a topic or a command.',
    visibility: 'private',
    options: {
      command: {
        type: 'string',
        description: 'A command or a topic, such as search or saving',
        maxLength: 60,
        // “help desk chatbots” is a search.
        fits: (word) => isTopic(groups(), word),
      },
    },
    rest: 'command',
    examples: ['/papers help', '/papers help saving', '/papers help search'],
    async run({ args, caller: { capabilities } }) {
      const here = groups().map(({ commands, ...group }) => ({
        ...group,
        commands: supportedBy(commands, capabilities),
      }));
      const { command: asked } = args;
      if (asked === undefined) return overview(here);
      const word = asked.trim().toLowerCase();
      const group = here.find((each) => each.topic === word || isAllOf(each, word));
      if (group) return topicCard(group);
      const command = commandCalled(
        asked,
        here.flatMap(({ commands }) => commands),
      );
      return { tone: 'plain', title: fullName(command), blocks: commandHelp(command) };
    },
  });
}

/** True for the group of a root's commands: `/paperfeed help`. */
function isAllOf({ commands }: CommandGroup, root: string): boolean {
  return root !== 'papers' && commands.every((command) => command.root === root);
}

function isTopic(groups: readonly CommandGroup[], word: string): boolean {
  const plain = word.replace(/^\//, '').toLowerCase();
  return groups.some(
    ({ topic, commands }) =>
      topic === plain || commands.some(({ root, name }) => root === plain || name === plain),
  );
}

/** Fits on the screen of a phone: a line for each topic, and buttons for the rest. */
function overview(groups: readonly CommandGroup[]): Card {
  return {
    tone: 'plain',
    title: 'Help',
    blocks: groups.map(({ title, commands }): Block => {
      const [first, ...others] = commands;
      const names = [first && fullName(first), ...others.map(({ name }) => name)];
      return { kind: 'text', text: [{ kind: 'bold', text: title }, ` · ${names.join(', ')}`] };
    }),
    footer: ['Options of one command: ', { kind: 'code', text: '/papers help search' }],
    actions: groups.map(({ title, topic }) => pageButton(title, helpLine(topic))),
  };
}

/** The commands of a topic, each with an example. */
function topicCard({ title, commands }: CommandGroup): Card {
  return {
    tone: 'plain',
    title,
    blocks: [
      {
        kind: 'fields',
        fields: commands.map(({ description, examples: [example] }) => ({
          name: example,
          value: [description],
        })),
      },
    ],
    footer: ['Options of one command: ', { kind: 'code', text: '/papers help search' }],
    actions: [pageButton('All topics', helpLine())],
  };
}

function helpLine(topic?: string): string {
  return formatLine({ root: 'papers', name: 'help', args: { command: topic } });
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

// Greetings and thanks.

/** Characters of a greeting. */
const LONGEST = 100;
const AFTER = String.raw`(?:\s+(?:there|everyone|all|bot|paperboy|a lot|so much|very much|for (?:that|this|your help|the help)))?[\s!.,:)👋🙏❤️😊]*$`;
const GREETING = new RegExp(
  String.raw`^\s*(?:hi|hello|hey|hiya|howdy|yo|good (?:morning|afternoon|evening|day)|greetings|what's up|moin|hallo|ciao|hola|salut)${AFTER}`,
  'iu',
);
const THANKS = new RegExp(
  String.raw`^\s*(?:ok(?:ay)?[,\s]+|great[,!\s]+|perfect[,!\s]+|cool[,!\s]+)*(?:thanks|thank you|thx|ty|many thanks|cheers|much appreciated|nice|great|cool|perfect|awesome|well done|good job|good bot|danke|merci|gracias)${AFTER}`,
  'iu',
);
const WHO =
  /^\s*(?:what can (?:you|i|this bot) do|how does this work|how do i use (?:this|you)|who are you|what are you|what is this|commands|menu)[\s?!.]*$/iu;

const TO_TRY: readonly RichText[] = [
  [{ kind: 'code', text: 'trending this week' }, '  what people are reading'],
  [{ kind: 'code', text: 'papers about world models since 2025' }, '  search in your own words'],
  [{ kind: 'code', text: 'summarize 2406.01574' }, '  one paper in a few lines'],
];

/** A short answer to a greeting or thanks, with three things to try. */
export function smallTalk(said: string): Card | undefined {
  if (said.length > LONGEST) return undefined;
  if (GREETING.test(said)) return withTips('Hello! Three things to try:');
  if (THANKS.test(said)) return withTips('You are welcome. Three things to try next:');
  if (WHO.test(said)) return withTips('I find, summarize and save research papers. Three things to try:');
  return undefined;
}

function withTips(words: string): Card {
  return {
    tone: 'plain',
    blocks: [{ kind: 'text', text: [words] }, ...TO_TRY.map((text) => ({ kind: 'text' as const, text }))],
    footer: [{ kind: 'code', text: '/papers help' }, ' lists the commands'],
  };
}
