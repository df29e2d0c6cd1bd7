/** A person in Discord's app: types commands, presses buttons, reacts, writes to the bot. */
import { emitMessage, type Reaction } from '../events.ts';
import { toMessageJson } from '../json/messages.ts';
import { createMessage } from '../message.ts';
import type { FakeChannel, FakeInteraction, FakeMessage, User } from '../model.ts';
import { directChannel } from '../places.ts';
import {
  ButtonStyle,
  CommandType,
  ComponentType,
  InteractionType,
  MessageType,
  OptionType,
  type PermissionName,
  permissionBits,
} from '../protocol.ts';
import { addReaction, removeReaction } from '../rest/reactions.ts';
import type { Choice, Component } from '../wire.ts';
import type { World } from '../world.ts';
import { demandAllowed, findCommand } from './commands.ts';
import { fillForm, findComponent } from './components.ts';
import { ClientRefusal } from './refusal.ts';
import { type Sender, sendInteraction } from './send.ts';
import { fillIn, optionsOf, type Values } from './values.ts';

export interface PersonOptions {
  readonly admin?: boolean;
  readonly permissions?: readonly PermissionName[];
}

/** A file on a server of the test, as Discord keeps it on its own. */
export interface UploadedFile {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

export class FakePerson {
  readonly user: User;
  readonly #world: World;
  readonly #sender: Sender;

  constructor(world: World, name: string, options: PersonOptions) {
    this.#world = world;
    this.user = { id: world.newId(), username: name, bot: false };
    const { admin = false, permissions = [] } = options;
    this.#sender = { id: this.user.id, admin, extra: permissionBits(permissions) };
    world.users.set(this.user.id, this.user);
  }

  get id(): string {
    return this.user.id;
  }

