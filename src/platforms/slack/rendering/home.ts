/** Renders App Home: saved papers with a search, feeds, trending papers, and first steps. */
import type { types } from '@slack/bolt';
import type { Card, RichText } from '../../../chat/card.ts';
import { BUTTON_BLOCKS, BUTTONS_TOTAL } from './buttons.ts';
import type { Space } from './layout.ts';
import { INPUT_LENGTH } from './limits.ts';
import { plainText, toElements, toPlain } from './markup.ts';
import { cardBlocks } from './render.ts';

export interface HomeContents {
  /** A page of the user's saved papers. */
  readonly saved: Card;
  /** Search in the list; `''` for all papers. */
  readonly query: string;
  readonly follows: Card;
  readonly trending: Card;
  /** Lines for new users. */
  readonly begin: readonly RichText[];
}

export interface Home {
  readonly view: types.HomeView;
  /** Must be stored before the view is published. */
  readonly lines: ReadonlyMap<string, string>;
}

/** Id of the search input; its value is the query. */
export const HOME_SEARCH = 'home.search';

/** Slack documents no total for views. These limits keep Home within three screens. */
const SHARE: Space = { blocks: BUTTON_BLOCKS + 18, characters: BUTTONS_TOTAL + 4_000 };
/** Ordinals reserved per card, more than its buttons. */
const ORDINALS = 100;
const LINE = 500;
const LINES = 20;

export function toHome({ saved, query, follows, trending, begin }: HomeContents): Home {
  const [list, feeds, trends] = [saved, follows, trending].map((card, at) =>
    cardBlocks(card, SHARE, at * ORDINALS),
  );
  const rule: types.DividerBlock = { type: 'divider' };
  const parts = [list, feeds, trends].flatMap((part) => (part ? [part] : []));
  return {
    view: {
      type: 'home',
      blocks: [
        searchInput(query),
        ...parts.flatMap(({ blocks }, at) => (at === 0 ? blocks : [rule, ...blocks])),
        ...(begin.length === 0 ? [] : [rule, ...beginBlocks(begin)]),
      ],
    },
    lines: new Map(parts.flatMap(({ lines }) => [...lines])),
  };
}

function searchInput(query: string): types.InputBlock {
  const words = toPlain([query], INPUT_LENGTH);
  return {
    type: 'input',
    block_id: HOME_SEARCH,
    dispatch_action: true,
    optional: true,
    label: plainText('Search your saved papers'),
    element: {
      type: 'plain_text_input',
      action_id: HOME_SEARCH,
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
      placeholder: plainText('Type words and press Enter'),
      ...(words !== '' && { initial_value: words }),
    },
  };
}

function beginBlocks(lines: readonly RichText[]): types.KnownBlock[] {
  const elements = lines
    .slice(0, LINES)
    .map((line) => toElements(line, LINE))
    .filter((line) => line.length > 0)
    .map((line): types.RichTextSection => ({ type: 'rich_text_section', elements: line }));
  if (elements.length === 0) return [];
  return [
    { type: 'header', text: plainText('First steps') },
    { type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] },
  ];
}
