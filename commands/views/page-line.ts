/** Builds the line for a paging button: the same command with a few changes. */
import type { Command } from '../../src/command/define.ts';
import { formatLine } from '../../src/command/line.ts';

type Values = Readonly<Record<string, string | number | undefined>>;

/** The command's line with `changes`. Defaults are left out, because a button's line must be short. */
export function pageLine(
  { root, name, options }: Pick<Command<never>, 'root' | 'name' | 'options'>,
  args: Values,
  changes: Values = {},
): string {
  const values = Object.entries({ ...args, ...changes }).filter(([option, value]) => {
    const known = options[option];
    return !(known && 'default' in known && known.default === value);
  });
  return formatLine({ root, name, args: Object.fromEntries(values) });
}
