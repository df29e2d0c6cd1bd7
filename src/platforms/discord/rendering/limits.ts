/**
 * Discord's limits for a message, which it rejects as a whole if it exceeds any of them. Lengths are in
 * UTF-16 units, of which there are at least as many as characters.
 */

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
export const EMBED_TITLE = 256;
export const EMBED_DESCRIPTION = 4_096;
export const EMBED_FIELDS = 25;
export const FIELD_NAME = 256;
export const FIELD_VALUE = 1_024;
export const FOOTER_TEXT = 2_048;
export const AUTHOR_NAME = 256;
/** Sum of titles, descriptions, footers, authors, and names and values of fields in all embeds. */
export const EMBEDS_TOTAL = 6_000;

// Not in the documentation, but in the OpenAPI specification: `RichEmbed` and `RichEmbedImage` of
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

// https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id
export const CUSTOM_ID = 100;

// https://discord.com/developers/docs/interactions/application-commands#application-command-object
export const CHOICES = 25;
export const CHOICE_NAME = 100;
export const CHOICE_VALUE = 100;

// https://discord.com/developers/docs/resources/message#create-message
export const NONCE = 25;

// https://discord.com/developers/docs/resources/channel#start-thread-from-message
export const THREAD_NAME = 100;
