/** `manifest`: the Slack app, to be pasted at api.slack.com/apps. */
import { catalogue } from '../../../commands/index.ts';
import { messageActions } from '../../../commands/message-actions.ts';
import { roots } from '../../../commands/roots.ts';
import { UserError } from '../../base/errors.ts';
import { LINK_DOMAINS } from '../../papers/ids.ts';
import { toManifest } from '../../platforms/slack/workspaces/manifest.ts';

export interface ManifestOptions {
  readonly history: boolean;
  readonly url?: string;
  readonly install?: string;
}

export function runManifest(options: ManifestOptions): void {
  for (const address of [options.url, options.install]) {
    if (address === undefined || /^https:\/\/[^/]/.test(address)) continue;
    throw new UserError('Slack takes addresses that begin with https:// alone.');
  }
  const manifest = toManifest({ catalogue, roots, menu: messageActions, domains: LINK_DOMAINS, ...options });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
}
