/**
 * Signed requests that Slack never sends: each is refused, whatever it contains, and the bot keeps running.
 */
import { expect, it } from 'vitest';
import { signedBody } from '../../../fakes/slack/delivery/http.ts';
import type { Dispatch } from '../../../fakes/slack/model.ts';
import { seededRandom } from '../../../support/delivery.ts';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';
const MUTANTS = process.env['TEST_FAULTS'] === undefined ? 250 : 20_000;

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const form = (payload: string) => `payload=${encodeURIComponent(payload)}`;

async function openHttp() {
  const frame = await openFrame({ overHttp: true });
  const post = async (body: string, type = JSON_TYPE) => {
    const headers = { 'content-type': type, ...signedBody(frame.slack.signingSecret, body) };
    return (await fetch(frame.eventsUrl(), { method: 'POST', headers, body })).status;
  };
  return { ...frame, post };
}

const ODD = [
  ...['null', '0', '-1', 'true', '"text"', '[]', '[null]', '{}', '', ' ', '{', 'NaN', 'undefined'],
  ...['{"__proto__":{"type":"event_callback"}}', '{"__proto__":null}', '{"constructor":{"prototype":{}}}'],
  ...['{"type":null}', '{"type":"toString"}', '{"type":"__proto__"}', '{"type":["event_callback"]}'],
  ...['{"type":"event_callback"}', '{"type":"event_callback","event":null}'],
  '{"type":"event_callback","event":{"type":"app_mention"},"event_id":"E","event_time":1,"team_id":"T"}',
  ...['{"type":"url_verification"}', '{"type":"url_verification","challenge":{"a":1}}'],
  ...['{"type":"block_actions"}', '{"type":"block_actions","actions":[null]}', '{"type":"view_submission"}'],
  ...['{"type":"interactive_message"}', '{"actions":null}', '{"name":null}', '{"event":5}', '{"command":5}'],
  ...['\u0000', `${'['.repeat(100_000)}`, `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
];

it('a request that Slack never sends is answered with 400', async () => {
  const { channel, ada, post } = await openHttp();
  for (const body of ODD) {
    expect([body.slice(0, 60), await post(body)]).toEqual([body.slice(0, 60), 400]);
    expect([body.slice(0, 60), await post(form(body), FORM_TYPE)]).toEqual([body.slice(0, 60), 400]);
  }
  const forms = [
    '',
    'payload',
    'payload=',
    'payload=null&payload=null',
    'command=%2Fpapers',
    '__proto__=x',
    '%',
  ];
  for (const body of forms) expect([body, await post(body, FORM_TYPE)]).toEqual([body, 400]);
  expect(await post('{"type":"url_verification","challenge":"x"}')).toBe(200);
  expect(await post('{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1}')).toBe(200);
  expect(await post(`"${'x'.repeat(2_000_000)}"`)).toBe(413);
  expect((await ada.command(channel, '/papers', 'stats').answered).text).toContain('papers');
});

it('a request with any part changed is refused or harmless', { timeout: 1_800_000 }, async () => {
  const { slack, channel, ada, post } = await openHttp();
  const sent = await everyKind(slack, channel, ada);
  expect(new Set(sent.map(({ words, type }) => (type === 'events_api' ? words : type))).size).toBeGreaterThan(
    7,
  );
  // Answers that nobody receives may break any rule of the fake.
  slack.allow(/./);
  const draw = seededRandom(1);
  for (let count = 0; count < MUTANTS; count++) {
    const { type, payload } = sent[count % sent.length] as Dispatch;
    const changes = 1 + Math.floor(draw() * 2);
    const mutant = structuredClone(payload) as Node;
    for (let change = 0; change < changes; change++) mutate(mutant, draw);
    const body = JSON.stringify(mutant);
    const status =
      type === 'events_api'
        ? await post(body)
        : type === 'interactive'
          ? await post(form(body), FORM_TYPE)
          : await post(new URLSearchParams(strings(mutant)).toString(), FORM_TYPE);
    expect([200, 400], `${status} for ${body}`).toContain(status);
  }
  expect((await ada.command(channel, '/papers', 'stats').acknowledged).body).toEqual({});
});

type Frame = Awaited<ReturnType<typeof openHttp>>;

/** One request of each kind that Slack sends. */
async function everyKind(slack: Frame['slack'], channel: Frame['channel'], ada: Frame['ada']) {
  const list = await ada.command(channel, '/papers', 'trending').answered;
  await ada.press(list, 'Next ›').answered;
  const view = await ada.command(channel, '/papers', 'search').opened;
  await ada.submit(view, { query: 'experts' }).answered;
  const boss = slack.addPerson('boss', { admin: true });
  const follow = await boss.command(channel, '/paperfeed', 'follow').opened;
  await boss.suggest(follow, 'zone', 'berl').suggested;
  const said = ada.paste(channel, `https://arxiv.org/abs/${PAPER}`);
  await said.acknowledged;
  await ada.shortcut(said.message, 'save-papers-here').answered;
  await ada.react(list, 'bookmark').acknowledged;
  await ada.unreact(list, 'bookmark').acknowledged;
  await ada.mention(channel, 'stats').acknowledged;
  await ada.say(ada.dm(), 'stats', { files: ['a.pdf'] }).acknowledged;
  await ada.openHome().acknowledged;
  slack.revokeUserToken(ada);
  channel.changeId();
  await slack.until(() => slack.sent.every(({ acknowledged }) => acknowledged));
  return [...slack.sent];
}

type Node = Record<string, unknown> | unknown[];

const VALUES: readonly unknown[] = [
  ...[null, undefined, 0, -1, 1e300, true, false, '', ' ', 'x', '\u0000', '💥', '<@U1>', 'x'.repeat(9_000)],
  ...[[], [null], [[]], {}, { id: null }, { id: 5 }, { type: {} }, { length: -1 }, { toJSON: 1 }],
];

/** Replaces one value, or adds a key, somewhere. */
function mutate(root: Node, draw: () => number): void {
  const targets: (readonly [Node, string])[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      targets.push([node as Node, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(root);
  const [node, key] = targets[Math.floor(draw() * targets.length)] ?? [root, '__proto__'];
  const name =
    draw() < 0.1 ? (['__proto__', 'constructor', 'toString', 'then'][Math.floor(draw() * 4)] ?? '') : key;
  const value = structuredClone(VALUES[Math.floor(draw() * VALUES.length)]);
  Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true });
}

function strings(node: Node): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value ?? ''),
    ]),
  );
}
