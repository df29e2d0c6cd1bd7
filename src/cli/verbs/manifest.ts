/** `manifest`: the Slack app, to be pasted at api.slack.com/apps. */
import { type ManifestOptions, manifestText } from '../slack-manifest.ts';

export function runManifest(options: ManifestOptions): void {
  process.stdout.write(`${manifestText(options)}\n`);
}
