/**
 * The first response to an interaction:
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 */
import { emitMessage } from '../events.ts';
import { metadataOf } from '../interaction.ts';
import { toMessageJson } from '../json/messages.ts';
import { toUserJson } from '../json/people.ts';
import { createMessage, editMessage } from '../message.ts';
import type { FakeMessage, Interaction } from '../model.ts';
import { CallbackType, InteractionType, MessageFlag, MessageType } from '../protocol.ts';
import { invalidForm, type Problem, refusal, tooLong, wrong } from '../refusal.ts';
import { checkMessage } from '../rules/messages.ts';
import type { CallbackBody, MessageBody } from '../wire.ts';
import type { World } from '../world.ts';
import { type Answer, type Call, NO_CONTENT, ok, type Route } from './route.ts';

const CHOICES = 25;
const CHOICE_TEXT = 100;
const MODAL_TITLE = 45;
const MODAL_COMPONENTS = 5;

/** A message that answers the interaction, in its channel. */
export function makeAnswer(call: Call, interaction: Interaction, body: MessageBody, flags = 0): FakeMessage {
  const { world, files } = call;
  const { channel, user, type } = interaction.making;
  const message = createMessage(world, {
    channel,
    author: world.bot,
    body,
    flags,
    files,
    type: type === InteractionType.Command ? MessageType.ChatInputCommand : MessageType.Default,
    interactionOwner: user,
    interactionJson: metadataOf(world, interaction, toUserJson(user)),
  });
  interaction.show(message);
  emitMessage(world, 'MESSAGE_CREATE', channel, message);
  return message;
}

/** Changes a message, or fills a placeholder. Its visibility was fixed by the first response. */
export function changeAnswer(
  call: Call,
  interaction: Interaction,
  message: FakeMessage,
  body: MessageBody,
): void {
  editMessage(call.world, message, body, call.files);
  interaction.show(message);
  emitMessage(call.world, 'MESSAGE_UPDATE', interaction.making.channel, message);
}

function demandInTime({ world, params }: Call): Interaction {
  const interaction = world.interactions.get(params['token'] ?? '');
  if (interaction?.id !== params['interaction'] || !interaction) throw refusal(10062);
  const { words } = interaction.making;
  if (interaction.acknowledgement) {
    world.journal.violation(`${words}: acknowledged twice`);
    throw refusal(40060);
  }
  if (interaction.isOver(world.now())) {
    const afterMs = world.now() - interaction.sentAt;
    world.journal.violation(`${words}: acknowledged late, after ${afterMs} ms`);
    throw refusal(10062);
  }
  return interaction;
}

/** The types of response that each kind of interaction accepts. */
function fits(interaction: Interaction, type: number): boolean {
  switch (type) {
    case CallbackType.Autocomplete:
      return interaction.making.type === InteractionType.Autocomplete;
    case CallbackType.DeferredUpdate:
    case CallbackType.Update:
      return interaction.isComponent;
    case CallbackType.Modal:
      return (
        interaction.making.type === InteractionType.Command ||
        interaction.making.type === InteractionType.Component
      );
    default:
      return interaction.making.type !== InteractionType.Autocomplete;
  }
}

function refuseProblems({ world, where }: Call, problems: readonly Problem[]): void {
  for (const { path, message } of problems)
    world.journal.violation(`${where}: ${path.join('.')}: ${message}`);
  if (problems.length > 0) throw invalidForm(problems);
}

function checkSuggestions(call: Call, { data }: CallbackBody): void {
  const choices = data?.choices ?? [];
  refuseProblems(call, [
    ...(choices.length > CHOICES ? [tooLong(['data', 'choices'], CHOICES)] : []),
    ...choices.flatMap(({ name, value }, index) => [
      ...(name.length < 1 || name.length > CHOICE_TEXT
        ? [tooLong(['data', 'choices', index, 'name'], CHOICE_TEXT)]
        : []),
      ...(String(value).length > CHOICE_TEXT
        ? [tooLong(['data', 'choices', index, 'value'], CHOICE_TEXT)]
        : []),
    ]),
  ]);
}

function checkModal(call: Call, { data }: CallbackBody): void {
  refuseProblems(call, [
    ...((data?.title ?? '').length > MODAL_TITLE ? [tooLong(['data', 'title'], MODAL_TITLE)] : []),
    ...((data?.components ?? []).length > MODAL_COMPONENTS
      ? [tooLong(['data', 'components'], MODAL_COMPONENTS)]
      : []),
  ]);
}

function checkDeferral(call: Call, { data }: CallbackBody): void {
  const others = (data?.flags ?? 0) & ~MessageFlag.Ephemeral;
  if (others !== 0) call.world.journal.violation(`${call.where}: only EPHEMERAL may be set when deferring`);
}

/** Checks the response, marks the interaction as acknowledged, then carries it out. */
function respond(call: Call, interaction: Interaction, body: CallbackBody): void {
  const { world, where } = call;
  const now = world.now();
  const { message } = interaction.making;
  switch (body.type) {
    case CallbackType.Message:
      checkMessage(world, body.data ?? {}, { where, edit: false, files: call.files.length });
      interaction.acknowledge(now, body);
      interaction.original = makeAnswer(call, interaction, body.data ?? {});
      return;
    case CallbackType.DeferredMessage: {
      checkDeferral(call, body);
      interaction.acknowledge(now, body);
      const ephemeral = (body.data?.flags ?? 0) & MessageFlag.Ephemeral;
      interaction.original = makeAnswer(call, interaction, {}, ephemeral | MessageFlag.Loading);
      return;
    }
    case CallbackType.DeferredUpdate:
      interaction.acknowledge(now, body);
      interaction.original = message;
      return;
    case CallbackType.Update:
      checkMessage(world, body.data ?? {}, { where, edit: true });
      interaction.acknowledge(now, body);
      interaction.original = message;
      if (message) changeAnswer(call, interaction, message, body.data ?? {});
      return;
    case CallbackType.Autocomplete:
      checkSuggestions(call, body);
      interaction.acknowledge(now, body);
      return;
    default:
      checkModal(call, body);
      interaction.acknowledge(now, body);
  }
}

function toCallbackJson(world: World, { id, making, original }: Interaction, type: number): object {
  return {
    interaction: {
      id,
      type: making.type,
      ...(original && {
        response_message_id: original.id,
        response_message_loading: (original.flags & MessageFlag.Loading) !== 0,
        response_message_ephemeral: original.ephemeral,
      }),
    },
    ...(original && { resource: { type, message: toMessageJson(world, original) } }),
  };
}

export const callbackRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    operation: 'create_interaction_response',
    open: true,
    run(call): Answer {
      const interaction = demandInTime(call);
      const body = call.body as CallbackBody;
      if (!fits(interaction, body.type)) {
        call.world.journal.violation(`${interaction.making.words}: answered with callback type ${body.type}`);
        throw invalidForm([
          wrong(['type'], 'BASE_TYPE_CHOICES', 'Not a response to this kind of interaction.'),
        ]);
      }
      respond(call, interaction, body);
      const wanted = call.query.get('with_response') === 'true';
      return wanted ? ok(toCallbackJson(call.world, interaction, body.type)) : NO_CONTENT;
    },
  },
];
