/** The command line of `init`: each value as an option, each secret also from a file. */
import { Option } from 'commander';
import { ASKED_NAMES, type AskedName, factsOf, isSecret } from './asked.ts';

export interface InitOptions {
  /** Never ask; replace what is set. */
  readonly yes: boolean;
  /** Whether anything may be asked. */
  readonly input: boolean;
  /** Whether the platforms are asked. */
  readonly check: boolean;
  /** Also take what is set in the environment. */
  readonly fromEnv: boolean;
  /** Where Slack reaches the bot, for the manifest. */
  readonly slackUrl: string | undefined;
  readonly given: readonly Given[];
}

export interface Given {
  readonly name: AskedName;
  /** For sentences: `--discord-token-file`. */
  readonly flag: string;
  /** The value itself, or the path of a file that holds it; `-` is standard input. */
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
const OTHER = 'Papers and place:';

/** `--discord-token <value>` and `--discord-token-file <file>`. */
function sources(): Source[] {
  return ASKED_NAMES.flatMap((name) => {
    const flag = `--${name.toLowerCase().replaceAll('_', '-')}`;
    const group = GROUPS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? OTHER;
    const value = new Option(`${flag} <value>`, factsOf(name).label).helpGroup(group);
    if (!isSecret(name)) return [{ name, isFile: false, option: value }];
    const file = new Option(`${flag}-file <file>`, 'a file with it, or - for standard input');
    return [
      { name, isFile: false, option: value },
      { name, isFile: true, option: file.helpGroup(group) },
    ];
  });
}

export function initOptions(): Option[] {
  return [
    ...sources().map(({ option }) => option),
    new Option('--slack-url <url>', 'public https address: prints the manifest for it').helpGroup('Slack:'),
    new Option('--from-env', 'take these settings from the environment too'),
    new Option('-y, --yes', 'never ask, and replace what is set'),
    new Option('--no-input', 'never ask, and replace nothing'),
    new Option('--no-check', 'write without asking the platforms whether it works'),
  ];
}

export const INIT_HELP = `
Without values it asks for them. A secret given as an option can be seen by others on
this machine and stays in the shell's history: rather name a file, pipe it in, or set it
in the environment.

  npm run paperboy -- init
  npm run paperboy -- init --discord-token-file token.txt --default-zone Europe/Berlin
  pass show discord | npm run paperboy -- init --discord-token-file - --yes
  DISCORD_TOKEN=… npm run paperboy -- init --from-env --no-input`;

/** What commander made of the command line. */
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
