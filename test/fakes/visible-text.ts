/** The visible part of a text, on any platform: words, marks, links, and parts that the platform replaces. */

export type Seen =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly content: readonly Seen[] }
  | { readonly kind: 'link'; readonly url: string; readonly content: readonly Seen[] }
  /**
   * Parts that the platform replaces with something else: people, channels, commands, times, emoji, invites.
   */
  | { readonly kind: 'mention'; readonly source: string };

export type Mark =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'spoiler'
  | 'code'
  | 'code block'
  | 'heading'
  | 'subtext'
  | 'quote'
  | 'list';

export interface Summary {
  /** The words, without marks and links. */
  readonly text: string;
  /** Addresses, in order. */
  readonly links: readonly string[];
  readonly mentions: readonly string[];
  /** Each mark with the text inside it: `bold 1`. */
  readonly marks: readonly string[];
}

export function summary(seen: readonly Seen[]): Summary {
  const parts = seen.map(summaryOf);
  return {
    text: parts.map((part) => part.text).join(''),
    links: parts.flatMap((part) => part.links),
    mentions: parts.flatMap((part) => part.mentions),
    marks: parts.flatMap((part) => part.marks),
  };
}

function summaryOf(part: Seen): Summary {
  switch (part.kind) {
    case 'text':
      return { text: part.text, links: [], mentions: [], marks: [] };
    case 'mention':
      return { text: part.source, links: [], mentions: [part.source], marks: [] };
    case 'link': {
      const inner = summary(part.content);
      return { ...inner, links: [part.url, ...inner.links] };
    }
    case 'mark': {
      const inner = summary(part.content);
      const isBlock = ['heading', 'subtext', 'quote', 'list'].includes(part.mark);
      return {
        ...inner,
        // The line end belongs to the block.
        text: isBlock ? `${inner.text.replace(/\n$/, '')}\n` : inner.text,
        marks: [`${part.mark} ${inner.text}`, ...inner.marks],
      };
    }
  }
}
