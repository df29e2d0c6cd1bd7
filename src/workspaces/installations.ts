/** Installations of workspaces: secrets are stored encrypted, and decrypted on use. */

import { UserError } from '../base/errors.ts';
import type { InstallationStore } from '../chat/handlers.ts';
import type { Clock } from '../time/clock.ts';
import type { Sealing } from './sealing.ts';
import type { Installation, WorkspaceStore } from './workspaces.ts';

interface InstallationOptions {
  readonly workspaces: Pick<WorkspaceStore, 'install' | 'installation' | 'installed'>;
  readonly sealing: Sealing;
  readonly clock: Clock;
}

export function openInstallations({ workspaces, sealing, clock }: InstallationOptions): InstallationStore {
  return {
    async save(platform, workspace, secret) {
      const sealed = sealing.seal(secret, ownerOf(platform, workspace));
      await workspaces.install(platform, { workspace, sealed }, clock.now().toISOString());
    },

    async find(platform, workspace) {
      const found = await workspaces.installation(platform, workspace);
      return (
        found && {
          installedAt: new Date(found.installedAt),
          secret: () => unsealed(sealing, platform, found),
        }
      );
    },

    async all(platform) {
      return (await workspaces.installed(platform)).map(({ workspace }) => workspace);
    },
  };
}

function unsealed(sealing: Sealing, platform: string, { workspace, sealed }: Installation): string {
  const secret = sealing.unseal(sealed, ownerOf(platform, workspace));
  if (secret !== undefined) return secret;
  throw new UserError(
    `The installation of workspace ${workspace} cannot be decrypted with this SECRET_KEY. Restore the old key, or let the workspace install the bot again.`,
  );
}

function ownerOf(platform: string, workspace: string): string {
  return JSON.stringify([platform, workspace]);
}
