/**
 * What Slack takes in a message, a view and an app's manifest. Lengths are in characters, which we count as UTF-16 units: never
 * fewer than Slack counts. It refuses what is over any of them as a whole.
 */

// https://docs.slack.dev/reference/block-kit/blocks
export const MESSAGE_BLOCKS = 50;
/** Of a modal or of App Home. https://docs.slack.dev/reference/views */
export const VIEW_BLOCKS = 100;
/** Over the texts of all blocks of a message. Slack documents the error (`msg_blocks_too_long`) without the figure, which people measured. */
export const BLOCKS_TOTAL = 13_200;

/** Recommended is 4,000 at most; Slack cuts at 40,000. https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
export const MESSAGE_TEXT = 3_000;

// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
export const TEXT_OBJECT = 3_000;
// https://docs.slack.dev/reference/block-kit/blocks/header-block
export const HEADER_TEXT = 150;
// https://docs.slack.dev/reference/block-kit/blocks/image-block
export const IMAGE_URL = 3_000;
export const IMAGE_ALT = 2_000;
// https://docs.slack.dev/reference/block-kit/blocks/actions-block
export const ACTIONS = 25;
// https://docs.slack.dev/reference/block-kit/blocks/input-block
export const INPUT_LABEL = 2_000;
export const INPUT_HINT = 2_000;

/** Of a block, unique in its message or view. */
export const BLOCK_ID = 255;
/** Of an element, unique in its block; we keep it unique in its message. */
export const ACTION_ID = 255;

// https://docs.slack.dev/reference/block-kit/block-elements/button-element
export const BUTTON_TEXT = 75;
export const BUTTON_VALUE = 2_000;
export const BUTTON_URL = 3_000;

// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
export const SELECT_OPTIONS = 100;
// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
export const OPTION_TEXT = 75;
export const OPTION_VALUE = 150;
// https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
export const INPUT_LENGTH = 3_000;

// https://docs.slack.dev/reference/views/modal-views
export const MODAL_TITLE = 24;
export const MODAL_BUTTON = 24;
export const PRIVATE_METADATA = 3_000;

// https://docs.slack.dev/reference/app-manifest
export const APP_NAME = 35;
export const APP_DESCRIPTION = 140;
export const APP_LONG_DESCRIPTION = { least: 175, most: 4_000 } as const;
export const COMMANDS = 50;
export const COMMAND_NAME = 32;
export const COMMAND_DESCRIPTION = 2_000;
export const USAGE_HINT = 1_000;
export const SHORTCUTS = 10;
export const SHORTCUT_NAME = 24;
export const SHORTCUT_DESCRIPTION = 150;
export const CALLBACK_ID = 255;
export const UNFURL_DOMAINS = 5;
