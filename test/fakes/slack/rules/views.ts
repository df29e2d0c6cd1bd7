/** Slack's rules for modals and Home tabs, and for opening them. */
import { randomBytes } from 'node:crypto';
import { withIds } from '../message.ts';
import type { FakeView, FakeWorkspace, User } from '../model.ts';
import { refusal } from '../refusal.ts';
import { checkView } from '../schema/schemas.ts';
import type { View } from '../wire.ts';
import type { World } from '../world.ts';
import { atMost, checkText } from './elements.ts';
import { ID_LENGTH, PRIVATE_METADATA, STACK, VIEW_BLOCKS, VIEW_TITLE } from './limits.ts';
import { demandBlocks } from './messages.ts';

export function demandView(world: World, where: string, view: View): void {
  const wrong = world.validate ? checkView(view) : undefined;
  if (wrong) world.journal.violation(`${where}: against Slack's types: ${wrong}`);
  demandBlocks(world, where, view.blocks ?? [], VIEW_BLOCKS);
  const problems = [
    ...(wrong ? [wrong] : []),
    ...checkText('/title', view.title, VIEW_TITLE),
    ...checkText('/submit', view.submit, VIEW_TITLE),
    ...checkText('/close', view.close, VIEW_TITLE),
    ...atMost('/private_metadata', view.private_metadata, PRIVATE_METADATA),
    ...atMost('/callback_id', view.callback_id, ID_LENGTH),
    ...atMost('/external_id', view.external_id, ID_LENGTH),
    ...(view.type === 'modal' && !view.submit && view.blocks.some(({ type }) => type === 'input')
      ? ['missing required field: submit, as there are input blocks [json-pointer:/view]']
      : []),
  ];
  if (problems.length > 0) throw refusal('invalid_arguments', ...problems);
}

export interface ViewMaking {
  readonly workspace: FakeWorkspace;
  readonly user: User;
  readonly view: View;
  readonly previous?: FakeView;
}

export function createView(world: World, { workspace, user, view, previous }: ViewMaking): FakeView {
  const taken = view.external_id && findView(workspace, { external_id: view.external_id });
  if (taken) throw refusal('duplicate_external_id');
  if (previous && depthOf(previous) >= STACK) throw refusal('push_limit_reached');
  const made: FakeView = {
    id: world.ids.next('V'),
    workspace,
    user,
    view: { ...view, blocks: withIds(world, view.blocks) },
    hash: newHash(world),
    previous,
    closed: false,
    inputs: {},
  };
  workspace.views.set(made.id, made);
  return made;
}

/** Values stay only in inputs that have the same IDs in the new view. */
export function changeView(world: World, shown: FakeView, view: View): void {
  const before = shown.view.blocks;
  shown.view = { ...view, blocks: withIds(world, view.blocks) };
  shown.inputs = Object.fromEntries(
    Object.entries(shown.inputs).filter(
      ([id]) =>
        actionIdOf(before, id) !== undefined && actionIdOf(before, id) === actionIdOf(shown.view.blocks, id),
    ),
  );
  shown.hash = newHash(world);
}

function actionIdOf(blocks: View['blocks'], id: string): string | undefined {
  return blocks.find(({ block_id: block }) => block === id)?.element?.action_id;
}

export function findView(
  workspace: FakeWorkspace,
  { view_id: id, external_id: external }: { readonly view_id?: string; readonly external_id?: string },
): FakeView | undefined {
  if (id !== undefined) return workspace.views.get(id);
  return [...workspace.views.values()].find(({ view, closed }) => !closed && view.external_id === external);
}

function newHash(world: World): string {
  return `${Math.floor(world.now() / 1_000)}.${randomBytes(4).toString('hex')}`;
}

function depthOf({ previous }: FakeView): number {
  return previous ? depthOf(previous) + 1 : 1;
}
