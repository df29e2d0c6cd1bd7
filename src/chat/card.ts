/**
 * Answers as plain data that every platform renders in its own way.
 *
 * Text is literal. Bold, links and code are nodes, never markup inside a string, so that only a platform's
 * `markup.ts` escapes text, and a title that contains `@everyone` notifies nobody.
 */

export type Inline =
  | string
  | { readonly kind: 'bold' | 'italic' | 'code' | 'dim'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** A channel of the workspace that the card is posted to, by the platform's id; `text` is the fallback. */
  | { readonly kind: 'channel'; readonly channel: string; readonly text: string };

export type RichText = readonly Inline[];

/** `problem` marks an answer to a request that failed, `done` one that changed something. */
export type Tone = 'plain' | 'done' | 'problem';

export type Action =
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /**
   * A press runs `line` as if the person had typed it (`/papers trending date:2026-05-28`). The line is the
   * whole state, so a button works after a restart. `replace` puts the answer in place of this card (paging),
   * `answer` adds it.
   */
  | {
      readonly kind: 'run';
      readonly label: string;
      readonly line: string;
      readonly effect: 'replace' | 'answer';
    };

/** A paper on a card. `paper` is its id, which a reaction on the message saves. */
export interface Entry {
  readonly kind: 'entry';
  readonly paper: string;
  /** Position in a list, from 1, which `3`, `save 3` and 3️⃣ refer to. Absent on a card for one paper. */
  readonly number?: number;
  readonly title: string;
  readonly url?: string;
  /** Lines under the title: authors and organization, then date, categories, votes. */
  readonly meta: readonly RichText[];
  /** Paragraphs. */
  readonly body: readonly RichText[];
  readonly image?: { readonly url: string; readonly alt: string };
  readonly actions: readonly Action[];
  /**
   * Line that shows this paper alone. A numbered list offers it in a menu, where the platform has menus.
   */
  readonly opens?: string;
}

export type Block =
  | { readonly kind: 'text'; readonly text: RichText }
  | Entry
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'image'; readonly url: string; readonly alt: string }
  | { readonly kind: 'divider' };

export interface Field {
  readonly name: string;
  readonly value: RichText;
}

/** A file that belongs to an answer. */
export interface CardFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

export interface Card {
  readonly title?: string;
  readonly url?: string;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  readonly footer?: RichText;
  /** Sent along with the answer. The text of the card names it. */
  readonly file?: CardFile;
  /** Buttons of the whole card: previous page, next page, previous day. */
  readonly actions?: readonly Action[];
}

/** A card that is one sentence. */
export function sentence(text: string, tone: Tone = 'plain'): Card {
  return { tone, blocks: [{ kind: 'text', text: [text] }] };
}
