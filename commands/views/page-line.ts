/** A command's own line with something changed: what its paging buttons hold. */
import type { Command } from '../../src/command/define.ts';
import { formatLine } from '../../src/command/line.ts';

type Values = Readonly<Record<string, string | number | undefined>>;

/** The line that asks the same with `changes`. Defaults are left out: a platform's button holds few characters. */
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
