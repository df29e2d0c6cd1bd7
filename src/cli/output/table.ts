/** Prints tables on the command line. */
import stringWidth from 'string-width';
import { visible } from '../../chat/invisible.ts';

/** A header and one line per row. Cells may hold foreign text, so control characters are removed. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows.map((cells) => cells.map(visible))];
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => stringWidth(cells[column] ?? ''))));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell))).join('  ');
  return lines.map((cells) => `${line(cells).trimEnd()}\n`).join('');
}
