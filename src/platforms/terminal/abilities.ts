/** Detects the abilities of a terminal from environment variables. */

interface TerminalAbilities {
  readonly color: boolean;
  /** Hyperlinks as OSC 8: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
  readonly links: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PROGRAMS_WITH_LINKS = new Set([
  'WezTerm',
  'ghostty',
  'zed',
  'WarpTerminal',
  'vscode',
  'Hyper',
  'Tabby',
]);
const TERMS_WITH_LINKS = /^(?:alacritty|xterm-kitty|xterm-ghostty|foot|contour|wezterm)/;
/** VTE 0.50 (5000 in the variable) introduced links in GNOME Terminal and Tilix. */
const VTE_WITH_LINKS = 5000;
const KONSOLE_WITH_LINKS = 201_200;

/** Follows https://no-color.org and https://force-color.org first. A pipe gets neither colour nor links. */
export function terminalAbilities(env: Environment, stream: { readonly isTTY?: boolean }): TerminalAbilities {
  const capable = stream.isTTY === true && env['TERM'] !== 'dumb';
  const forced = isSet(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  const refused = isSet(env['NO_COLOR']) || env['FORCE_COLOR'] === '0' || env['FORCE_COLOR'] === 'false';
  const linksForced = isSet(env['FORCE_HYPERLINK']);
  return {
    color: !refused && (capable || forced),
    links: linksForced ? env['FORCE_HYPERLINK'] !== '0' : capable && showsLinks(env),
  };
}

function showsLinks(env: Environment): boolean {
  // Multiplexers report the outer terminal, but only pass links through if configured.
  if (isSet(env['TMUX']) || isSet(env['STY'])) return false;
  if (isSet(env['WT_SESSION']) || isSet(env['DOMTERM'])) return true;
  const program = env['TERM_PROGRAM'] ?? '';
  if (PROGRAMS_WITH_LINKS.has(program)) return true;
  if (program === 'iTerm.app') return Number.parseFloat(env['TERM_PROGRAM_VERSION'] ?? '') >= 3.1;
  if (Number(env['VTE_VERSION'] ?? 0) >= VTE_WITH_LINKS) return true;
  if (Number(env['KONSOLE_VERSION'] ?? 0) >= KONSOLE_WITH_LINKS) return true;
  return TERMS_WITH_LINKS.test(env['TERM'] ?? '');
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
