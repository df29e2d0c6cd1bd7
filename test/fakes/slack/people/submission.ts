/**
 * The effect of a form's acknowledgement: close it, show errors, or replace it or cover it with another view.
 */
import type { Interaction } from '../interaction.ts';
import type { FakeView } from '../model.ts';
import { changeView, createView, demandView } from '../rules/views.ts';
import type { JsonObject, View } from '../wire.ts';
import type { World } from '../world.ts';

interface SubmissionAnswer {
  readonly response_action?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly view?: View;
}

export function takeSubmission(
  world: World,
  interaction: Interaction,
  view: FakeView,
  body: JsonObject,
): void {
  const { response_action: action, errors = {}, view: next } = body as SubmissionAnswer;
  const { words } = interaction.making;
  switch (action) {
    case undefined:
      view.closed = true;
      return;
    case 'clear':
      for (let each: FakeView | undefined = view; each; each = each.previous) each.closed = true;
      return;
    case 'errors':
      interaction.settle();
      for (const id of Object.keys(errors)) {
        if (view.view.blocks.some(({ type, block_id: block }) => type === 'input' && block === id)) continue;
        world.journal.violation(`${words}: an error for ${id}, which is no input of the form`);
      }
      return;
    case 'update':
    case 'push': {
      if (!next) throw new Error(`${words}: ${action} without a view`);
      demandView(world, words, next);
      if (action === 'update') changeView(world, view, next);
      const { workspace, user } = view;
      interaction.open(
        action === 'update' ? view : createView(world, { workspace, user, view: next, previous: view }),
      );
      return;
    }
    default:
      world.journal.violation(`${words}: acknowledged with the unknown response_action ${action}`);
  }
}
