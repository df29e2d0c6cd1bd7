/** `manifest`: the Slack app, to be pasted at api.slack.com/apps. */
import { catalogue } from '../../commands/index.ts';
import { menu } from '../../commands/menu.ts';
import { roots } from '../../commands/roots.ts';
import { toManifest } from '../chat/slack/manifest.ts';
import { UserError } from '../errors.ts';
import { LINK_DOMAINS } from '../papers/ids.ts';

export interface ManifestOptions {
  readonly history: boolean;
  readonly url?: string;
}

export function runManifest(options: ManifestOptions): void {
  if (options.url !== undefined && !/^https:\/\/[^/]/.test(options.url)) {
    throw new UserError('Slack sends requests to addresses that begin with https:// alone.');
  }
  const manifest = toManifest({ catalogue, roots, menu, domains: LINK_DOMAINS, ...options });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
}
