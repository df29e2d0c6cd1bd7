/** An interaction: the request to the bot, the bot's responses, and the promises that a test can await. */
import { randomBytes } from 'node:crypto';
import { patience } from '../../support/patience.ts';
import { isWhole } from './message.ts';
import type {
  Acknowledgement,
  FakeMessage,
  GatewayEvent,
  Interaction,
  InteractionMaking,
  Modal,
} from './model.ts';
import { ACKNOWLEDGE_WITHIN_MS, CallbackType, InteractionType, TOKEN_LIVES_MS } from './protocol.ts';
import type { CallbackBody, Choice, JsonObject } from './wire.ts';
import type { World } from './world.ts';

export class SentInteraction implements Interaction {
  readonly id: string;
  readonly token: string;
  readonly sentAt: number;
  readonly making: InteractionMaking;
  readonly #patience: number;
  readonly acknowledged: Promise<Acknowledgement>;
  readonly answered: Promise<FakeMessage>;
  readonly suggested: Promise<readonly Choice[]>;
  readonly opened: Promise<Modal>;
  acknowledgement: Acknowledgement | undefined;
  original: FakeMessage | undefined;
  readonly made: FakeMessage[] = [];
  event: GatewayEvent | undefined;
  delivered = false;
  #acknowledge: (value: Acknowledgement) => void = () => {};
  #answer: (value: FakeMessage) => void = () => {};
  #suggest: (value: readonly Choice[]) => void = () => {};
  #open: (value: Modal) => void = () => {};

  constructor(world: World, making: InteractionMaking) {
    this.id = world.newId();
    this.token = randomBytes(24).toString('base64url');
    this.sentAt = world.now();
    this.making = making;
    this.#patience = patience(world.clock);
    this.acknowledged = new Promise((resolve) => {
      this.#acknowledge = resolve;
    });
    this.answered = new Promise((resolve) => {
      this.#answer = resolve;
    });
    this.suggested = new Promise((resolve) => {
      this.#suggest = resolve;
    });
    this.opened = new Promise((resolve) => {
      this.#open = resolve;
    });
    forgetOld(world);
    world.interactions.set(this.token, this);
  }

  messages(): FakeMessage[] {
    return this.made.filter(({ deleted }) => !deleted);
  }

  isOver(now: number): boolean {
    const limit = this.acknowledgement ? TOKEN_LIVES_MS : ACKNOWLEDGE_WITHIN_MS * this.#patience;
    return now - this.sentAt > limit;
  }

  get placeholder(): FakeMessage | undefined {
    const deferred = this.acknowledgement?.type === CallbackType.DeferredMessage;
    return deferred && this.original && !this.original.deleted && !isWhole(this.original)
      ? this.original
      : undefined;
  }

  acknowledge(now: number, { type, data }: CallbackBody): void {
    this.acknowledgement = { type, afterMs: now - this.sentAt };
    this.#acknowledge(this.acknowledgement);
    if (type === CallbackType.Autocomplete) this.#suggest(data?.choices ?? []);
    if (type === CallbackType.Modal) {
      this.#open({
        customId: data?.custom_id ?? '',
        title: data?.title ?? '',
        components: data?.components ?? [],
      });
    }
  }

  show(message: FakeMessage): void {
    if (!this.made.includes(message)) this.made.push(message);
    if (isWhole(message)) this.#answer(message);
  }

  get isComponent(): boolean {
    return this.making.type === InteractionType.Component || this.making.message !== undefined;
  }
}

/** The interaction's metadata on messages that answer it. */
export function metadataOf(world: World, { id, making }: Interaction, user: JsonObject): JsonObject {
  const owners = making.channel.guild ? { 0: making.channel.guild.id } : { 1: making.user.id };
  const name = making.commandName;
  return {
    application_id: world.applicationId,
    webhook_id: world.applicationId,
    interaction_metadata: {
      id,
      type: making.type,
      user,
      authorizing_integration_owners: owners,
      ...(making.type === InteractionType.Component && { interacted_message_id: making.message?.id }),
      ...(making.type === InteractionType.Modal && {
        triggering_interaction_metadata: {
          id,
          type: InteractionType.Command,
          user,
          authorizing_integration_owners: owners,
        },
      }),
    },
    ...(name && { interaction: { id, type: making.type, name, user } }),
  };
}

/** Kept long after the token expires, so that late requests still get the right refusal. */
const REMEMBERED_MS = 4 * TOKEN_LIVES_MS;

function forgetOld(world: World): void {
  for (const [token, { sentAt }] of world.interactions) {
    if (world.now() - sentAt < REMEMBERED_MS) break;
    world.interactions.delete(token);
  }
}

/** Interactions that reached the bot and got no response within 3 seconds. */
export function reportUnanswered(world: World): void {
  for (const interaction of world.interactions.values()) {
    if (!interaction.delivered || interaction.acknowledgement || !interaction.isOver(world.now())) continue;
    world.journal.violation(`${interaction.making.words}: never acknowledged`);
  }
}
