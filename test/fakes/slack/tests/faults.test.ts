/** Faults and rate limits, with the real Web API client. */
import type { webApi } from '@slack/bolt';
import { expect, it } from 'vitest';
import { fakeClock } from '../../../support/fake-clock.ts';
import { openWebClient, QUIET } from '../client.ts';
import { openFakeSlack } from '../fake-slack.ts';
import type { FakeSlackOptions } from '../start.ts';

async function openPosting(options: FakeSlackOptions = {}, client: webApi.WebClientOptions = {}) {
  const slack = await openFakeSlack(options);
  const channel = slack.addChannel('papers');
  const web = openWebClient(slack, client);
  const post = (to = channel) => web.chat.postMessage({ channel: to.id, text: 'x', ...QUIET });
  return { slack, channel, web, post };
}

const RETRYING: webApi.WebClientOptions = { retryConfig: { retries: 2, minTimeout: 1, maxTimeout: 1 } };

it('the fake Slack can lose the reply of a request that it carried out, so that a client that retries posts twice', async () => {
  const { slack, channel, post } = await openPosting({}, RETRYING);
  slack.faults.next({ kind: 'loseAnswer' });
  await post();
  expect(channel.messages).toHaveLength(2);
});

it('the fake Slack can drop a request without carrying it out', async () => {
  const { slack, channel, post } = await openPosting();
  slack.faults.next({ kind: 'drop', match: ({ route }) => route === 'chat.postMessage' });
  await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
  expect(channel.messages).toEqual([]);
});

it.each(['before', 'after'] as const)('the fake Slack can fail %s carrying out a request', async (when) => {
  const { slack, channel, post } = await openPosting();
  slack.faults.next({ kind: 'serverError', status: 503, when });
  await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 503 });
  expect(channel.messages).toHaveLength(when === 'after' ? 1 : 0);
});

it('the fake Slack can ask a client to wait', async () => {
  const { slack, channel, post } = await openPosting();
  slack.faults.next({ kind: 'rateLimit', retryAfter: 30 });
  await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 30 });
  expect([channel.messages.length, slack.requests[0]?.status]).toEqual([0, 429]);
});

it('the fake Slack can refuse requests with an error code a given number of times', async () => {
  const { slack, post } = await openPosting();
  slack.faults.next({ kind: 'refuse', error: 'internal_error', times: 2 });
  for (let n = 0; n < 2; n++)
    await expect(post()).rejects.toMatchObject({ data: { error: 'internal_error' } });
  await post();
});

it('the fake Slack can leave a request without an answer after carrying it out', async () => {
  const { slack, channel, post } = await openPosting({}, { timeout: 200 });
  slack.faults.next({ kind: 'hang', when: 'after' });
  await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
  expect(channel.messages).toHaveLength(1);
});

it('the fake Slack allows a channel five messages in a burst, then one a second', async () => {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const { slack, post } = await openPosting({ clock, limits: true });
  for (let n = 0; n < 5; n++) await post();
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
  expect(slack.violations.splice(0)).toEqual([expect.stringContaining('chat.postMessage: more requests')]);
  await post(slack.addChannel('other'));
  await clock.advance(1_000);
  await post();
});

it('the fake Slack allows a method as many calls a minute as its tier, in each workspace', async () => {
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const { slack, web } = await openPosting({ clock, limits: true });
  for (let n = 0; n < 20; n++) await web.users.list({});
  await expect(web.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
  slack.violations.splice(0);
  await openWebClient(slack, {}, slack.addWorkspace('Other').token).users.list({});
});

it('the fake Slack records a method that it does not know', async () => {
  const { slack, web } = await openPosting();
  await expect(web.apiCall('chat.typo')).rejects.toMatchObject({ data: { error: 'unknown_method' } });
  expect(slack.violations.splice(0)).toEqual(['chat.typo: no such method in this fake']);
});
