/** Manifest of the Slack app, generated from the commands. */
import { catalogue } from '../../commands/index.ts';
import { messageActions } from '../../commands/message-actions.ts';
import { roots } from '../../commands/roots.ts';
import { UserError } from '../base/errors.ts';
import { toManifest } from '../platforms/slack/workspaces/manifest.ts';
import { LINK_DOMAINS } from '../text/ids.ts';

export interface ManifestOptions {
  readonly history: boolean;
  readonly url?: string;
  readonly install?: string;
}

const HTTPS_ALONE = 'Slack only accepts addresses that begin with https://';

/** @throws UserError for an address that Slack would reject */
export function manifestText(options: ManifestOptions): string {
  for (const address of [options.url, options.install]) {
    if (address !== undefined) demandPublicAddress(address);
  }
  const manifest = toManifest({ catalogue, roots, menu: messageActions, domains: LINK_DOMAINS, ...options });
  return JSON.stringify(manifest, null, 2);
}

/** @throws UserError for an address that Slack would reject */
export function demandPublicAddress(text: string): void {
  if (!/^https:\/\/[^/]/.test(text)) throw new UserError(HTTPS_ALONE);
}
