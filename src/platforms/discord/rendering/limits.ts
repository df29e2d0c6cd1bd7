/**
 * Discord's limits for messages and commands. Discord rejects the whole message when one is exceeded. Lengths
 * are in characters; we count UTF-16 units, which are never fewer.
 */

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
export const EMBED_TITLE = 256;
export const EMBED_DESCRIPTION = 4_096;
export const EMBED_FIELDS = 25;
export const FIELD_NAME = 256;
export const FIELD_VALUE = 1_024;
export const FOOTER_TEXT = 2_048;
export const AUTHOR_NAME = 256;
/** Total of titles, descriptions, field names and values, footers and authors of all embeds of a message. */
export const EMBEDS_TOTAL = 6_000;

// Only documented in the OpenAPI specification, as `RichEmbed` and `RichEmbedImage`:
// https://github.com/discord/discord-api-spec/blob/main/specs/openapi.json
export const EMBED_URL = 2_048;
/** Alternative text of an image. */
export const IMAGE_DESCRIPTION = 4_096;

// https://discord.com/developers/docs/components/reference#action-row
export const ACTION_ROWS = 5;
export const BUTTONS_IN_ROW = 5;

// https://discord.com/developers/docs/components/reference#button
export const BUTTON_LABEL = 80;
export const BUTTON_URL = 512;

// https://discord.com/developers/docs/components/reference#string-select
export const MENU_OPTIONS = 25;
/** As long as a value, which is shaped like a button's id. */
export const OPTION_LABEL = 100;

/**
 * Ids are unique in a message.
 * https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id
 */
export const CUSTOM_ID = 100;

// https://discord.com/developers/docs/interactions/application-commands#application-command-object
export const CHOICES = 25;
export const CHOICE_NAME = 100;
export const CHOICE_VALUE = 100;

// https://discord.com/developers/docs/resources/message#create-message
export const NONCE = 25;

// https://discord.com/developers/docs/resources/channel#start-thread-from-message
export const THREAD_NAME = 100;

/** Bytes of a file, where a request does not say more. */
export const ATTACHMENT = 10 * 1_048_576;

// https://discord.com/developers/docs/components/reference#text-input
export const MODAL_TITLE = 45;
export const MODAL_INPUTS = 5;
export const INPUT_LABEL = 45;
export const INPUT_TEXT = 4_000;
