/**
 * Each limit is enforced: a request at the limit passes; one beyond it is refused with 50035 and recorded.
 */
import { expect, it } from 'vitest';
import { codeOf, openRest } from '../client.ts';
import { openFakeDiscord } from '../fake-discord.ts';
import type { CommandBody, MessageBody } from '../wire.ts';

const QUIET = { allowed_mentions: { parse: [] } };
const x = (length: number) => 'x'.repeat(length);
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'a', custom_id: 'a', ...more });
const link = (url: string) => button({ style: 5, url, custom_id: undefined });
const rows = (count: number, perRow = 1) => ({
  components: Array.from({ length: count }, (_, row) => ({
    type: 1,
    components: Array.from({ length: perRow }, (__, at) => button({ custom_id: `${row}.${at}` })),
  })),
});
const row = (...components: object[]) => ({ components: [{ type: 1, components }] });
const embed = (more: object) => ({ embeds: [more] });
const fields = (count: number, more: object = {}) =>
  embed({ fields: Array(count).fill({ name: 'n', value: 'v', ...more }) });
const menu = (more: object = {}) =>
  row({ type: 3, custom_id: 'm', options: [{ label: 'a', value: 'a' }], ...more });
const options = (count: number) => ({
  options: Array.from({ length: count }, (_, n) => ({ label: 'o', value: `${n}` })),
});

const LIMITS: readonly [what: string, fits: object, overruns: object][] = [
  ['content', { content: x(2_000) }, { content: x(2_001) }],
  ['embeds', { embeds: Array(10).fill({ title: 'x' }) }, { embeds: Array(11).fill({ title: 'x' }) }],
  ['title', embed({ title: x(256) }), embed({ title: x(257) })],
  ['description', embed({ description: x(4_096) }), embed({ description: x(4_097) })],
  ['fields', fields(25), fields(26)],
  ['field name', fields(1, { name: x(256) }), fields(1, { name: x(257) })],
  ['field value', fields(1, { value: x(1_024) }), fields(1, { value: x(1_025) })],
  ['empty field', fields(1), fields(1, { value: ' ' })],
  ['footer', embed({ footer: { text: x(2_048) } }), embed({ footer: { text: x(2_049) } })],
  ['author', embed({ author: { name: x(256) } }), embed({ author: { name: x(257) } })],
  [
    'embeds together',
    { embeds: [{ description: x(4_000) }, { description: x(2_000) }] },
    { embeds: [{ description: x(4_000) }, { description: x(2_001) }] },
  ],
  ['scheme', embed({ title: 'x', url: 'https://x.org' }), embed({ title: 'x', url: 'javascript:alert(1)' })],
  ['rows', rows(5), rows(6)],
  ['buttons', rows(1, 5), rows(1, 6)],
  ['label', row(button({ label: x(80) })), row(button({ label: x(81) }))],
  ['custom id', row(button({ custom_id: x(100) })), row(button({ custom_id: x(101) }))],
  ['same custom id', row(button(), button({ custom_id: 'b' })), row(button(), button())],
  ['button url', row(link(`https://x.org/${x(498)}`)), row(link(`https://x.org/${x(499)}`))],
  ['menu options', menu(options(25)), menu(options(26))],
  ['placeholder', menu({ placeholder: x(150) }), menu({ placeholder: x(151) })],
  ['nonce', { content: 'x', nonce: x(25) }, { content: 'x', nonce: x(26) }],
];

it.each(LIMITS)('the fake Discord enforces the limit of a message: %s', async (_, fits, overruns) => {
  const discord = await openFakeDiscord();
  const { id } = discord.addGuild().channel('papers');
  const post = (body: MessageBody) =>
    openRest(discord).post(`/channels/${id}/messages`, { body: { ...QUIET, ...body } });
  expect(await codeOf(post(fits))).toBe('carried out');
  expect(discord.violations).toEqual([]);
  expect(await codeOf(post(overruns))).toBe(50035);
  expect(discord.violations.splice(0)).not.toEqual([]);
});

it.each([
  undefined,
  {},
  { parse: ['users'] },
  { parse: [], users: ['1'] },
  { parse: [], replied_user: true },
])('the fake Discord records a message that may notify people: %o', async (allowed) => {
  const discord = await openFakeDiscord();
  const { id } = discord.addGuild().channel('papers');
  await openRest(discord).post(`/channels/${id}/messages`, {
    body: { content: 'x', allowed_mentions: allowed },
  });
  expect(discord.violations.splice(0)).toEqual([
    'POST /channels/:channel/messages: message without empty allowed_mentions',
  ]);
});

const option = (more: object = {}) => ({ type: 3, name: 'o', description: 'd', ...more });
const many = (count: number, make: (n: number) => object) => Array.from({ length: count }, (_, n) => make(n));

const COMMANDS: readonly [what: string, fits: object, refused: object][] = [
  ['name', { name: 'größe-1' }, { name: 'Papers' }],
  ['long name', { name: x(32) }, { name: x(33) }],
  ['description', { description: x(100) }, { description: x(101) }],
  [
    'options',
    { options: many(25, (n) => option({ name: `o${n}` })) },
    { options: many(26, (n) => option({ name: `o${n}` })) },
  ],
  [
    'choices',
    { options: [option({ choices: many(25, (n) => ({ name: `${n}`, value: `${n}` })) })] },
    { options: [option({ choices: many(26, (n) => ({ name: `${n}`, value: `${n}` })) })] },
  ],
  [
    'order',
    { options: [option({ required: true }), option({ name: 'p' })] },
    { options: [option(), option({ name: 'p', required: true })] },
  ],
  ['same option', { options: [option(), option({ name: 'p' })] }, { options: [option(), option()] }],
  [
    'size',
    {
      options: many(25, (n) =>
        option({
          name: `o${n}`,
          description: x(100),
          choices: many(2, (m) => ({ name: `${m}`.padEnd(95, 'x'), value: `${m}` })),
        }),
      ),
    },
    {
      options: many(25, (n) =>
        option({
          name: `o${n}`,
          description: x(100),
          choices: many(3, (m) => ({ name: `${m}`.padEnd(95, 'x'), value: `${m}` })),
        }),
      ),
    },
  ],
];

it.each(COMMANDS)('the fake Discord enforces the limit of a command: %s', async (_, fits, refused) => {
  const discord = await openFakeDiscord();
  const rest = openRest(discord);
  const put = (body: Partial<CommandBody>) =>
    rest.put(`/applications/${discord.applicationId}/commands`, {
      body: [{ name: 'papers', description: 'd', ...body }],
    });
  expect(await codeOf(put(fits))).toBe('carried out');
  expect(await codeOf(put(refused))).toBe(50035);
  expect(discord.violations.splice(0)).not.toEqual([]);
  expect(discord.registeredCommands()).toHaveLength(1);
});
