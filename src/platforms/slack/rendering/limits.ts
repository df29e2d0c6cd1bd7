/**
 * Slack's limits for messages, views and app manifests. Slack rejects the whole request when one is exceeded.
 * Lengths are in characters; we count UTF-16 units, which are never fewer.
 */

// https://docs.slack.dev/reference/block-kit/blocks
export const MESSAGE_BLOCKS = 50;
/** Blocks of a modal or of App Home. https://docs.slack.dev/reference/views */
export const VIEW_BLOCKS = 100;
/**
 * Text of all blocks of a message. Slack documents the error (`msg_blocks_too_long`) but not the number,
 * which was measured.
 */
export const BLOCKS_TOTAL = 13_200;

/**
 * Slack recommends 4,000 and truncates at 40,000.
 * https://docs.slack.dev/changelog/2018-truncating-really-long-messages
 */
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

/** Block ids are unique in a message or view. */
export const BLOCK_ID = 255;
/** Action ids are unique in a block; ours are unique in a message. */
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
