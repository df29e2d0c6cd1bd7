/** Whose library people share. */

import type { WorkspaceRef } from '../chat/refs.ts';
import { LOCAL_TEAM } from '../config/settings.ts';

/**
 * Everybody's is one, so that a lab that talks on two platforms has one list; but workspaces that install the bot themselves are
 * strangers to each other.
 * @param ownLibraries the platforms whose workspaces do
 */
export function teamIn(ownLibraries: ReadonlySet<string>, { platform, workspace }: WorkspaceRef): string {
  return ownLibraries.has(platform) ? `${platform}:${workspace}` : LOCAL_TEAM;
}
