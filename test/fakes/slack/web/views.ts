/** Modals and the Home tab. */
import { patience } from '../../../support/patience.ts';
import type { Interaction } from '../interaction.ts';
import { toViewJson } from '../json/views.ts';
import type { FakeView } from '../model.ts';
import { TRIGGER_LIVES_MS } from '../protocol.ts';
import { refusal } from '../refusal.ts';
import { changeView, createView, demandView, findView } from '../rules/views.ts';
import type { JsonObject, View } from '../wire.ts';
import { type Call, type Method, TIER_4, userOf } from './method.ts';

/** Works once, for three seconds after the person's action. */
function exchange({ world, workspace, args }: Call): Interaction {
  const trigger = world.triggers.get(args.trigger_id ?? '');
  if (!trigger || trigger.interaction.making.workspace !== workspace) throw refusal('invalid_trigger_id');
  if (trigger.used) throw refusal('exchanged_trigger_id');
  if (world.now() - trigger.at > TRIGGER_LIVES_MS * patience(world.clock))
    throw refusal('expired_trigger_id');
  trigger.used = true;
  return trigger.interaction;
}

function viewOf({ world, args, where }: Call, type: 'modal' | 'home'): View {
  const { view } = args;
  if (!view || view.type !== type) throw refusal('invalid_arguments', `view must be a ${type}`);
  demandView(world, where, view);
  return view;
}

function show(call: Call, interaction: Interaction, previous?: FakeView): JsonObject {
  const view = viewOf(call, 'modal');
  const { user, workspace } = interaction.making;
  const shown = createView(call.world, { workspace, user, view, ...(previous && { previous }) });
  interaction.open(shown);
  return { view: toViewJson(shown) };
}

function push(call: Call): JsonObject {
  const interaction = exchange(call);
  const { view: previous } = interaction.making;
  if (previous?.view.type !== 'modal') throw refusal('invalid_arguments', 'no modal is open to push onto');
  return show(call, interaction, previous);
}

function update(call: Call): JsonObject {
  const { world, workspace, args, where } = call;
  const shown = findView(workspace, args);
  if (!shown || shown.closed) throw refusal('not_found');
  if (args.hash !== undefined && args.hash !== shown.hash) throw refusal('hash_conflict');
  const { view } = args;
  if (!view) throw refusal('invalid_arguments', 'missing required field: view');
  demandView(world, where, view);
  changeView(world, shown, view);
  tell(call, shown);
  return { view: toViewJson(shown) };
}

function publish(call: Call): JsonObject {
  const { world, workspace, args } = call;
  const user = userOf(call, args.user_id);
  const view = viewOf(call, 'home');
  const known = workspace.homes.get(user.id);
  if (known && args.hash !== undefined && args.hash !== known.hash) throw refusal('hash_conflict');
  const shown = known ?? createView(world, { workspace, user, view });
  if (known) changeView(world, known, view);
  workspace.homes.set(user.id, shown);
  tell(call, shown);
  return { view: toViewJson(shown) };
}

/** Interactions that wait for it: a person pressed something on it, or opened the Home tab. */
function tell({ world }: Call, shown: FakeView): void {
  for (const interaction of world.interactions) {
    const { view, opensHome, user } = interaction.making;
    if (view === shown || (opensHome && shown.view.type === 'home' && user === shown.user))
      interaction.open(shown);
  }
}

export const viewMethods: readonly Method[] = [
  { name: 'views.open', token: 'bot', perMinute: TIER_4, run: (call) => show(call, exchange(call)) },
  { name: 'views.push', token: 'bot', perMinute: TIER_4, run: push },
  { name: 'views.update', token: 'bot', perMinute: TIER_4, run: update },
  { name: 'views.publish', token: 'bot', perMinute: TIER_4, run: publish },
];
