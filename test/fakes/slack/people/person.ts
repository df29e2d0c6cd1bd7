/** A person in Slack's app: types commands, presses buttons, reacts, writes to the bot. */
import { emitEvent } from '../events.ts';
import { toViewJson } from '../json/views.ts';
import type { FakeChannel, FakeInteraction, FakeMessage, FakeView, FakeWorkspace, User } from '../model.ts';
import { directChannel } from '../places.ts';
import { addReaction, removeReaction } from '../web/reactions.ts';
import type { World } from '../world.ts';
import { type Actor, createActor, onMessage } from './actor.ts';
import type { Input, Surface } from './elements.ts';
import { toCommand } from './payloads.ts';
import { sendInteraction, showAcknowledgement } from './send.ts';
import { type Composed, compose, edit, mention, paste, type Said, type SayOptions, say } from './speech.ts';
import { choose, close, fill, press, shortcut, submit, suggest } from './use.ts';

export interface PersonOptions {
  readonly admin?: boolean;
  readonly owner?: boolean;
  /** A bot of another app, which writes like a person. */
  readonly bot?: boolean;
  /** An IANA name; UTC by default. */
  readonly tz?: string;
}

export class FakePerson {
  readonly user: User;
  readonly workspace: FakeWorkspace;
  readonly #world: World;
  readonly #actor: Actor;

  constructor(world: World, workspace: FakeWorkspace, name: string, options: PersonOptions) {
    this.#world = world;
    this.workspace = workspace;
    const { admin = false, owner = false, bot = false, tz = 'Etc/UTC' } = options;
    this.user = { id: world.ids.next('U'), name, bot, admin, owner, tz };
    this.#actor = createActor(world, workspace, this.user);
    workspace.users.set(this.user.id, this.user);
    for (const channel of workspace.channels.values()) {
      if (channel.kind === 'public') channel.members.add(this.user.id);
    }
  }

  get id(): string {
    return this.user.id;
  }

  /** `/papers search diffusion`: the command's name with its slash, then the rest of the line. */
  command(channel: FakeChannel, name: string, text = ''): FakeInteraction {
    const interaction = this.#actor.open({ channel, words: `${name} ${text}`.trim() });
    sendInteraction(this.#world, interaction, {
      type: 'slash_commands',
      payload: toCommand(this.#world, interaction, name, text),
      take: (body) => showAcknowledgement(this.#world, interaction, body),
    });
    return interaction;
  }

  /**
   * A button, by its `action_id` or its label. The bot also receives a press on a button that opens a link.
   */
  press(surface: Surface, button: string): FakeInteraction {
    return press(this.#actor, surface, button);
  }

  /**
   * Chooses in a menu, by its `action_id`: the value or label of an option, several of them, or a suggested
   * option.
   */
  choose(surface: Surface, menu: string, input: Input): FakeInteraction {
    return choose(this.#actor, surface, menu, input);
  }

  /** The bot's suggestions for a menu that contains `typed`: see `suggested`. */
  suggest(surface: Surface, menu: string, typed: string): FakeInteraction {
    return suggest(this.#actor, surface, menu, typed);
  }

  /** From a message's menu, or global without a message. */
  shortcut(message: FakeMessage | undefined, callbackId: string): FakeInteraction {
    return shortcut(this.#actor, message, callbackId);
  }

  /** Puts values into a modal without submitting it, by the `block_id` of the inputs. */
  fill(view: FakeView, values: Readonly<Record<string, Input>>): void {
    fill(view, values);
  }

  /** Fills in and submits a modal; `values` by the `action_id` of the inputs. */
  submit(view: FakeView, values: Readonly<Record<string, Input>> = {}): FakeInteraction {
    return submit(this.#actor, view, values);
  }

  /** The bot receives this only if the view asked for it. */
  close(view: FakeView): FakeInteraction {
    return close(this.#actor, view);
  }

  /** By the emoji's name. Works even if the bot does not receive it: reactions are stored. */
  react(message: FakeMessage, name: string): FakeInteraction {
    const interaction = this.#actor.open({
      ...onMessage(this.#actor, message),
      words: `the reaction ${name}`,
    });
    addReaction(this.#world, { message, user: this.user, name }, interaction.acknowledge);
    return interaction;
  }

  unreact(message: FakeMessage, name: string): FakeInteraction {
    const interaction = this.#actor.open({
      ...onMessage(this.#actor, message),
      words: `taking ${name} back`,
    });
    removeReaction(this.#world, { message, user: this.user, name }, interaction.acknowledge);
    return interaction;
  }

  /** In a thread if one of its messages is given. */
  say(channel: FakeChannel, text: string, options: SayOptions = {}): Said {
    return say(this.#actor, channel, text, options);
  }

  /** `@paperboy text`. */
  mention(channel: FakeChannel, text: string, options: SayOptions = {}): Said {
    return mention(this.#actor, channel, text, options);
  }

  /** Changes their own message to `@paperboy text`, or without the name if `names` is false. */
  edit(message: FakeMessage, text: string, { names = true } = {}): Said {
    return edit(this.#actor, message, text, names);
  }

  /** Links in a message that they have not sent yet. */
  compose(...urls: readonly string[]): Composed {
    return compose(this.#actor, urls);
  }

  /**
   * A message with links. The bot receives links to domains that the app registered, even if it is not a
   * member.
   */
  paste(channel: FakeChannel, ...urls: readonly string[]): Said {
    return paste(this.#actor, channel, urls);
  }

  /** The Home tab. `opened` is the view that the bot publishes. */
  openHome(): FakeInteraction {
    const { workspace } = this;
    const interaction = this.#actor.open({ channel: undefined, words: 'opening the Home', opensHome: true });
    const home = this.home();
    const event = {
      type: 'app_home_opened',
      user: this.id,
      channel: this.dm().id,
      tab: 'home',
      event_ts: this.#world.ids.ts(),
      ...(home && { view: toViewJson(home) }),
    };
    emitEvent(this.#world, event, { workspace, scopes: [], onAcknowledged: interaction.acknowledge });
    return interaction;
  }

  /** The view that the bot published for this person. */
  home(): FakeView | undefined {
    return this.workspace.homes.get(this.id);
  }

  /** The channel with the bot. */
  dm(): FakeChannel {
    return directChannel(this.#world, this.workspace, this.user);
  }
}
