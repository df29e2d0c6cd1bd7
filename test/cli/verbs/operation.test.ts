/** The bot as supervisors see it: health checks, metrics, systemd, and a stop at any time. */
import { once } from 'node:events';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { printed, runCli, startCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/database.ts';
import { freePort } from '../../support/free-port.ts';
import { recordSystemd } from '../../support/systemd-notify.ts';
import { usedDataFolder } from '../../support/used-data.ts';

async function openServer() {
  const discord = await openFakeDiscord();
  const port = await freePort();
  const env = {
    DATA_DIR: usedDataFolder(),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    HTTP_PORT: String(port),
  };
  return { discord, env, url: `http://127.0.0.1:${port}` };
}

describe('the health check', () => {
  it('health reports a running bot as healthy, and a stopped one as not responding', async () => {
    const { env, url } = await openServer();
    const bot = startCli(['start'], { env });
    await printed(bot.stdout, 'ready');
    const well = { status: 0, stdout: 'ok\n', stderr: '' };
    expect(await runCli(['health'], { env })).toEqual(well);
    expect(await runCli(['health', '--ready'], { env })).toEqual(well);
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    const { status, stdout, stderr } = await runCli(['health'], { env });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(`^${url}/healthz does not respond: .*ECONNREFUSED.* Check that the bot is running\\.\\n$`),
    );
  });

  it('health names the setting that it needs', async () => {
    const { status, stderr } = await runCli(['health'], { env: { DATA_DIR: temporaryFolder() } });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'The health check needs HTTP_PORT. Set it to a free port, such as 9464.\n',
    });
  });

  it('health distinguishes healthy from ready, and a starting bot can be stopped', async () => {
    const { discord, env, url } = await openServer();
    discord.faults.next({ kind: 'hang', match: ({ path }) => path.endsWith('/gateway/bot') });
    const bot = startCli(['start'], { env });
    await expect
      .poll(() =>
        fetch(`${url}/healthz`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    expect((await runCli(['health'], { env })).status).toBe(0);
    expect(await runCli(['health', '--ready'], { env })).toEqual({
      status: 1,
      stdout: 'Starting or stopping: discord.\n',
      stderr: '',
    });
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
  });
});

describe('the metrics', () => {
  it('metrics require the token from METRICS_TOKEN_FILE', async () => {
    const { env, url } = await openServer();
    const file = join(temporaryFolder(), 'metrics_token');
    writeFileSync(file, 'a-token-of-the-test\n');
    const bot = startCli(['start'], { env: { ...env, METRICS_TOKEN_FILE: file } });
    await printed(bot.stdout, 'ready');
    const ask = (headers: Record<string, string>) => fetch(`${url}/metrics`, { headers });
    expect((await ask({})).status).toBe(401);
    const answer = await ask({ authorization: 'Bearer a-token-of-the-test' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('paperboy_platform_connected{platform="discord"} 1');
  });
});

describe('systemd', () => {
  it('systemd is notified that the bot is ready, healthy and stopping', async () => {
    const { env } = await openServer();
    const { environment, told } = recordSystemd();
    const bot = startCli(['start'], { env: { ...env, ...environment, WATCHDOG_USEC: '300000' } });
    await printed(bot.stdout, 'ready');
    await expect.poll(told).toEqual(expect.arrayContaining(['READY=1', 'WATCHDOG=1', 'WATCHDOG=1']));
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    const [first, ...others] = told();
    expect([first, ...new Set(others)]).toEqual(['READY=1', 'WATCHDOG=1', 'STOPPING=1']);
    expect(others.indexOf('STOPPING=1')).toBe(others.length - 1);
  });

  it.each([
    ['there is no systemd-notify', ['sh'], /systemd-notify.*not found/],
    ['there is nothing to run', [], /spawn sh ENOENT/],
  ])('the bot runs even if systemd cannot be notified, because %s', async (_, commands, reason) => {
    const { env } = await openServer();
    const bin = temporaryFolder();
    for (const command of commands) symlinkSync(`/bin/${command}`, join(bin, command));
    const bot = startCli(['start'], {
      env: { ...env, PATH: bin, NOTIFY_SOCKET: '/nowhere', WATCHDOG_USEC: '60000000' },
    });
    const said = printed(bot.stderr, 'systemd: notify failed');
    await printed(bot.stdout, 'ready');
    expect(await said).toMatch(reason);
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
  });
});
