import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Caller } from '../../src/chat/caller.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import { parseConfig } from '../../src/config/config.ts';
import { startHttpServer } from '../../src/health/http-server.ts';
import { dayOf } from '../../src/time/clock.ts';
import { openFakeSmtp } from '../fakes/smtp/fake-smtp.ts';
import { everythingIn, openTestDatabase, temporaryFolder } from '../support/database.ts';
import { listedPapers } from '../support/papers.ts';

const ADA: Caller = { platform: 'terminal', workspace: 'local', person: 'ada', team: 'lab' };

async function open() {
  const smtp = await openFakeSmtp();
  const config = parseConfig({
    DATA_DIR: temporaryFolder(),
    SOURCES: 'none',
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Paper digest <papers@bot.lab.example>',
    SECRET_KEY: 'a long passphrase of the lab, made up for this test',
    HTTP_PORT: '9464',
    PUBLIC_URL: 'https://bot.lab.example',
  });
  const app = await createApp(config, silentLog, (error) => {
    throw error;
  });
  onTestFinished(() => app.close());
  const say = async (line: string) => toPlainText((await app.handlers.answer({ line, caller: ADA })).card);
  const now = new Date();
  const papers = listedPapers(dayOf(now), 3);
  await app.stores.papers.importBatch(papers, { source: 'hugging-face', at: now.toISOString() });

  return {
    smtp,
    app,
    say,
    now,
    papers,
    connection: await openTestDatabase(join(config.dataDir, 'paperboy.db')),
  };
}

/** Ada has a digest by e-mail, which is due. */
async function openDue() {
  const opened = await open();
  const { smtp, say, connection, now } = opened;
  expect(await say('email me the digest at ada@lab.example')).toContain('A code is on its way');
  const [, code = ''] = /Subject: (\d{6}) /.exec(smtp.received[0]?.raw ?? '') ?? [];
  expect(await say(`my code is ${code}`)).toContain('by e-mail to ada@lab.example');

  // The time of the digest has come.
  connection.prepare('UPDATE inboxes SET next_at = ?').run(now.getTime() - 1_000);
  return opened;
}

it('the whole program mails a digest after a code was typed, and the link in it ends the digest', async () => {
  const { smtp, app, say, now, papers, connection } = await openDue();
  expect(everythingIn(connection).includes('ada@lab.example')).toBe(false);
  expect(await app.inboxSender.send(new AbortController().signal)).toBe(1);
  const engine = await app.deliver([]);
  await engine.tick();
  await engine.idle();
  await engine.stop();
  const raw = (smtp.received[1]?.raw ?? '').replaceAll('=\r\n', '');
  expect(smtp.received.map(({ to }) => to)).toEqual([['ada@lab.example'], ['ada@lab.example']]);
  expect(raw).toContain(papers[0]?.title ?? 'a title');

  expect(await app.stores.mailAddresses.sentSince(new Date(now.getTime() - 60_000))).toHaveLength(2);

  const path = /https:\/\/bot\.lab\.example(\/unsubscribe\/[\w-]{32})/.exec(raw)?.[1] ?? '';
  const { handleRequest } = app;
  const server = await startHttpServer(0, new Map(), silentLog, { pages: app.listPage, handleRequest });
  onTestFinished(() => server.stop());
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  expect((await fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', body })).status).toBe(200);
  expect(await say('/papers digest')).toContain('Your digest is off.');
});

it('the program stops without waiting for a mail server that hangs, and keeps the digest for the next start', async () => {
  const { smtp, app, connection } = await openDue();
  await app.inboxSender.send(new AbortController().signal);
  smtp.fail('recipient', { kind: 'hang' });
  const engine = await app.deliver([]);
  await engine.tick();
  const state = connection.prepare('SELECT state FROM deliveries').pluck();
  await expect.poll(() => state.get()).toBe('sending');
  const from = performance.now();
  await engine.stop();
  // Without the abort, it would wait for 20 seconds.
  expect(performance.now() - from).toBeLessThan(15_000);
  expect(state.get()).toBe('planned');
});
