/** Sends a person's action to the bot, and shows the content of the acknowledgement. */
import { type Interaction, isEmpty } from '../interaction.ts';
import type { Dispatch } from '../model.ts';
import { Refusal } from '../refusal.ts';
import { checkOptions } from '../rules/elements.ts';
import { showResponse } from '../web/response-url.ts';
import type { JsonObject, Option, ResponseBody } from '../wire.ts';
import type { World } from '../world.ts';

interface Sending {
  readonly type: 'slash_commands' | 'interactive';
  readonly payload: JsonObject;
  /** The effect of the acknowledgement's body. */
  readonly take: (body: JsonObject) => void;
}

export function sendInteraction(
  world: World,
  interaction: Interaction,
  { type, payload, take }: Sending,
): void {
  const { words } = interaction.making;
  const dispatch: Dispatch = {
    type,
    payload,
    words,
    isEvent: false,
    sentAt: interaction.sentAt,
    attempts: 0,
    delivered: false,
    acknowledged: false,
    over: false,
    onAcknowledged(body, afterMs) {
      interaction.acknowledge({ body, afterMs });
      try {
        take(body);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        world.journal.violation(`${words}: the acknowledgement was refused: ${error.message}`);
      }
    },
    onFailed: (error) => interaction.fail(error),
  };
  world.send(dispatch);
}

/** For a command: the content is shown at once. */
export function showAcknowledgement(world: World, interaction: Interaction, body: JsonObject): void {
  if (!isEmpty(body))
    showResponse(world, interaction, body as ResponseBody, `${interaction.making.words}, acknowledged`);
}

interface OptionsAnswer {
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly options: readonly Option[] }[];
}

/** For text that was typed into a menu. */
export function takeOptions(world: World, interaction: Interaction, body: JsonObject): void {
  const { options, option_groups: groups } = body as OptionsAnswer;
  const all = options ?? groups?.flatMap((group) => group.options) ?? [];
  for (const problem of checkOptions('/options', all)) {
    world.journal.violation(`${interaction.making.words}: ${problem}`);
  }
  interaction.suggest(all);
}
