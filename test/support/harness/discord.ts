/**
 * Discord: a slash command goes through the fake server, the real client and the adapter. The answer is read
 * as people see it, and must contain every word of the card.
 */
import { expect, onTestFinished } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { translations } from '../../../commands/locales/index.ts';
import { messageActions } from '../../../commands/message-actions.ts';
import { roots } from '../../../commands/roots.ts';
import { UserError } from '../../../src/base/errors.ts';
import { silentLog } from '../../../src/base/log.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { ChatHandlers, CommandAnswer, CommandRequest } from '../../../src/chat/handlers.ts';
import { toPlainText } from '../../../src/chat/plain.ts';
import type { CommandShape } from '../../../src/command/catalogue.ts';
import { parseLine } from '../../../src/command/parse.ts';
import { withPaperApart } from '../../../src/command/reading/read-said.ts';
import { type DiscordOptions, openDiscordChat } from '../../../src/platforms/discord/adapter.ts';
import { renameCommands } from '../../../src/platforms/discord/rendering/registered-paths.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import type { FakeInteraction, FakeMessage } from '../../fakes/discord/model.ts';
import type { FakePerson } from '../../fakes/discord/people/person.ts';
import { ClientRefusal } from '../../fakes/discord/people/refusal.ts';
import { buttonsOf, shownText } from '../../fakes/discord/people/shown.ts';
import type { FakeDiscord } from '../../fakes/discord/start.ts';
import type { OpenPlatform, Shown } from './harness.ts';
import { lineOf } from './terminal.ts';

/** Options of the adapter in tests. */
export function discordOptions(discord: FakeDiscord, changes: Partial<DiscordOptions> = {}): DiscordOptions {
  return {
    token: discord.token,
    guildId: undefined,
    shards: undefined,
    apiUrl: discord.url,
    catalogue,
    menu: messageActions,
    roots,
    translations,
    teamOf: () => ({ team: 'lab' }),
    clock: systemClock,
    log: silentLog,
    onInvite: () => {},
    onDeath: (error) => {
      throw error;
    },
    ...changes,
  };
}

export const openDiscord: OpenPlatform = async (handlers) => {
  const discord = await openFakeDiscord();
  const channel = discord.addGuild({ channels: ['papers'] }).channel('papers');
  const people = new Map<string, FakePerson>();
  const callers = new Map<string, Caller>();
  let last: CommandAnswer | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** The caller that the test uses, with the permissions that Discord sends for them. */
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
  };
  const chat = openDiscordChat(discordOptions(discord));
  await chat.start(listening);
  onTestFinished(() => chat.stop());

  function personOf(caller: Caller): FakePerson {
    const key = JSON.stringify(caller);
    const permissions = caller.canManageChannel ? (['ManageChannels'] as const) : [];
    const known = people.get(key) ?? discord.addPerson(caller.person, { permissions });
    people.set(key, known);
    callers.set(known.id, caller);
    return known;
  }

  async function shown(interaction: FakeInteraction, caller: Caller): Promise<Shown> {
    const person = personOf(caller);
    const message = await interaction.answered;
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
    try {
      const { command, values } = parseLine(catalogue, line);
      const typed = Object.fromEntries(
        Object.entries(withPaperApart(command, values)).map(([name, value]) => [
          name,
          command.options[name]?.type === 'integer' ? Number(value) : value,
        ]),
      );
      // A person who is not in a channel types in a direct message.
      const where = caller.canManageChannel && !caller.channel ? person.dm() : channel;
      return await shown(person.command(where, command.root, discordNameOf(command), typed), caller);
    } catch (error) {
      if (!(error instanceof ClientRefusal || error instanceof UserError)) throw error;
      // Discord's own client does not let people send this, so only the program answers it.
      const { card, ok } = await handlers.answer({ line, caller });
      return { card, ok, press: () => Promise.reject(error) };
    }
  }

  return {
    type,
    async suggest(root, name, option, typed, caller) {
      try {
        const choices = await personOf(caller).autocomplete(channel, root, name, option, typed);
        return choices.slice(0, 10).map((choice) => ({ label: choice.name, value: String(choice.value) }));
      } catch (error) {
        if (!(error instanceof ClientRefusal)) throw error;
        return handlers.complete({ root, name, option, typed, caller }, 10);
      }
    },
  };
};

/** If each entry of a list has the same button, its label includes the number of the entry. */
function buttonCalled(message: FakeMessage, label: string): string | undefined {
  const labels = buttonsOf(message).map((button) => button.label ?? '');
  return labels.find((each) => each === label || each === `${label} 1`);
}

const asRegistered = renameCommands(catalogue);

/** Puts addresses after the words that link to them. */
function expectWords(message: FakeMessage, { card }: CommandAnswer): void {
  const labels = buttonsOf(message).map(({ label }) => label ?? '');
  const seen = letters([shownText(message), ...labels].join('\n'));
  for (const line of toPlainText(asRegistered(card)).split('\n')) {
    expect(seen, line).toContain(letters(line.replace(/ ?\(?https?:[^)\s]*\)?$/, '')));
  }
}

function letters(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
}

function discordNameOf({ name, group }: Pick<CommandShape, 'name' | 'group'>): string {
  return group ? `${group.name} ${group.as}` : name;
}
