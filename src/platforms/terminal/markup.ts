/**
 * Writes text for a terminal. The only module that creates escape sequences; it removes those in the input.
 */
import picocolors from 'picocolors';
import type { Inline, RichText } from '../../chat/card.ts';
import { visible, webUrl } from '../../chat/invisible.ts';

export interface PenOptions {
  readonly color: boolean;
  /** Writes links as OSC 8; otherwise the URL is part of the text. */
  readonly links: boolean;
}

/** The first three methods take literal text, the others take output of this pen. */
export interface Pen {
  /** @param addresses true to print URLs when links are not clickable */
  rich(text: RichText, addresses?: boolean): string;
  plain(text: string): string;
  bold(text: string): string;

  small(written: string): string;
  /** For success messages. */
  done(written: string): string;
  /** For failures. */
  problem(written: string): string;
  /** Clickable if the terminal supports it and the URL is a web address. */
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
