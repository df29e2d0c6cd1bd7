/** A person who acts, and the messages and views that Slack's app lets them use. */
import { type Interaction, type InteractionMaking, openInteraction } from '../interaction.ts';
import type { FakeMessage, FakeWorkspace, User } from '../model.ts';
import type { World } from '../world.ts';
import { isView, type Surface } from './elements.ts';
import { ClientRefusal } from './refusal.ts';

export interface Actor {
  readonly world: World;
  readonly workspace: FakeWorkspace;
  readonly user: User;
  open(making: Omit<InteractionMaking, 'workspace' | 'user'>): Interaction;
}

export function createActor(world: World, workspace: FakeWorkspace, user: User): Actor {
  return { world, workspace, user, open: (making) => openInteraction(world, { ...making, workspace, user }) };
}

/** A message that this person sees. */
export function onMessage(
  { user }: Actor,
  message: FakeMessage,
): Pick<InteractionMaking, 'channel' | 'message'> {
  if (message.deleted) throw new ClientRefusal('The message is gone');
  if (message.onlyFor && message.onlyFor !== user)
    throw new ClientRefusal('Only one person sees this message');
  return { channel: message.channel, message };
}

export function onSurface(
  actor: Actor,
  surface: Surface,
): Pick<InteractionMaking, 'channel' | 'message' | 'view'> {
  return isView(surface) ? { channel: undefined, view: surface } : onMessage(actor, surface);
}
