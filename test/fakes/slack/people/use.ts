/** A person's use of buttons, menus and forms. */
import type { Interaction } from '../interaction.ts';
import type { FakeInteraction, FakeMessage, FakeView } from '../model.ts';
import type { JsonObject } from '../wire.ts';
import { type Actor, onMessage, onSurface } from './actor.ts';
import {
  type FoundElement,
  fillForm,
  findElement,
  type Input,
  labelOf,
  type Surface,
  selectionOf,
} from './elements.ts';
import { toBlockAction, toClosing, toShortcut, toSubmission, toSuggestion } from './payloads.ts';
import { ClientRefusal } from './refusal.ts';
import { sendInteraction, takeOptions } from './send.ts';
import { takeSubmission } from './submission.ts';

/** The number of characters from which a menu requests options, if the bot does not set one. */
const LEAST_TYPED = 3;

function send(
  { world }: Actor,
  interaction: Interaction,
  payload: JsonObject,
  take: (body: JsonObject) => void = () => {},
): FakeInteraction {
  sendInteraction(world, interaction, { type: 'interactive', payload, take });
  return interaction;
}

function use(actor: Actor, surface: Surface, found: FoundElement, selection: JsonObject): FakeInteraction {
  const interaction = actor.open({ ...onSurface(actor, surface), words: `"${labelOf(found.element)}"` });
  return send(actor, interaction, toBlockAction(actor.world, interaction, found, selection));
}

export function press(actor: Actor, surface: Surface, button: string): FakeInteraction {
  const found = findElement(surface, button);
  const { type, text, value, url } = found.element;
  if (type !== 'button') throw new ClientRefusal(`${button} is no button`);
  return use(actor, surface, found, {
    text,
    ...(value !== undefined && { value }),
    ...(url !== undefined && { url }),
  });
}

export function choose(actor: Actor, surface: Surface, menu: string, input: Input): FakeInteraction {
  const found = findElement(surface, menu);
  return use(actor, surface, found, selectionOf(found.element, input));
}

export function suggest(actor: Actor, surface: Surface, menu: string, typed: string): FakeInteraction {
  const found = findElement(surface, menu);
  const { type, min_query_length: least = LEAST_TYPED } = found.element;
  if (!type.endsWith('external_select')) throw new ClientRefusal(`${menu} does not ask the bot`);
  if (typed.length < least) throw new ClientRefusal(`Slack asks from ${least} characters on`);
  const interaction = actor.open({ ...onSurface(actor, surface), words: `what is typed into ${menu}` });
  const payload = toSuggestion(actor.world, interaction, found, typed);
  return send(actor, interaction, payload, (body) => takeOptions(actor.world, interaction, body));
}

export function shortcut(
  actor: Actor,
  message: FakeMessage | undefined,
  callbackId: string,
): FakeInteraction {
  if (message?.onlyFor) throw new ClientRefusal('Messages for one pair of eyes have no shortcuts');
  const where = message ? onMessage(actor, message) : { channel: undefined };
  const interaction = actor.open({ ...where, words: `the shortcut ${callbackId}` });
  return send(actor, interaction, toShortcut(actor.world, interaction, callbackId));
}

export function fill(view: FakeView, values: Readonly<Record<string, Input>>): void {
  for (const [name, input] of Object.entries(values)) selectionOf(findElement(view, name).element, input);
  view.inputs = { ...view.inputs, ...values };
}

export function submit(
  actor: Actor,
  view: FakeView,
  values: Readonly<Record<string, Input>>,
): FakeInteraction {
  if (!view.view.submit) throw new ClientRefusal('There is nothing to submit');
  const filled = fillForm(view, { ...view.inputs, ...values });
  const words = `the form "${view.view.title?.text ?? ''}"`;
  const interaction = actor.open({ channel: undefined, words, view });
  const payload = toSubmission(actor.world, interaction, view, filled);
  return send(actor, interaction, payload, (body) => takeSubmission(actor.world, interaction, view, body));
}

export function close(actor: Actor, view: FakeView): FakeInteraction {
  const interaction = actor.open({ channel: undefined, words: 'closing a view', view });
  view.closed = true;
  return view.view.notify_on_close
    ? send(actor, interaction, toClosing(actor.world, interaction, view))
    : interaction;
}
