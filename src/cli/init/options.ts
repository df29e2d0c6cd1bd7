/** Options of `init`: each value is an option, and each secret can also be read from a file. */
import { Option } from 'commander';
import { ASKED_NAMES, type AskedName, factsOf, isSecret } from './asked.ts';

export interface InitOptions {
  /** Never ask; replace existing values. */
  readonly yes: boolean;
  /** Questions are allowed. */
  readonly input: boolean;
  /** Check the values with the platforms. */
  readonly check: boolean;
  /** Also use values from the environment. */
  readonly fromEnv: boolean;
  /** Public address of the bot, for the manifest. */
  readonly slackUrl: string | undefined;
  readonly given: readonly Given[];
}

export interface Given {
  readonly name: AskedName;
  /** Option name for errors: `--discord-token-file`. */
  readonly flag: string;
  /** The value, or the path of a file with the value; `-` is standard input. */
  readonly text: string;
  readonly isFile: boolean;
}

interface Source {
  readonly name: AskedName;
  readonly isFile: boolean;
  readonly option: Option;
}

const GROUPS: readonly (readonly [prefix: string, group: string])[] = [
  ['DISCORD_', 'Discord:'],
  ['SLACK_', 'Slack:'],
  ['SECRET_KEY', 'Slack:'],
  ['OPENAI_', 'Language model:'],
];
const OTHER = 'Papers and data:';

/** `--discord-token <value>` and `--discord-token-file <file>`. */
function sources(): Source[] {
  return ASKED_NAMES.flatMap((name) => {
    const flag = `--${name.toLowerCase().replaceAll('_', '-')}`;
    const group = GROUPS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? OTHER;
    const value = new Option(`${flag} <value>`, factsOf(name).label).helpGroup(group);
    if (!isSecret(name)) return [{ name, isFile: false, option: value }];
    const file = new Option(`${flag}-file <file>`, 'file with the value, or - for standard input');
    return [
      { name, isFile: false, option: value },
      { name, isFile: true, option: file.helpGroup(group) },
    ];
  });
}

export function initOptions(): Option[] {
  return [
    ...sources().map(({ option }) => option),
    new Option('--slack-url <url>', 'public https address; prints the manifest for it').helpGroup('Slack:'),
    new Option('--from-env', 'also read these settings from the environment'),
    new Option('-y, --yes', 'never ask; replace existing values'),
    new Option('--no-input', 'never ask; keep existing values'),
    new Option('--no-check', 'write without checking the values with the platforms'),
  ];
}

export const INIT_HELP = `
Without options, init asks for the values. A secret given as an option is visible to others
on this machine and stays in the shell's history. Use a file, a pipe or the environment
instead.

  npm run paperboy -- init
  npm run paperboy -- init --discord-token-file token.txt --default-zone Europe/Berlin
  pass show discord | npm run paperboy -- init --discord-token-file - --yes
  DISCORD_TOKEN=… npm run paperboy -- init --from-env --no-input`;

/** Options as parsed by commander. */
export type RawOptions = Readonly<Record<string, string | boolean | undefined>>;

export function readOptions(raw: RawOptions): InitOptions {
  const given = sources().flatMap(({ name, isFile, option }) => {
    const text = raw[option.attributeName()];
    return typeof text === 'string' ? [{ name, isFile, text, flag: option.long ?? '' }] : [];
  });
  const { yes, input, check, fromEnv, slackUrl } = raw;
  return {
    yes: yes === true,
    input: input !== false,
    check: check !== false,
    fromEnv: fromEnv === true,
    slackUrl: typeof slackUrl === 'string' ? slackUrl : undefined,
    given,
  };
}
