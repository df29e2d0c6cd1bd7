/** Reads the past messages of a channel, to find the papers that people posted there. */
import {
  type APIEmbed,
  type APIMessage,
  ApplicationFlags,
  PermissionFlagsBits,
  type REST,
  type RESTGetAPIChannelMessagesResult,
  type RESTGetCurrentApplicationResult,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import type { PastMessage, PastPage, PostingPort } from '../../../chat/port.ts';
import { type ChannelRef, DIRECT } from '../../../chat/refs.ts';
import { CODES, hasCode } from '../connection/errors.ts';
import type { Gateway } from '../connection/gateway.ts';
import { namesOf } from './posting-rights.ts';

// https://discord.com/developers/docs/resources/message#get-channel-messages
const MESSAGES_A_PAGE = 100;
/** Either flag, which the number of servers decides, gives the bot the text of other people's messages. */
const WITH_CONTENT = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
const NO_CONTENT =
  'Discord gives the bot no text of other people’s messages. The owner of the bot can turn on Message Content Intent at discord.com/developers/applications (Bot → Privileged Gateway Intents).';
const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;

/** @param rest client without retries */
export function openPastMessages(gateway: Gateway, rest: REST): Pick<PostingPort, 'readPast'> {
  /** Discord returns no messages without the permission, and messages without text without the intent. */
  async function refusalIn({ workspace, channel }: ChannelRef): Promise<string | undefined> {
    if (workspace === DIRECT) return undefined;
    // From the cache, unless it is an archived thread.
    const known = await gateway.fetchChannel(channel);
    const has = known && !known.isDMBased() ? known.permissionsFor(gateway.me) : null;
    const missing = [ViewChannel, ReadMessageHistory].filter((each) => has && !has.has(each));
    if (missing.length > 0) return whyUnreadable(missing);
    const { flags } = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    return (flags & WITH_CONTENT) === 0 ? NO_CONTENT : undefined;
  }

  return {
    async readPast(channel: ChannelRef, { since, before, cursor }: PastPage) {
      const refusal = cursor === undefined ? await refusalIn(channel) : undefined;
      if (refusal !== undefined) return { refusal };
      const last = cursor ?? (before && String(SnowflakeUtil.generate({ timestamp: before, increment: 0n })));
      const query = new URLSearchParams({
        limit: String(MESSAGES_A_PAGE),
        ...(last !== undefined && { before: last }),
      });
      try {
        const page = (await rest.get(Routes.channelMessages(channel.channel), {
          query,
        })) as RESTGetAPIChannelMessagesResult;
        const recent = page.filter(({ timestamp }) => since === undefined || new Date(timestamp) >= since);
        const oldest = page.at(-1);
        const isLast = page.length < MESSAGES_A_PAGE || recent.length < page.length;
        return {
          messages: recent.filter(({ author }) => author.id !== gateway.me).map(toPast),
          ...(!isLast && oldest && { next: oldest.id }),
        };
      } catch (error) {
        if (!hasCode(error, CODES.missingAccess, CODES.missingPermissions)) throw error;
        return { refusal: whyUnreadable([ViewChannel, ReadMessageHistory]) };
      }
    },
  };
}

function whyUnreadable(permissions: readonly bigint[]): string {
  return `The bot may not read the past messages of this channel. Give it ${namesOf(permissions)}.`;
}

function toPast({ content, embeds, timestamp, message_snapshots: forwards = [] }: APIMessage): PastMessage {
  const forwarded = forwards.flatMap(({ message }) => [message.content, ...message.embeds.flatMap(textsOf)]);
  return {
    at: new Date(timestamp),
    text: [content, ...embeds.flatMap(textsOf), ...forwarded].join('\n'),
  };
}

/** Other bots post papers as embeds. */
function textsOf({ url, description }: APIEmbed): string[] {
  return [url, description].filter((text) => text !== undefined);
}
