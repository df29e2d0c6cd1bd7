/** The shapes of a bot's requests, as far as the fake reads them. The schemas check the rest. */

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Embed {
  readonly title?: string | null;
  readonly url?: string | null;
  readonly description?: string | null;
  readonly color?: number | null;
  readonly timestamp?: string | null;
  readonly author?: { readonly name?: string | null; readonly url?: string | null } | null;
  readonly footer?: { readonly text?: string | null } | null;
  readonly image?: EmbedImage | null;
  readonly thumbnail?: EmbedImage | null;
  readonly fields?: readonly EmbedField[] | null;
}

export interface EmbedImage {
  readonly url?: string | null;
  readonly description?: string | null;
}

export interface EmbedField {
  readonly name: string;
  readonly value: string;
  readonly inline?: boolean | null;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

export interface SelectOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
}

/** A row, a button, a menu or a text input, depending on `type`. */
export interface Component {
  readonly type: number;
  readonly components?: readonly Component[] | null;
  readonly component?: Component | null;
  readonly accessory?: Component | null;
  readonly custom_id?: string | null;
  readonly label?: string | null;
  readonly style?: number | null;
  readonly url?: string | null;
  readonly disabled?: boolean | null;
  readonly emoji?: { readonly id?: string | null; readonly name?: string | null } | null;
  readonly placeholder?: string | null;
  readonly options?: readonly SelectOption[] | null;
  readonly content?: string | null;
  readonly required?: boolean | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
}

export interface AllowedMentions {
  readonly parse?: readonly string[] | null;
  readonly users?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
  readonly replied_user?: boolean | null;
}

/** Fields of every request that creates or changes a message. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly Embed[] | null;
  readonly components?: readonly Component[] | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: AllowedMentions | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: { readonly message_id?: string | null } | null;
  readonly attachments?: readonly unknown[] | null;
}

export interface CallbackBody {
  readonly type: number;
  readonly data?:
    | (MessageBody & {
        readonly choices?: readonly Choice[] | null;
        readonly custom_id?: string;
        readonly title?: string;
      })
    | null;
}

export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly Choice[] | null;
  readonly min_value?: number | null;
  readonly max_value?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly options?: readonly CommandOption[] | null;
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
}

export interface CommandBody {
  readonly name: string;
  readonly type?: number | null;
  readonly description?: string | null;
  readonly options?: readonly CommandOption[] | null;
  readonly default_member_permissions?: string | number | null;
  readonly dm_permission?: boolean | null;
  readonly contexts?: readonly number[] | null;
  readonly integration_types?: readonly number[] | null;
  readonly nsfw?: boolean | null;
  readonly name_localizations?: Readonly<Record<string, string>> | null;
  readonly description_localizations?: Readonly<Record<string, string>> | null;
}
