/** Faults with the real REST client. */
import { expect, it } from 'vitest';
import { codeOf, openRest } from '../client.ts';
import { openFakeDiscord } from '../fake-discord.ts';
import type { FakeDiscordOptions } from '../start.ts';

async function openPosting(options: FakeDiscordOptions = {}, retries = 3) {
  const discord = await openFakeDiscord(options);
  const channel = discord.addGuild().channel('papers');
  const rest = openRest(discord, { retries });
  const post = (content = 'x', to = channel) =>
    rest.post(`/channels/${to.id}/messages`, { body: { content, allowed_mentions: { parse: [] } } });
  return { discord, channel, rest, post };
}

it('the fake Discord can lose the reply of a request that it carried out', async () => {
  const { discord, channel, post } = await openPosting();
  discord.faults.next({ kind: 'loseAnswer' });
  await expect(post()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  expect(channel.messages).toHaveLength(1);
});

it('the fake Discord can drop a request without carrying it out', async () => {
  const { discord, channel, post } = await openPosting();
  discord.faults.next({ kind: 'drop', match: ({ method }) => method === 'POST' });
  await expect(post()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  expect(channel.messages).toEqual([]);
});

it('the fake Discord can fail after carrying out a request, so that a client that retries posts twice', async () => {
  const { discord, channel, post } = await openPosting();
  discord.faults.next({ kind: 'serverError', status: 502, when: 'after' });
  await post();
  expect(channel.messages).toHaveLength(2);
});

it('the fake Discord can ask a client to wait, and then carries the request out once', async () => {
  const { discord, channel, post } = await openPosting();
  discord.faults.next({ kind: 'rateLimit', retryAfter: 0.05, scope: 'global' });
  await post();
  expect(channel.messages).toHaveLength(1);
  expect(discord.requests.map(({ status }) => status)).toEqual([429, 200]);
  expect(discord.invalidRequests).toBe(1);
});

it('the fake Discord can refuse requests with a code a given number of times', async () => {
  const { discord, post } = await openPosting();
  discord.faults.next({ kind: 'refuse', status: 403, code: 50001, times: 2 });
  expect([await codeOf(post()), await codeOf(post()), await codeOf(post())]).toEqual([
    50001,
    50001,
    'carried out',
  ]);
});

it('the fake Discord can hold a request until the test releases it', async () => {
  const { discord, channel, post } = await openPosting();
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  discord.faults.next({ kind: 'delay', until: gate });
  const posting = post();
  await discord.until(() => discord.faults.met['delay'] === 1);
  expect(channel.messages).toEqual([]);
  open();
  await posting;
  expect(channel.messages).toHaveLength(1);
});

it('the fake Discord can leave a request without an answer for ever', async () => {
  const { discord, channel, rest } = await openPosting();
  discord.faults.next({ kind: 'hang', when: 'after' });
  const body = { content: 'x', allowed_mentions: { parse: [] } };
  const posting = rest.post(`/channels/${channel.id}/messages`, { body, signal: AbortSignal.timeout(200) });
  await expect(posting).rejects.toThrow('aborted');
  expect(channel.messages).toHaveLength(1);
});

it('the fake Discord draws the same faults from the same seed', async () => {
  const draws: string[] = [];
  for (let run = 0; run < 2; run++) {
    const { discord, post } = await openPosting({}, 0);
    discord.faults.random({ seed: 7, loseAnswer: 0.2, serverErrorAfter: 0.2 });
    const outcomes: string[] = [];
    for (let n = 0; n < 40; n++)
      outcomes.push(
        await post().then(
          () => '.',
          () => '!',
        ),
      );
    draws.push(outcomes.join(''));
  }
  expect(draws[0]).toBe(draws[1]);
  expect(draws[0]).toMatch(/!.*\./);
});

it('the fake Discord sends rate limit headers, and a client that reads them gets no 429', async () => {
  const { discord, channel, post } = await openPosting({ limits: true });
  const started = Date.now();
  await Promise.all(Array.from({ length: 6 }, () => post()));
  expect(channel.messages).toHaveLength(6);
  expect(Date.now() - started).toBeGreaterThan(4_000);
  expect(discord.invalidRequests).toBe(0);
});

it('the fake Discord limits all routes together, and records a client that exceeds the limit', async () => {
  const { discord } = await openPosting({ limits: true });
  const ask = () =>
    fetch(`${discord.url}/v10/users/@me`, {
      headers: { authorization: `Bot ${discord.token}`, 'user-agent': 'DiscordBot (https://example.org, 1)' },
    });
  const answers = await Promise.all(Array.from({ length: 60 }, ask));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
  expect(discord.violations.splice(0)).toHaveLength(refused.length);
});

it('the fake Discord records a route that it does not know', async () => {
  const { discord, rest } = await openPosting();
  await expect(rest.get('/channels/1/typo')).rejects.toMatchObject({ status: 404 });
  expect(discord.violations.splice(0)).toEqual(['GET /api/v10/channels/1/typo: no such route in this fake']);
});
