/** The only place that writes escape sequences: literal text in, text that a terminal may be given out. */
import picocolors from 'picocolors';
import type { Inline, RichText } from '../../chat/card.ts';
import { visible, webUrl } from '../../chat/invisible.ts';

export interface PenOptions {
  readonly color: boolean;
  /** Links as OSC 8; without it the address stands in the text where it is wanted. */
  readonly links: boolean;
}

/** Those of the first group take literal text; those of the second what this pen has written. */
export interface Pen {
  /** @param addresses whether the address of a link is worth its room where links cannot be clicked */
  rich(text: RichText, addresses?: boolean): string;
  plain(text: string): string;
  bold(text: string): string;

  small(written: string): string;
  /** For what changed something. */
  done(written: string): string;
  /** For what could not be done. */
  problem(written: string): string;
  /** Clickable, when the terminal can and the address is a web address. */
  link(written: string, url: string | undefined): string;
}

export function openPen({ color, links }: PenOptions): Pen {
  const colors = picocolors.createColors(color);

  function link(written: string, url: string | undefined): string {
    const safe = links && url !== undefined ? webUrl(url) : undefined;
    return safe === undefined ? written : `\u001B]8;;${safe}\u0007${written}\u001B]8;;\u0007`;
  }

  function write(inline: Inline, addresses: boolean): string {
    if (typeof inline === 'string') return visible(inline);
    const shown = visible(inline.text);
    switch (inline.kind) {
      case 'channel':
        return shown;
      case 'bold':
        return colors.bold(shown);
      case 'italic':
        return colors.italic(shown);
      case 'dim':
        return colors.dim(shown);
      case 'code':
        return colors.cyan(shown);
      case 'link': {
        if (links) return link(colors.underline(shown), inline.url);
        const url = addresses && inline.text !== inline.url ? webUrl(inline.url) : undefined;
        return url === undefined ? shown : `${shown} (${url})`;
      }
    }
  }

  return {
    rich: (text, addresses = false) => text.map((inline) => write(inline, addresses)).join(''),
    plain: visible,
    bold: (text) => colors.bold(visible(text)),
    small: (written) => colors.dim(written),
    done: (written) => colors.green(written),
    problem: (written) => colors.yellow(written),
    link,
  };
}
