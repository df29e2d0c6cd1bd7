/** `manifest`: the Slack app, to be pasted at api.slack.com/apps. */
import { catalogue } from '../../commands/index.ts';
import { menu } from '../../commands/menu.ts';
import { roots } from '../../commands/roots.ts';
import { toManifest } from '../chat/slack/manifest.ts';
import { UserError } from '../errors.ts';
import { LINK_DOMAINS } from '../papers/ids.ts';

const HTTPS_ALONE = 'Slack takes addresses that begin with https:// alone.';

export interface ManifestOptions {
  readonly history: boolean;
  readonly url?: string;
  readonly install?: string;
}

export function runManifest(options: ManifestOptions): void {
  process.stdout.write(`${manifestText(options)}\n`);
}

/** @throws UserError for an address that Slack would not take */
export function manifestText(options: ManifestOptions): string {
  for (const address of [options.url, options.install]) {
    if (address !== undefined) demandPublicAddress(address);
  }
  const manifest = toManifest({ catalogue, roots, menu, domains: LINK_DOMAINS, ...options });
  return JSON.stringify(manifest, null, 2);
}

/** @throws UserError for an address that Slack would not take */
export function demandPublicAddress(text: string): void {
  if (!/^https:\/\/[^/]/.test(text)) throw new UserError(HTTPS_ALONE);
}
