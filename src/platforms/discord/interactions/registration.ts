/** Converts command definitions to Discord's format, and compares them with the registered ones. */
import { isDeepStrictEqual } from 'node:util';
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandGroupOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocaleString,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { type Catalogue, type CommandShape, menuOptions, rootsOf } from '../../../command/catalogue.ts';
import type { MessageActionShape, Option, Root, RootFacts, Translations } from '../../../command/define.ts';

export interface Registrable {
  readonly catalogue: Catalogue;
  readonly menu: readonly MessageActionShape[];
  readonly roots: Readonly<Record<Root, RootFacts>>;
  /** By Discord's locale. */
  readonly translations: Partial<Record<LocaleString, Translations>>;
}

/** https://discord.com/developers/docs/interactions/application-commands */
const OPTION_LENGTH = 6_000;

type AnySubcommand = APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption;

export type Registration = RESTPostAPIApplicationCommandsJSONBody;

/**
 * Returns one command per root, with subcommands in the order of the catalogue, and one per message action.
 */
export function toRegistrations({ catalogue, menu, roots, translations }: Registrable): Registration[] {
  const localized = (key: string) => localizations(translations, key);

  const rootCommands = rootsOf(catalogue).map((name): Registration => {
    const { description, forManagers, groups = {} } = roots[name as Root];
    const commands = catalogue.filter(({ root }) => root === name);
    return {
      type: ApplicationCommandType.ChatInput,
      name,
      description,
      ...localized(name),
      options: commands.flatMap((command): AnySubcommand[] => {
        if (command.group === undefined) return [toSubcommand(command, localized)];
        const members = commands.filter(({ group }) => group?.name === command.group?.name);
        return members[0] === command ? [toGroup(command.group.name, groups, members, localized)] : [];
      }),
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, ...(forManagers ? [] : [InteractionContextType.BotDM])],
      default_member_permissions: forManagers ? String(PermissionFlagsBits.ManageChannels) : null,
    };
  });
  const menuCommands = menu.map(
    ({ label }): Registration => ({
      type: ApplicationCommandType.Message,
      name: label,
      ...nameLocalizations(translations, label),
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      default_member_permissions: null,
    }),
  );
  return [...rootCommands, ...menuCommands];
}

/**
 * True when the registered commands match. Ignores Discord's own fields (ids, versions), the order of
 * commands, and the difference between absent, null and false.
 */
export function isRegistered(wanted: readonly Registration[], registered: readonly unknown[]): boolean {
  const form = (commands: readonly unknown[]) =>
    commands
      .map((command) => meaningful(command))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return isDeepStrictEqual(form(wanted), form(registered));
}

function toGroup(
  name: string,
  descriptions: NonNullable<RootFacts['groups']>,
  members: Catalogue,
  localized: (key: string) => object,
): APIApplicationCommandSubcommandGroupOption {
  return {
    type: ApplicationCommandOptionType.SubcommandGroup,
    name,
    description: descriptions[name] ?? name,
    options: members.map((command) => toSubcommand(command, localized)),
  };
}

function toSubcommand(
  command: CommandShape,
  localized: (key: string) => object,
): APIApplicationCommandSubcommandOption {
  const options = menuOptions(command).map(([name, option]) => ({
    ...toOption(name, option),
    ...localized(`${command.root} ${command.name} ${name}`),
  }));
  const { attachment } = command;
  const file: APIApplicationCommandBasicOption[] = attachment
    ? [
        {
          ...attachment,
          type: ApplicationCommandOptionType.Attachment,
          required: false,
          ...localized(`${command.root} ${command.name} ${attachment.name}`),
        },
      ]
    : [];
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.group?.as ?? command.name,
    description: command.description,
    ...localized(`${command.root} ${command.name}`),
    // Discord requires mandatory options first.
    options: [...options, ...file].toSorted((a, b) => Number(b.required) - Number(a.required)),
  };
}

function toOption(name: string, option: Option): APIApplicationCommandBasicOption {
  const { description, required = false } = option;
  const facts = { name, description, required };
  switch (option.type) {
    case 'string':
      return {
        ...facts,
        type: ApplicationCommandOptionType.String,
        ...(option.maxLength !== undefined && { max_length: Math.min(option.maxLength, OPTION_LENGTH) }),
        ...(option.complete !== undefined && { autocomplete: true }),
      };
    case 'integer':
      return {
        ...facts,
        type: ApplicationCommandOptionType.Integer,
        ...(option.min !== undefined && { min_value: option.min }),
        ...(option.max !== undefined && { max_value: option.max }),
      };
    case 'choice':
      return {
        ...facts,
        type: ApplicationCommandOptionType.String,
        choices: option.choices.map((choice) => ({ name: choice, value: choice })),
      };
    case 'day':
      return { ...facts, type: ApplicationCommandOptionType.String, autocomplete: true };
  }
}

function localizations(translations: Registrable['translations'], key: string) {
  const found = translated(translations, key);
  return found === undefined ? {} : { description_localizations: found };
}

function nameLocalizations(translations: Registrable['translations'], label: string) {
  const found = translated(translations, label);
  return found === undefined ? {} : { name_localizations: found };
}

function translated(translations: Registrable['translations'], key: string) {
  const found = Object.entries(translations).flatMap(([locale, texts]) =>
    texts?.[key] === undefined ? [] : [[locale, texts[key]] as const],
  );
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Fields that Discord adds or represents in several ways. */
const NOT_OURS = new Set(['id', 'application_id', 'guild_id', 'version', 'dm_permission', 'nsfw', 'handler']);

function meaningful(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningful);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, each]) => !NOT_OURS.has(key) && each !== null && each !== undefined && each !== false)
    .filter(([, each]) => !(Array.isArray(each) && each.length === 0) && each !== '')
    .map(([key, each]) => [key, meaningful(each)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept);
}
