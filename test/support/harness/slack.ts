/**
 * Slack: a slash command goes through the fake server, the real client and the adapter. The answer is read as
 * people see it, and must contain every word of the card.
 */
import { expect, onTestFinished } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { messageActions } from '../../../commands/message-actions.ts';
import { roots } from '../../../commands/roots.ts';
import { silentLog } from '../../../src/base/log.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { ChatHandlers, CommandAnswer, CommandRequest } from '../../../src/chat/handlers.ts';
import { toPlainText } from '../../../src/chat/plain.ts';
import { openSlackChat, type SlackOptions } from '../../../src/platforms/slack/adapter.ts';
import { toManifest } from '../../../src/platforms/slack/workspaces/manifest.ts';
import { LINK_DOMAINS } from '../../../src/text/ids.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { openFakeSlack } from '../../fakes/slack/fake-slack.ts';
import type { FakeInteraction, FakeMessage, FakeView } from '../../fakes/slack/model.ts';
import type { FakePerson } from '../../fakes/slack/people/person.ts';
import type { FakeSlack, FakeSlackOptions } from '../../fakes/slack/start.ts';
import type { OpenPlatform, Shown } from './harness.ts';
import { lineOf } from './terminal.ts';

/** A fake Slack with the app that the manifest describes: its scopes, events and commands. */
export function openSlackWithApp(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const history = options.history ?? true;
  const { features, oauth_config, settings } = toManifest({
    catalogue,
    roots,
    menu: messageActions,
    domains: LINK_DOMAINS,
    history,
  });
  const commands = features?.slash_commands ?? [];
  return openFakeSlack({
    scopes: oauth_config?.scopes?.bot ?? [],
    history: false,
    events: settings?.event_subscriptions?.bot_events ?? [],
    escapedCommands: commands.filter((each) => each.should_escape).map(({ command }) => command),
    unfurlDomains: features?.unfurl_domains ?? [],
    ...options,
  });
}

/** Options of the adapter in tests. */
export function slackOptions(slack: FakeSlack, changes: Partial<SlackOptions> = {}): SlackOptions {
  return {
    botToken: slack.botToken,
    appToken: slack.appToken,
    signingSecret: undefined,
    port: 0,
    apiUrl: slack.url.replace(/\/$/, ''),
    catalogue,
    menu: messageActions,
    roots,
    saveEmoji: ['🔖'],
    teamOf: () => ({ team: 'lab' }),
    clock: systemClock,
    log: silentLog,
    onDeath: (error) => {
      throw error;
    },
    ...changes,
  };
}

export const openSlack: OpenPlatform = async (handlers) => {
  const slack = await openSlackWithApp();
  const channel = slack.addChannel('papers');
  const people = new Map<string, FakePerson>();
  const callers = new Map<string, Caller>();
  let last: CommandAnswer | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** The caller that the test uses, with the permissions that Slack returns for them. */
  const known = (caller: Caller): Caller => {
    const meant = callers.get(caller.person);
    return meant ? { ...meant, canManageChannel: caller.canManageChannel === true } : caller;
  };
  const listening: ChatHandlers = {
    ...handlers,
    complete: (request, limit) => handlers.complete({ ...request, caller: known(request.caller) }, limit),
    async answer(request: CommandRequest) {
      last = await handlers.answer({ ...request, caller: known(request.caller) });
      return last;
    },
    async form(request) {
      const start = await handlers.form({ ...request, caller: known(request.caller) });
      // If there is nothing to fill in, this is the answer.
      if (start !== undefined && 'card' in start) last = start as CommandAnswer;
      return start;
    },
  };
  const chat = openSlackChat(slackOptions(slack));
  await chat.start(listening);
  onTestFinished(() => chat.stop());

  function personOf(caller: Caller): FakePerson {
    const key = JSON.stringify(caller);
    const found =
      people.get(key) ?? slack.addPerson(caller.person, { admin: caller.canManageChannel === true });
    people.set(key, found);
    callers.set(found.id, caller);
    return found;
  }

  async function shown(interaction: FakeInteraction, caller: Caller): Promise<Shown> {
    const person = personOf(caller);
    const message = await Promise.race([interaction.answered, interaction.opened.then(submitted(person))]);
    const answer = last;
    if (!answer) throw new Error('Something was shown that nobody answered');
    expectWords(message, answer);
    const { card, ok } = answer;
    const press = async (label: string): Promise<Shown> => {
      const button = buttonCalled(message, label);
      if (button !== undefined) return shown(person.press(message, button), caller);
      // The page was turned in the meantime, in the same message: type the line of the button.
      return type(lineOf(card, label), caller);
    };
    return { card, ok, press };
  }

  /** One line at a time, because the latest message is taken as the answer. */
  function type(line: string, caller: Caller): Promise<Shown> {
    const next = turn.then(() => typeNow(line, caller));
    turn = next.catch(() => undefined);
    return next;
  }

  async function typeNow(line: string, caller: Caller): Promise<Shown> {
    const person = personOf(caller);
    const [, root, rest = ''] = /^\s*[/／](papers|paperfeed)(?:\s+(.*))?$/is.exec(line) ?? [];
    // Without a slash, Slack's own client sends a message, so only the program reads such a line.
    if (root === undefined) {
      const { card, ok } = await handlers.answer({ line, caller });
      return { card, ok, press: () => Promise.reject(new Error('Nothing was shown')) };
    }
    const where = caller.canManageChannel && !caller.channel ? person.dm() : channel;
    return shown(person.command(where, `/${root.toLowerCase()}`, rest), caller);
  }

  return {
    type,
    // Slack has no completion for slash commands. Forms have it, and their tests cover it.
    suggest: (root, name, option, typed, caller) =>
      handlers.complete({ root, name, option, typed, caller }, 10),
  };
};

/** The name of a command alone opens a form. Submitting that form unchanged runs the command. */
function submitted(person: FakePerson): (view: FakeView) => Promise<FakeMessage> {
  return (view) => person.submit(view).answered;
}

/** If each entry of a list has the same button, its label includes the number of the entry. */
function buttonCalled(message: FakeMessage, label: string): string | undefined {
  return labelsOf(message).find((each) => each === label || each === `${label} 1`);
}

function labelsOf({ blocks }: FakeMessage): string[] {
  return blocks
    .flatMap(({ elements = [] }) => elements)
    .filter(({ type }) => type === 'button')
    .map(({ text }) => (typeof text === 'object' ? text.text : ''));
}

/** Puts addresses after the words that link to them. */
function expectWords(message: FakeMessage, { card }: CommandAnswer): void {
  const seen = letters(wordsIn(message.blocks).join('\n'));
  for (const line of toPlainText(card).split('\n')) {
    expect(seen, line).toContain(letters(line.replace(/ ?\(?https?:[^)\s]*\)?$/, '')));
  }
}

function wordsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(wordsIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    (key === 'text' || key === 'alt_text') && typeof value === 'string' ? [value] : wordsIn(value),
  );
}

function letters(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
}
