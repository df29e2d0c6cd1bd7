/** `npm start`, as the README says it and supervisors run it. */
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { lockDatabase } from '../../src/db/lock.ts';
import { printed, startByNpm } from '../support/cli.ts';
import { temporaryFolder } from '../support/database.ts';
import { openFakeDiscord } from '../support/discord/fake-discord.ts';

it('a SIGTERM to npm alone ends the bot, which gives its database free', async () => {
  const discord = await openFakeDiscord();
  const folder = temporaryFolder();
  const env = { DATA_DIR: folder, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url };
  const npm = startByNpm({ env });
  const said = text(npm.stderr);
  await printed(npm.stdout, 'ready: discord');
  // Every process that npm started holds its standard output and error: both end with the last of them.
  npm.stdout.resume();
  npm.kill('SIGTERM');
  await once(npm, 'close');
  expect(await said).not.toContain('failed');
  lockDatabase(join(folder, 'paperboy.db')).release();
});
