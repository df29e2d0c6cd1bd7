/** Subcommand `manifest`: prints the manifest of the Slack app, to paste at api.slack.com/apps. */
import { type ManifestOptions, manifestText } from '../slack-manifest.ts';

export function runManifest(options: ManifestOptions): void {
  process.stdout.write(`${manifestText(options)}\n`);
}
