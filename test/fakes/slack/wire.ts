/** The shapes of a bot's requests, as far as the fake reads them. The schemas check the rest. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** `mrkdwn` or `plain_text`. */
export interface Text {
  readonly type: string;
  readonly text: string;
  readonly verbatim?: boolean;
  readonly emoji?: boolean;
}

export interface Option {
  readonly text: Text;
  readonly value?: string;
  readonly description?: Text;
}

/** Elements that people press, choose or fill in. */
export interface Element {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: Text | string;
  readonly url?: string;
  readonly value?: string;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly label: Text; readonly options: readonly Option[] }[];
  readonly placeholder?: Text;
  readonly confirm?: {
    readonly title: Text;
    readonly text: Text;
    readonly confirm: Text;
    readonly deny: Text;
  };
  readonly min_query_length?: number;
  readonly max_length?: number;
  readonly image_url?: string;
  readonly alt_text?: string;
  readonly initial_value?: string;
  readonly initial_date?: string;
  readonly initial_time?: string;
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
}

/** A part of a `rich_text` block: sections, lists, quotes, and the elements in them. */
export interface RichPart {
  readonly type: string;
  readonly elements?: readonly RichPart[];
  /** A string, or an object in parts that have other elements. */
  readonly text?: Text | string;
  readonly url?: string;
  readonly name?: string;
  readonly unicode?: string;
  readonly user_id?: string;
  readonly channel_id?: string;
  readonly usergroup_id?: string;
  readonly range?: string;
  readonly timestamp?: number;
  readonly fallback?: string;
  readonly style?: Readonly<Record<string, boolean>> | string;
}

export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly text?: Text | string;
  readonly fields?: readonly Text[];
  readonly accessory?: Element;
  readonly elements?: readonly (Element & RichPart)[];
  readonly element?: Element;
  readonly label?: Text;
  readonly hint?: Text;
  readonly optional?: boolean;
  readonly title?: Text;
  readonly image_url?: string;
  readonly alt_text?: string;
  readonly rows?: readonly (readonly RichPart[])[];
}

export function wordsOf(text: Text | string | undefined): string {
  return (typeof text === 'string' ? text : text?.text) ?? '';
}

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: JsonObject;
}

export interface View {
  readonly type: string;
  readonly title?: Text;
  readonly submit?: Text;
  readonly close?: Text;
  readonly blocks: readonly Block[];
  readonly private_metadata?: string;
  readonly callback_id?: string;
  readonly external_id?: string;
  readonly clear_on_close?: boolean;
  readonly notify_on_close?: boolean;
}

/** Fields of every request that creates or changes a message. */
export interface MessageBody {
  readonly text?: string;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly JsonObject[];
  readonly metadata?: Metadata;
  readonly thread_ts?: string;
  readonly link_names?: boolean;
  readonly unfurl_links?: boolean;
  readonly unfurl_media?: boolean;
  readonly client_msg_id?: string;
  readonly reply_broadcast?: boolean;
  readonly markdown_text?: string;
  readonly mrkdwn?: boolean;
}

/** The body sent to a `response_url`, or with the acknowledgement of a command. */
export interface ResponseBody extends MessageBody {
  readonly response_type?: string;
  readonly replace_original?: boolean;
  readonly delete_original?: boolean;
}
