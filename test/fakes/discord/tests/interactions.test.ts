/** Commands, buttons, suggestions and menus with the real client. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonStyle,
  ComponentType,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import { expect, it } from 'vitest';
import { codeOf, openReadyClient } from '../client.ts';
import { openFakeDiscord } from '../fake-discord.ts';
import { ClientRefusal } from '../people/refusal.ts';
import { buttonsOf, shownText } from '../people/shown.ts';

const COMMANDS = [
  {
    name: 'papers',
    description: 'Research papers',
    options: [
      {
        name: 'search',
        description: 'Find papers',
        type: ApplicationCommandOptionType.Subcommand as const,
        options: [
          {
            name: 'query',
            description: 'What',
            type: ApplicationCommandOptionType.String as const,
            required: true,
            autocomplete: true,
            maxLength: 300,
          },
          {
            name: 'limit',
            description: 'How many',
            type: ApplicationCommandOptionType.Integer as const,
            minValue: 1,
            maxValue: 10,
          },
        ],
      },
    ],
  },
  { name: 'Summarise', type: ApplicationCommandType.Message as const },
];

async function openBot(handle: (interaction: Interaction) => Promise<unknown>) {
  const discord = await openFakeDiscord();
  const channel = discord.addGuild().channel('papers');
  const client = await openReadyClient(discord);
  await client.application.commands.set(COMMANDS);
  client.on('interactionCreate', (interaction) => void handle(interaction));
  return { discord, channel, client, ada: discord.addPerson('ada') } as const;
}

it('the fake Discord sends the bot a command with its options, and shows the reply to the person', async () => {
  const { channel, ada } = await openBot(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply(`Found **${interaction.options.getString('query')}** \\*`);
  });
  const message = await ada.command(channel, 'papers', 'search', { query: 'mixtures', limit: 3 }).answered;
  expect(shownText(message)).toBe('Found mixtures *');
  expect(channel.messages).toEqual([message]);
  expect(message.interactionOwner).toBe(ada.user);
});

it('the fake Discord offers only registered commands, and values within their limits', async () => {
  const { channel, ada } = await openBot(async () => {});
  const search = (values: Record<string, string | number>) => () =>
    ada.command(channel, 'papers', 'search', values);
  expect(() => ada.command(channel, 'papers', 'nothing')).toThrow(ClientRefusal);
  expect(search({})).toThrow('query is required');
  expect(search({ query: 'x', limit: 11 })).toThrow('limit is above 10');
  expect(search({ query: 'x'.repeat(301) })).toThrow('query is longer than 300');
  expect(search({ query: 'x', other: 1 })).toThrow('There is no option other');
});

it('the fake Discord fills a deferred answer, keeps its visibility, and deletes it', async () => {
  const { discord, channel, ada } = await openBot(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply({ embeds: [{ title: 'Found', url: 'https://example.org/1' }] });
    const more = await interaction.followUp('More');
    await interaction.deleteReply(more);
  });
  const interaction = ada.command(channel, 'papers', 'search', { query: 'x' });
  const message = await interaction.answered;
  expect(await interaction.acknowledged).toMatchObject({ type: 5 });
  expect(message.ephemeral).toBe(true);
  expect(shownText(message)).toBe('Found\nhttps://example.org/1');
  await discord.until(() => [...channel.everything.values()].some(({ deleted }) => deleted));
  expect(interaction.messages()).toEqual([message]);
  expect(channel.messages).toEqual([]);
});

it('the fake Discord turns the first follow-up into the deferred answer', async () => {
  const { channel, ada } = await openBot(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.followUp({ content: 'Only you', flags: MessageFlags.Ephemeral });
  });
  const interaction = ada.command(channel, 'papers', 'search', { query: 'x' });
  const message = await interaction.answered;
  expect(message.ephemeral).toBe(false);
  expect(interaction.messages()).toEqual([message]);
});

it('the fake Discord requests suggestions while a person types', async () => {
  const { channel, ada } = await openBot(async (interaction) => {
    if (!interaction.isAutocomplete()) return;
    await interaction.respond([{ name: `${interaction.options.getFocused()}…`, value: 'mixtures' }]);
  });
  expect(await ada.autocomplete(channel, 'papers', 'search', 'query', 'mix')).toEqual([
    { name: 'mix…', value: 'mixtures' },
  ]);
  expect(() => ada.autocomplete(channel, 'papers', 'search', 'limit', '1')).toThrow(ClientRefusal);
});

it('the fake Discord presses buttons, and shows an ephemeral message only to its person', async () => {
  const { discord, channel, ada } = await openBot(async (interaction) => {
    const row = (label: string) => ({
      type: ComponentType.ActionRow as const,
      components: [
        { type: ComponentType.Button as const, style: ButtonStyle.Primary as const, label, custom_id: label },
        {
          type: ComponentType.Button as const,
          style: ButtonStyle.Link as const,
          label: 'arXiv',
          url: 'https://arxiv.org',
        },
      ],
    });
    if (interaction.isChatInputCommand()) {
      await interaction.reply({
        content: 'Page 1',
        components: [row('Next')],
        flags: MessageFlags.Ephemeral,
      });
    } else if (interaction.isButton()) {
      await interaction.update({ content: 'Page 2', components: [row('Previous')] });
    }
  });
  const message = await ada.command(channel, 'papers', 'search', { query: 'x' }).answered;
  expect(buttonsOf(message).map(({ label, url }) => url ?? label)).toEqual(['Next', 'https://arxiv.org']);
  expect(() => discord.addPerson('bob').press(message, 'Next')).toThrow(ClientRefusal);
  expect(() => ada.press(message, 'arXiv')).toThrow('opens https://arxiv.org');
  const updated = await ada.press(message, 'Next').answered;
  expect(updated).toBe(message);
  expect(message.content).toBe('Page 2');
  expect(() => ada.press(message, 'Next')).toThrow('it has Previous, arXiv');
});

it('the fake Discord gives the bot the text of a message that a person chose from its menu', async () => {
  const { channel, ada } = await openBot(async (interaction) => {
    if (interaction.isMessageContextMenuCommand())
      await interaction.reply(`About ${interaction.targetMessage.content}`);
  });
  const said = ada.say(channel, 'arxiv.org/abs/2605.00001');
  expect((await ada.menu(said, 'Summarise').answered).content).toBe('About arxiv.org/abs/2605.00001');
});

it('the fake Discord accepts commands in direct messages, unless they are only for servers', async () => {
  const { client, ada } = await openBot(async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply('Hello');
  });
  const message = await ada.command(ada.dm(), 'papers', 'search', { query: 'x' }).answered;
  expect(ada.dm().messages).toEqual([message]);
  await client.application.commands.set([{ name: 'papers', description: 'd', contexts: [0] }]);
  expect(() => ada.command(ada.dm(), 'papers', undefined)).toThrow('not offered in direct messages');
});

it('the fake Discord offers a restricted command only to managers, until a server opens it to everyone', async () => {
  const { discord, channel, client, ada } = await openBot(async (interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply(`${interaction.memberPermissions?.has('ManageChannels')}`);
  });
  await client.application.commands.set([
    { name: 'papers', description: 'd', defaultMemberPermissions: 'ManageChannels' },
  ]);
  expect(() => ada.command(channel, 'papers', undefined)).toThrow('not offered to this person');
  const boss = discord.addPerson('boss', { admin: true });
  expect((await boss.command(channel, 'papers', undefined).answered).content).toBe('true');
  channel.guild?.openCommand('papers');
  expect((await ada.command(channel, 'papers', undefined).answered).content).toBe('false');
});

it('the fake Discord opens a form and submits it', async () => {
  const { channel, ada } = await openBot(async (interaction) => {
    if (interaction.isChatInputCommand()) {
      await interaction.showModal({
        custom_id: 'form',
        title: 'Feed',
        components: [{ type: 1, components: [{ type: 4, custom_id: 'zone', label: 'Zone', style: 1 }] }],
      });
    } else if (interaction.isModalSubmit()) {
      await interaction.reply(interaction.fields.getTextInputValue('zone'));
    }
  });
  const opened = ada.command(channel, 'papers', 'search', { query: 'x' });
  const submitted = await ada.submit(channel, opened, { zone: 'Europe/Berlin' });
  expect((await submitted.answered).content).toBe('Europe/Berlin');
});

it('the fake Discord can send an interaction twice, and refuses and records a second acknowledgement', async () => {
  const codes: unknown[] = [];
  const { discord, channel, ada } = await openBot(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply('Once').catch((error: { code: unknown }) => codes.push(error.code));
  });
  discord.allow(/acknowledged twice/);
  const interaction = ada.command(channel, 'papers', 'search', { query: 'x' });
  await interaction.answered;
  discord.redeliver(interaction);
  await expect.poll(() => codes).toEqual([40060]);
  expect(channel.messages).toHaveLength(1);
});

it('the fake Discord lists commands with all defaults filled in, and keeps their IDs', async () => {
  const { client, discord } = await openBot(async () => {});
  const before = await client.application.commands.fetch();
  expect(before.map(({ name }) => name)).toEqual(['papers', 'Summarise']);
  const raw = (await client.rest.get(`/applications/${discord.applicationId}/commands`)) as object[];
  expect(raw[0]).toEqual({
    id: expect.any(String),
    application_id: discord.applicationId,
    version: expect.any(String),
    default_member_permissions: null,
    type: 1,
    name: 'papers',
    description: 'Research papers',
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    options: [
      {
        type: 1,
        name: 'search',
        description: 'Find papers',
        options: [
          {
            type: 3,
            name: 'query',
            description: 'What',
            required: true,
            autocomplete: true,
            max_length: 300,
          },
          { type: 4, name: 'limit', description: 'How many', min_value: 1, max_value: 10 },
        ],
      },
    ],
  });
  const after = await client.application.commands.set(COMMANDS);
  expect([...after.keys()]).toEqual([...before.keys()]);
  expect(discord.registeredCommands()).toHaveLength(2);
});

it.each([
  ['26 suggestions', Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` }))],
  ['a suggestion of 101 characters', [{ name: 'x'.repeat(101), value: 'x' }]],
  ['a value of 101 characters', [{ name: 'x', value: 'x'.repeat(101) }]],
])('the fake Discord refuses %s', async (_, choices) => {
  let refused: unknown;
  const { discord, channel, ada } = await openBot(async (interaction) => {
    if (interaction.isAutocomplete()) refused = await codeOf(interaction.respond(choices));
  });
  void ada.autocomplete(channel, 'papers', 'search', 'query', 'x');
  await expect.poll(() => refused).toBe(50035);
  expect(discord.violations.splice(0)).not.toEqual([]);
});