  /** `/root name option:value …`; `name` is undefined for a command without subcommands. */
  command(
    channel: FakeChannel,
    root: string,
    name: string | undefined,
    values: Values = {},
    files: Readonly<Record<string, UploadedFile>> = {},
  ): FakeInteraction {
    const command = findCommand(this.#world, channel, CommandType.ChatInput, root);
    demandAllowed(channel, command, this.#sender);
    const uploaded = Object.entries(files).map(([option, { name: filename, ...file }]) => {
      const id = this.#world.newId();
      return { option, json: { id, filename, ...file, proxy_url: file.url } };
    });
    const ids = Object.fromEntries(uploaded.map(({ option, json }) => [option, json.id]));
    const options = fillIn(optionsOf(command, name), { ...values, ...ids });
    const attachments = Object.fromEntries(uploaded.map(({ json }) => [json.id, json]));
    const resolved = uploaded.length > 0 ? { resolved: { attachments } } : {};
    return this.#send(InteractionType.Command, channel, command, name, options, resolved);
  }

  /** The bot's suggestions for an option that contains `typed`. The `others` are filled in already. */
  autocomplete(
    channel: FakeChannel,
    root: string,
    name: string | undefined,
    option: string,
    typed: string,
    others: Values = {},
  ): Promise<readonly Choice[]> {
    const command = findCommand(this.#world, channel, CommandType.ChatInput, root);
    demandAllowed(channel, command, this.#sender);
    const known = optionsOf(command, name);
    if (!known.find((each) => each.name === option)?.autocomplete) {
      throw new ClientRefusal(`${option} was not registered with autocomplete`);
    }
    const options = fillIn(known, { ...others, [option]: typed }, option);
    return this.#send(InteractionType.Autocomplete, channel, command, name, options).suggested;
  }

  /** A button, by its label or its ID. */
  press(message: FakeMessage, button: string | { readonly customId: string }): FakeInteraction {
    const found = this.#find(message, ComponentType.Button, (each) =>
      typeof button === 'string' ? each.label === button : each.custom_id === button.customId,
    );
    if (found.style === ButtonStyle.Link) throw new ClientRefusal(`${found.label} opens ${found.url}`);
    return this.#use(message, found, { component_type: ComponentType.Button });
  }

  /** Options of a menu, by the menu's ID. */
  select(message: FakeMessage, customId: string, values: readonly string[]): FakeInteraction {
    const found = this.#find(message, ComponentType.StringSelect, ({ custom_id: id }) => id === customId);
    for (const value of values) {
      if (!found.options?.some((option) => option.value === value))
        throw new ClientRefusal(`The menu has no ${value}`);
    }
    return this.#use(message, found, { component_type: ComponentType.StringSelect, values });
  }

  /** A command in a message's "Apps" menu. The bot can read the message, regardless of its intents. */
  menu(message: FakeMessage, commandName: string): FakeInteraction {
    const channel = this.#channelOf(message);
    const command = findCommand(this.#world, channel, CommandType.Message, commandName);
    demandAllowed(channel, command, this.#sender);
    const json = toMessageJson(this.#world, message, 0, true);
    const making = {
      type: InteractionType.Command,
      user: this.user,
      channel,
      words: `"${commandName}"`,
      commandName,
    };
    return sendInteraction(this.#world, this.#sender, making, {
      id: command.id,
      name: command.name,
      type: command.type,
      target_id: message.id,
      resolved: { messages: { [message.id]: json } },
    });
  }

  /**
   * Fills in and submits the modal that the bot opened for an interaction; `values` by the IDs of the inputs.
   */
  async submit(
    channel: FakeChannel,
    from: FakeInteraction,
    values: Readonly<Record<string, string>>,
  ): Promise<FakeInteraction> {
    const modal = await from.opened;
    const components = fillForm(modal, values);
    const making = {
      type: InteractionType.Modal,
      user: this.user,
      channel,
      words: `the form "${modal.title}"`,
    };
    return sendInteraction(this.#world, this.#sender, making, { custom_id: modal.customId, components });
  }

  /**
   * Works even if the bot is not connected: reactions are stored.
   * @param how a super reaction if `burst` is true
   */
  react(message: FakeMessage, emoji: string, how: Pick<Reaction, 'burst'> = {}): void {
    const channel = this.#channelOf(message);
    addReaction(this.#world, { ...how, channel, message, user: this.user, emoji });
    this.#world.journal.changed();
  }

  unreact(message: FakeMessage, emoji: string, how: Pick<Reaction, 'burst'> = {}): void {
    const channel = this.#channelOf(message);
    removeReaction(this.#world, { ...how, channel, message, user: this.user, emoji });
    this.#world.journal.changed();
  }

  /** The channel with the bot. */
  dm(): FakeChannel {
    return directChannel(this.#world, this.user);
  }

  /** After this the bot's messages are refused with 50007. */
  closeDms(): void {
    this.dm().closed = true;
  }

  /**
   * @param answering the message that it replies to, without mentioning its author
   * @param files their addresses lead nowhere
   */
  say(
    channel: FakeChannel,
    content: string,
    answering?: FakeMessage,
    files: readonly File[] = [],
  ): FakeMessage {
    channel.wake();
    const message = createMessage(this.#world, {
      channel,
      author: this.user,
      files,
      body: { content, ...(answering && { message_reference: { message_id: answering.id } }) },
      ...(answering && { type: MessageType.Reply }),
    });
    emitMessage(this.#world, 'MESSAGE_CREATE', channel, message);
    this.#world.journal.changed();
    return message;
  }

  #channelOf(message: FakeMessage): FakeChannel {
    if (message.deleted) throw new ClientRefusal('The message is gone');
    if (message.ephemeral && message.interactionOwner !== this.user) {
      throw new ClientRefusal('Only the person who asked sees this message');
    }
    const channel = this.#world.channels.get(message.channelId);
    if (!channel) throw new ClientRefusal('The channel is gone');
    return channel;
  }

  #find(message: FakeMessage, type: number, matches: (component: Component) => boolean): Component {
    this.#channelOf(message);
    return findComponent(message, type, matches);
  }

  #use(message: FakeMessage, component: Component, data: object): FakeInteraction {
    const making = {
      type: InteractionType.Component,
      user: this.user,
      channel: this.#channelOf(message),
      words: `the button or menu "${component.label ?? component.custom_id}"`,
      message,
    };
    return sendInteraction(this.#world, this.#sender, making, {
      id: 1,
      custom_id: component.custom_id,
      ...data,
    });
  }

  #send(
    type: number,
    channel: FakeChannel,
    command: { readonly id: string; readonly name: string; readonly type: number },
    name: string | undefined,
    options: readonly object[],
    resolved: object = {},
  ): FakeInteraction {
    const full = name === undefined ? command.name : `${command.name} ${name}`;
    const nested = name === undefined ? options : nest(name.split(' '), options);
    const making = { type, user: this.user, channel, words: `/${full}`, commandName: full };
    const { id, name: root, type: kind } = command;
    return sendInteraction(this.#world, this.#sender, making, {
      id,
      name: root,
      type: kind,
      options: nested,
      ...resolved,
    });
  }
}

/** @param path a subcommand, or a group and a subcommand in it */
function nest([first = '', second]: readonly string[], options: readonly object[]): object[] {
  const name = second ?? first;
  const subcommand = { type: OptionType.Subcommand, name, options };
  return second === undefined
    ? [subcommand]
    : [{ type: OptionType.SubcommandGroup, name: first, options: [subcommand] }];
}
