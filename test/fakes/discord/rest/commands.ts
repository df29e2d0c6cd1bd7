/** Registration of commands, global and for one guild, with the fields that Discord adds in its responses. */
import type { RegisteredCommand } from '../model.ts';
import { CommandType } from '../protocol.ts';
import { invalidForm, type Problem, refusal } from '../refusal.ts';
import { COMMANDS, problemsOfCommand, problemsOfList } from '../rules/commands.ts';
import type { CommandBody, CommandOption, JsonObject } from '../wire.ts';
import type { World } from '../world.ts';
import { guildOf } from './find.ts';
import { type Answer, type Call, created, NO_CONTENT, ok, type Route } from './route.ts';

/** Discord leaves out defaults: `required: false`, an empty list, `null`. */
function toOptionJson(option: CommandOption, localized: boolean): JsonObject {
  const {
    options,
    choices,
    required,
    autocomplete,
    name_localizations: _,
    description_localizations: __,
    ...rest
  } = option;
  const given = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(localized && {
      name_localizations: option.name_localizations ?? null,
      description_localizations: option.description_localizations ?? null,
    }),
    ...(required && { required }),
    ...(autocomplete && { autocomplete }),
    ...(choices?.length && {
      choices: choices.map((choice) => ({ ...(localized && { name_localizations: null }), ...choice })),
    }),
    ...(options?.length && { options: options.map((each) => toOptionJson(each, localized)) }),
  };
}

/** A command as Discord returns it: with an ID, a version, and every default filled in. */
function toCommandJson(call: Call, command: RegisteredCommand, localized: boolean): JsonObject {
  const guild = call.params['guild'];
  const permissions = command.default_member_permissions;
  return {
    id: command.id,
    application_id: call.world.applicationId,
    version: command.version,
    default_member_permissions:
      permissions === null || permissions === undefined ? null : String(permissions),
    type: command.type,
    name: command.name,
    description: command.description ?? '',
    ...(guild
      ? { guild_id: guild }
      : {
          dm_permission: allowsDms(command),
          contexts: command.contexts ?? null,
          integration_types: command.integration_types ?? [0],
        }),
    nsfw: command.nsfw ?? false,
    ...(localized && {
      name_localizations: command.name_localizations ?? null,
      description_localizations: command.description_localizations ?? null,
    }),
    ...(command.options?.length && {
      options: command.options.map((option) => toOptionJson(option, localized)),
    }),
  };
}

/** `contexts` (1 is the direct message with the bot), or the older `dm_permission`. */
export function allowsDms({ contexts, dm_permission: older }: CommandBody): boolean {
  return contexts ? contexts.includes(1) : (older ?? true);
}

function shelfOf(call: Call): RegisteredCommand[] {
  if (call.params['application'] !== call.world.applicationId) throw refusal(20012);
  const key = call.params['guild'] ? guildOf(call).id : 'global';
  const shelf = call.world.commands.get(key) ?? [];
  call.world.commands.set(key, shelf);
  return shelf;
}

function refuseProblems({ world, where }: Call, problems: readonly Problem[]): void {
  for (const { path, message } of problems)
    world.journal.violation(`${where}: ${path.join('.')}: ${message}`);
  if (problems.length > 0) throw invalidForm(problems);
}

function typeOf({ type }: CommandBody): number {
  return type ?? CommandType.ChatInput;
}

/** A command with the same name and type keeps its ID. The version changes with the content. */
function register(world: World, shelf: readonly RegisteredCommand[], body: CommandBody): RegisteredCommand {
  const known = shelf.find(({ name, type }) => name === body.name && type === typeOf(body));
  return { ...body, type: typeOf(body), id: known?.id ?? world.newId(), version: world.newId() };
}

function overwrite(call: Call): Answer {
  const shelf = shelfOf(call);
  const bodies = call.body as readonly CommandBody[];
  refuseProblems(call, problemsOfList(bodies));
  const commands = bodies.map((body) => register(call.world, shelf, body));
  shelf.splice(0, shelf.length, ...commands);
  return ok(commands.map((command) => toCommandJson(call, command, true)));
}

function add(call: Call): Answer {
  const shelf = shelfOf(call);
  const body = call.body as CommandBody;
  refuseProblems(call, problemsOfCommand(body));
  const command = register(call.world, shelf, body);
  const at = shelf.findIndex(({ id }) => id === command.id);
  if (at < 0 && shelf.length >= COMMANDS) throw refusal(30032);
  shelf.splice(at < 0 ? shelf.length : at, at < 0 ? 0 : 1, command);
  const answer = toCommandJson(call, command, true);
  return at < 0 ? created(answer) : ok(answer);
}

function indexOf(call: Call, shelf: readonly RegisteredCommand[]): number {
  const at = shelf.findIndex(({ id }) => id === call.params['command']);
  if (at < 0) throw refusal(10063);
  return at;
}

function change(call: Call): Answer {
  const shelf = shelfOf(call);
  const at = indexOf(call, shelf);
  const before = shelf[at];
  if (!before) throw refusal(10063);
  const command = {
    ...before,
    ...(call.body as CommandBody),
    type: before.type,
    version: call.world.newId(),
  };
  refuseProblems(call, problemsOfCommand(command));
  shelf[at] = command;
  return ok(toCommandJson(call, command, true));
}

function routesOf(base: string, scope: '' | 'guild_'): Route[] {
  return [
    {
      method: 'GET',
      path: base,
      run: (call) => {
        const localized = call.query.get('with_localizations') === 'true';
        return ok(shelfOf(call).map((command) => toCommandJson(call, command, localized)));
      },
    },
    { method: 'PUT', path: base, operation: `bulk_set_${scope}application_commands`, run: overwrite },
    { method: 'POST', path: base, operation: `create_${scope}application_command`, run: add },
    {
      method: 'GET',
      path: `${base}/:command`,
      run: (call) => {
        const shelf = shelfOf(call);
        const command = shelf[indexOf(call, shelf)];
        return ok(command && toCommandJson(call, command, true));
      },
    },
    {
      method: 'PATCH',
      path: `${base}/:command`,
      operation: `update_${scope}application_command`,
      run: change,
    },
    {
      method: 'DELETE',
      path: `${base}/:command`,
      run: (call) => {
        const shelf = shelfOf(call);
        shelf.splice(indexOf(call, shelf), 1);
        return NO_CONTENT;
      },
    },
  ];
}

export const commandRoutes: readonly Route[] = [
  ...routesOf('/applications/:application/commands', ''),
  ...routesOf('/applications/:application/guilds/:guild/commands', 'guild_'),
];
