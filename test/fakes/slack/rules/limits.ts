/** Limits of blocks, messages and views: https://docs.slack.dev/reference/block-kit */

export const MESSAGE_BLOCKS = 50;
export const VIEW_BLOCKS = 100;
export const SECTION_TEXT = 3_000;
export const FIELDS = 10;
export const FIELD_TEXT = 2_000;
export const HEADER_TEXT = 150;
export const CONTEXT_ELEMENTS = 10;
export const CONTEXT_TEXT = 2_000;
export const ACTIONS_ELEMENTS = 25;
export const BUTTON_TEXT = 75;
export const BUTTON_VALUE = 2_000;
export const URL_LENGTH = 3_000;
export const ID_LENGTH = 255;
export const SELECT_OPTIONS = 100;
export const OVERFLOW_OPTIONS = 5;
export const RADIO_OPTIONS = 10;
export const OPTION_TEXT = 75;
export const OPTION_VALUE = 150;
export const PLACEHOLDER = 150;
export const ALT_TEXT = 2_000;
export const IMAGE_TITLE = 2_000;
export const LABEL = 2_000;
export const MARKDOWN_TEXT = 12_000;
export const CONFIRM_TITLE = 100;
export const CONFIRM_TEXT = 300;
export const CONFIRM_BUTTON = 30;
export const TABLE_ROWS = 100;
export const TABLE_COLUMNS = 20;
/**
 * All texts of a message's blocks together. Undocumented; measured. Beyond it, Slack returns
 * `msg_blocks_too_long`.
 */
export const BLOCKS_TOGETHER = 13_200;

/** Recommended. Beyond it Slack may split a message. `chat.update` refuses more. */
export const TEXT = 4_000;
/** Beyond it Slack truncates. */
export const TEXT_CUT = 40_000;
export const METADATA_BYTES = 8_000;

export const VIEW_TITLE = 24;
export const PRIVATE_METADATA = 3_000;
/** Views stacked on each other. */
export const STACK = 3;
