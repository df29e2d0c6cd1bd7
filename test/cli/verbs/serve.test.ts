/** The bot as a process that serves Discord. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { shownText } from '../../fakes/discord/people/shown.ts';
import { printed, runCli, startCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/database.ts';
import { usedDataFolder } from '../../support/used-data.ts';

async function openServer() {
  const discord = await openFakeDiscord();
  const env = { DATA_DIR: usedDataFolder(), DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url };
  return { discord, env };
}

describe('start with a token', () => {
  it('start serves Discord, prints the invite, and stops cleanly', async () => {
    const { discord, env } = await openServer();
    const channel = discord.addGuild().channel('papers');
    const bot = startCli(['start'], { env });
    const said = printed(bot.stderr, 'Add the bot');
    expect(await printed(bot.stdout, 'ready')).toBe('ready: discord\n');
    expect(await said).toContain(
      `Add the bot to a server: https://discord.com/oauth2/authorize?client_id=${discord.applicationId}&scope=bot+applications.commands&permissions=309237730304`,
    );
    const answer = await discord.addPerson('ada').command(channel, 'papers', 'trending').answered;
    expect(shownText(answer)).toContain('Trending papers · Friday 29 May 2026');
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
  });

  it('start ends with status 1 and a sentence if Discord rejects the token', async () => {
    const { discord, env } = await openServer();
    const refused = await runCli(['start'], { env: { ...env, DISCORD_TOKEN: 'canary-token' } });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('Discord rejected the token. Create a new one');
    expect(refused.stderr).not.toContain('canary-token');
    const bot = startCli(['start'], { env });
    await printed(bot.stdout, 'ready');
    const said = printed(bot.stderr, 'Discord rejected the token');
    discord.closeGateway(4004);
    expect(await once(bot, 'exit')).toEqual([1, null]);
    expect(await said).not.toContain(discord.token);
  });

  it('start ends with a sentence if another process uses the database', async () => {
    const { env } = await openServer();
    const first = startCli(['start'], { env });
    await printed(first.stdout, 'ready');
    const second = await runCli(['start'], { env });
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/is in use by another Paperboy\. Stop that one first/);
  });
});

describe('the doctor', () => {
  it('the doctor names Discord servers and missing permissions', async () => {
    const { discord, env } = await openServer();
    discord
      .addGuild({ name: 'Lab', channels: ['papers', 'general'] })
      .channel('general')
      .deny('EmbedLinks');
    discord.addGuild({ name: 'Reading group' });
    const { status, stdout } = await runCli(['doctor'], { env, cwd: temporaryFolder() });
    expect(stdout).toMatch(/^ok +Discord +connected as \S+, on 2 servers$/m);
    expect(stdout).toMatch(
      /^·· +Discord, Lab +the bot cannot post in #general \(Embed Links\)\. Give its role/m,
    );
    expect(stdout).toMatch(/^ok +Discord, Reading group +the bot can post in every channel that it sees$/m);
    expect(stdout).not.toContain(discord.token);
    expect(status).toBe(0);
  });

  it('the doctor shows that a secret comes from a file, without the secret', async () => {
    const { discord, env } = await openServer();
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'token'), `${discord.token}\n`);
    const { DISCORD_TOKEN, ...others } = env;
    const { stdout } = await runCli(['doctor'], { env: { ...others, DISCORD_TOKEN_FILE: 'token' }, cwd });
    expect(stdout).toMatch(/^ok +DISCORD_TOKEN +set \(from a file\)$/m);
    expect(stdout).toMatch(/^ok +Discord +connected as /m);
    expect(stdout).not.toContain(DISCORD_TOKEN);
  });

  it('the doctor names a wrong Discord token and a missing intent', async () => {
    const { discord, env } = await openServer();
    const wrong = { ...env, DISCORD_TOKEN: 'wrong' };
    const refused = await runCli(['doctor'], { env: wrong, cwd: temporaryFolder() });
    expect(refused.stdout).toMatch(/^!! +Discord +Discord rejected the token\./m);
    expect(refused.status).toBe(1);
    // Until the server has come, the client is not ready: Discord has the time to object.
    discord.addGuild({ unavailable: true });
    const examined = runCli(['doctor'], { env, cwd: temporaryFolder() });
    await discord.until(() => discord.identifies === 1);
    discord.closeGateway(4014);
    const { stdout } = await examined;
    expect(stdout).toMatch(/^!! +Discord +Discord rejected the intents\. Enable them/m);
  });
});
