/**
 * What Discord takes in one message. Lengths are in characters, which we count as UTF-16 units: never fewer than Discord
 * counts. It refuses a message that is over any of them as a whole.
 */

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
export const EMBED_TITLE = 256;
export const EMBED_DESCRIPTION = 4_096;
export const EMBED_FIELDS = 25;
export const FIELD_NAME = 256;
export const FIELD_VALUE = 1_024;
export const FOOTER_TEXT = 2_048;
export const AUTHOR_NAME = 256;
/** Over titles, descriptions, names and values of fields, footers and authors of all embeds of a message. */
export const EMBEDS_TOTAL = 6_000;

// Not in the prose of the documentation, but in its OpenAPI document: `RichEmbed` and `RichEmbedImage` of
// https://github.com/discord/discord-api-spec/blob/main/specs/openapi.json
export const EMBED_URL = 2_048;
/** The text of an image for those who do not see it. */
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

/** Unique in its message. https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id */
export const CUSTOM_ID = 100;

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
export const CHOICES = 25;
export const CHOICE_NAME = 100;
export const CHOICE_VALUE = 100;

// https://discord.com/developers/docs/resources/message#create-message
export const NONCE = 25;

// https://discord.com/developers/docs/resources/channel#start-thread-from-message
export const THREAD_NAME = 100;
