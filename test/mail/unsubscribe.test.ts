import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import {
  createUnsubscribeHandler,
  newUnsubscribeToken,
  unsubscribeHeaders,
  unsubscribeTokenIn,
  unsubscribeUrl,
} from '../../src/mail/unsubscribe.ts';

const TOKEN = newUnsubscribeToken();
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A server with one digest. `ended` has the tokens that it was asked to end. */
async function openServer(end?: (token: string) => Promise<boolean>) {
  const ended: string[] = [];
  const port = {
    async end(token: string) {
      ended.push(token);
      return end ? end(token) : token === TOKEN;
    },
  };
  const handle = createUnsubscribeHandler(port, silentLog);
  const server = createServer((request, response) => {
    if (!handle(request, response)) response.writeHead(418).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ended };
}

describe('the page that ends a digest', () => {
  it('ends the digest when a provider sends the one-click request of RFC 8058', async () => {
    const { base, ended } = await openServer();
    const response = await fetch(unsubscribeUrl(base, TOKEN), {
      method: 'POST',
      headers: FORM,
      body: ONE_CLICK,
    });
    expect([response.status, ended]).toEqual([200, [TOKEN]]);
    expect(await response.text()).toContain('The digest has ended.');
  });

  it('ends the digest when the form arrives as multipart/form-data', async () => {
    const { base, ended } = await openServer();
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    const response = await fetch(unsubscribeUrl(base, TOKEN), { method: 'POST', body });
    expect([response.status, ended]).toEqual([200, [TOKEN]]);
  });

  it.each(['GET', 'HEAD'])('changes nothing when a scanner opens the link with %s', async (method) => {
    const { base, ended } = await openServer();
    const response = await fetch(unsubscribeUrl(base, TOKEN), { method });
    expect([response.status, ended]).toEqual([200, []]);
  });

  it('shows a button that sends the request of RFC 8058 to the same address', async () => {
    const { base } = await openServer();
    const page = await (await fetch(unsubscribeUrl(base, TOKEN))).text();
    expect(page).toContain(
      '<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">',
    );
  });

  it('takes no cookie, sends nobody elsewhere, and lets no other site show it', async () => {
    const { base } = await openServer();
    const { headers, redirected } = await fetch(unsubscribeUrl(base, TOKEN));
    expect([redirected, headers.get('set-cookie')]).toEqual([false, null]);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['without the field', FORM, ''],
    ['with another field', FORM, 'x=One-Click'],
    ['with another value', FORM, 'List-Unsubscribe=Two-Clicks'],
    ['as JSON', { 'content-type': 'application/json' }, '{"List-Unsubscribe":"One-Click"}'],
    ['with a broken form', { 'content-type': 'multipart/form-data; boundary=b' }, '--b\r\nx'],
    ['that is too large', FORM, `${'x=y&'.repeat(2_000)}${ONE_CLICK}`],
  ])('rejects a POST request %s', async (_, headers, body) => {
    const { base, ended } = await openServer();
    const response = await fetch(unsubscribeUrl(base, TOKEN), { method: 'POST', headers, body });
    expect([response.status, ended]).toEqual([400, []]);
  });

  it.each(['', 'x', `${TOKEN}x`, `${TOKEN}/x`, '%00', '..%2f..', "'; drop table"])(
    'does not look up the token “%s”',
    async (token) => {
      const { base, ended } = await openServer();
      const response = await fetch(unsubscribeUrl(base, token), {
        method: 'POST',
        headers: FORM,
        body: ONE_CLICK,
      });
      expect([response.status, ended]).toEqual([404, []]);
    },
  );

  it('says that a token belongs to no digest', async () => {
    const { base } = await openServer();
    const other = unsubscribeUrl(base, newUnsubscribeToken());
    const response = await fetch(other, { method: 'POST', headers: FORM, body: ONE_CLICK });
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining('No such digest'),
    ]);
  });

  it('asks providers to try again when the digest could not be ended', async () => {
    const { base } = await openServer(() => Promise.reject(new Error('locked')));
    const response = await fetch(unsubscribeUrl(base, TOKEN), {
      method: 'POST',
      headers: FORM,
      body: ONE_CLICK,
    });
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('locked');
  });

  it('rejects other methods', async () => {
    const { base, ended } = await openServer();
    const response = await fetch(unsubscribeUrl(base, TOKEN), { method: 'DELETE' });
    expect([response.status, response.headers.get('allow'), ended]).toEqual([405, 'GET, HEAD, POST', []]);
  });

  it('leaves other addresses to other handlers', async () => {
    const { base } = await openServer();
    expect((await fetch(`${base}/healthz`)).status).toBe(418);
  });
});

describe('the headers for unsubscribing', () => {
  it('offer one click, and a mail', () => {
    const targets = { token: TOKEN, baseUrl: 'https://bot.lab.example', address: 'papers@lab.example' };
    expect(unsubscribeHeaders(targets)).toEqual({
      'List-Unsubscribe': `<https://bot.lab.example/unsubscribe/${TOKEN}>, <mailto:papers@lab.example?subject=unsubscribe%20${TOKEN}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it.each([
    { token: TOKEN, address: 'papers@lab.example' },
    { token: TOKEN, baseUrl: 'http://bot.lab.example' },
  ])('offer no one-click request without https: %j', (targets) => {
    expect(Object.keys(unsubscribeHeaders(targets))).toEqual(['List-Unsubscribe']);
  });

  it('name the digest in the subject of the mail', () => {
    expect(unsubscribeTokenIn(` Unsubscribe ${TOKEN} `)).toBe(TOKEN);
    expect(
      ['unsubscribe', `Re: unsubscribe ${TOKEN}`, `unsubscribe ${TOKEN} x`].map(unsubscribeTokenIn),
    ).toEqual([undefined, undefined, undefined]);
  });

  it('have a different token for each digest', () => {
    expect(new Set(Array.from({ length: 100 }, newUnsubscribeToken)).size).toBe(100);
  });
});
