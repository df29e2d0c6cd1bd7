/** An action of a person, the bot's responses, and the promises that a test can await. */
import { randomBytes } from 'node:crypto';
import type {
  Acknowledgement,
  FakeChannel,
  FakeInteraction,
  FakeMessage,
  FakeView,
  FakeWorkspace,
  ShownError,
  User,
} from './model.ts';
import { RESPONSE_URL_LIVES_MS, RESPONSE_URL_USES } from './protocol.ts';
import type { JsonObject, Option } from './wire.ts';
import type { World } from './world.ts';

export interface InteractionMaking {
  readonly workspace: FakeWorkspace;
  readonly user: User;
  /** The channel for answers; absent for views. */
  readonly channel: FakeChannel | undefined;
  /** For error messages: `/papers search`, `the button "More"`. */
  readonly words: string;
  /** The message that contains the button, was written or reacted to, or is the target of a shortcut. */
  readonly message?: FakeMessage;
  /** The view that contains the button, or was submitted. */
  readonly view?: FakeView;
  /** Waits for the Home tab. */
  readonly opensHome?: boolean;
}

/** The rest of the fake's view of an interaction. */
export interface Interaction extends FakeInteraction {
  readonly making: InteractionMaking;
  readonly triggerId: string;
  readonly responseUrl: string;
  readonly sentAt: number;
  /** How often its `response_url` was used. */
  uses: number;
  /**
   * The bot has shown, opened or suggested something for it, or reported errors in it. Later posts answer
   * something else.
   */
  readonly isSettled: boolean;
  isOver(now: number): boolean;
  acknowledge(acknowledgement: Acknowledgement): void;
  fail(error: ShownError): void;
  show(message: FakeMessage): void;
  open(view: FakeView): void;
  suggest(options: readonly Option[]): void;
  /** Nothing more will come. */
  settle(): void;
}

export function openInteraction(world: World, making: InteractionMaking): Interaction {
  const sentAt = world.now();
  const id = randomBytes(16).toString('hex');
  const acknowledged = latch<Acknowledgement>();
  const answered = latch<FakeMessage>();
  const opened = latch<FakeView>();
  const suggested = latch<readonly Option[]>();
  const failed = latch<ShownError>();
  const made: FakeMessage[] = [];
  let settled = false;
  const interaction: Interaction = {
    id,
    making,
    triggerId: `${sentAt}.${world.appId}.${id}`,
    responseUrl: `${world.origin}/respond/${making.workspace.id}/${id}`,
    sentAt,
    uses: 0,
    acknowledged: acknowledged.promise,
    answered: answered.promise,
    opened: opened.promise,
    suggested: suggested.promise,
    failed: failed.promise,
    get isSettled() {
      return settled;
    },
    messages: () => made.filter(({ deleted }) => !deleted),
    isOver: (now) => interaction.uses >= RESPONSE_URL_USES || now - sentAt > RESPONSE_URL_LIVES_MS,
    acknowledge: acknowledged.open,
    fail: failed.open,
    show(message) {
      if (!made.includes(message)) made.push(message);
      settled = true;
      answered.open(message);
    },
    open(view) {
      settled = true;
      opened.open(view);
    },
    suggest(options) {
      settled = true;
      suggested.open(options);
    },
    settle() {
      settled = true;
    },
  };
  forgetOld(world);
  world.interactions.add(interaction);
  world.triggers.set(interaction.triggerId, { interaction, at: sentAt, used: false });
  return interaction;
}

function latch<T>(): { readonly promise: Promise<T>; readonly open: (value: T) => void } {
  let open: (value: T) => void = () => {};
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

/** Kept long after the `response_url` expires, so that late answers still get the right refusal. */
const REMEMBERED_MS = 2 * RESPONSE_URL_LIVES_MS;

function forgetOld(world: World): void {
  for (const interaction of world.interactions) {
    if (world.now() - interaction.sentAt < REMEMBERED_MS) break;
    world.interactions.delete(interaction);
    world.triggers.delete(interaction.triggerId);
  }
}

/**
 * A message posted with the bot's token does not say which interaction it answers. The fake guesses, in this
 * order: one in its thread; the oldest command; anything else in the channel; a view, which has no channel.
 */
export function attribute(world: World, message: FakeMessage): void {
  const { channel, threadTs, onlyFor } = message;
  const waiting = [...world.interactions].filter(
    ({ making, isSettled }) =>
      !isSettled &&
      making.workspace === channel.workspace &&
      (onlyFor === undefined || onlyFor === making.user),
  );
  const here = waiting.filter(({ making }) => making.channel === channel);
  const found =
    here.find(({ making }) => making.message !== undefined && threadOf(making.message) === threadTs) ??
    here.find(({ making }) => making.message === undefined) ??
    here[0] ??
    waiting.find(({ making }) => making.view !== undefined);
  found?.show(message);
}

/** A changed message answers the person who pressed something on it. */
export function attributeChange(world: World, message: FakeMessage): void {
  for (const interaction of world.interactions) {
    if (interaction.making.message === message || interaction.messages().includes(message))
      interaction.show(message);
  }
}

/** The thread in which an answer to it appears. */
export function threadOf({ threadTs, ts }: FakeMessage): string {
  return threadTs ?? ts;
}

/** The content that the bot's acknowledgement shows at once. */
export function isEmpty(body: JsonObject): boolean {
  return Object.keys(body).length === 0;
}
