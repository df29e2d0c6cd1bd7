/** Loads feeds from a JSON file, for configuration kept in git. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { codeOf, messageOf, UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import { FEED_RANKS } from './feed.ts';
import type { FeedStore, FileFeed } from './feed-store.ts';
import {
  COUNT_MAX,
  defaultSettings,
  FEED_PERIODS,
  LEARNED_CHOICES,
  OUTAGE_CHOICES,
  STYLE_CHOICES,
  THIN_CHOICES,
  withOptions,
} from './options/feed-options.ts';

/** Longer than the ids that commands assign, so that the two never collide. */
const ID = /^[a-z][a-z0-9-]{2,19}$/;

const listOrText = z
  .union([z.string(), z.array(z.string())], { error: 'must be a string or a list of strings' })
  .transform((value) => (typeof value === 'string' ? value : value.map((item) => `"${item}"`).join(',')));
const word = z.string({ error: 'must be a string' }).trim().min(1, 'is empty');
const choice = <const C extends readonly string[]>(choices: C) =>
  z.enum(choices, { error: `must be one of ${choices.join(', ')}` });
const whole = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, error).max(to, error);
};

/** The options of `/paperfeed follow`, under the same names. */
const entrySchema = z.strictObject({
  platform: word,
  workspace: word,
  channel: word,
  feed: z
    .string()
    .regex(ID, 'must be 3 to 20 lower-case letters, digits and hyphens, such as robots')
    .optional(),
  time: word.optional(),
  zone: word.optional(),
  days: z
    .union([z.string(), z.array(z.string())], { error: 'must be a string such as mon-thu' })
    .transform((value) => [value].flat().join(','))
    .optional(),
  period: choice(FEED_PERIODS).optional(),
  count: whole(1, COUNT_MAX).optional(),
  include: listOrText.optional(),
  exclude: listOrText.optional(),
  min_votes: whole(0, 10_000).optional(),
  if_few: choice(THIN_CHOICES).optional(),
  /** Name of `if_few` in the last release. */
  thin: choice(THIN_CHOICES).optional(),
  style: choice(STYLE_CHOICES).optional(),
  rank: choice(FEED_RANKS).optional(),
  learned: choice(LEARNED_CHOICES).optional(),
  if_source_down: choice(OUTAGE_CHOICES).optional(),
  /** Name of `if_source_down` in the last release. */
  outage: choice(OUTAGE_CHOICES).optional(),
});

type Entry = z.output<typeof entrySchema>;

/**
 * Replaces all feeds from a file with those in the file; removes them if there is no file.
 * @throws UserError that names the entry and the fix
 */
export async function loadFeedsFile(
  { feedsFile, defaultZone }: { readonly feedsFile: string | undefined; readonly defaultZone: string },
  feeds: Pick<FeedStore, 'replaceFileFeeds'>,
  at = new Date().toISOString(),
): Promise<void> {
  const read = feedsFile === undefined ? [] : parseFeedsFile(readFile(feedsFile), feedsFile, defaultZone);
  await feeds.replaceFileFeeds(read, at);
}

/** @throws UserError that names the entry and the fix */
export function parseFeedsFile(text: string, file: string, defaultZone: string): FileFeed[] {
  const seen = new Map<string, number>();
  return entriesOf(text, file).map((raw, index) => {
    const where = `FEEDS_FILE ${file}, entry ${index + 1}`;
    const entry = readEntry(raw, where);
    const { platform, workspace, channel, feed, thin, outage, ...present } = entry;
    const options = { if_few: thin, if_source_down: outage, ...present };
    const channelRef = { platform, workspace, channel };
    const channelKey = JSON.stringify(channelRef);
    const number = (seen.get(channelKey) ?? 0) + 1;
    seen.set(channelKey, number);
    const id = feed ?? `file-${number}`;
    const key = `${channelKey} ${id}`;
    if (seen.has(key))
      throw new UserError(`${where}: this channel already has a feed ${id}. Choose another name.`);
    seen.set(key, 1);
    try {
      return { channel: channelRef, id, settings: withOptions(defaultSettings(defaultZone), options) };
    } catch (error) {
      throw new UserError(`${where} (${clip(channel, 40)}): ${messageOf(error)}`, { cause: error });
    }
  });
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `FEEDS_FILE ${file} cannot be read (${codeOf(error) ?? 'unknown'}). Check the path, or remove FEEDS_FILE.`,
      { cause: error },
    );
  }
}

function entriesOf(text: string, file: string): unknown[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UserError(`FEEDS_FILE ${file} is not valid JSON: ${messageOf(error)}`, { cause: error });
  }
  if (Array.isArray(data)) return data;
  throw new UserError(`FEEDS_FILE ${file} must contain a list of feeds, from [ to ].`);
}

function readEntry(raw: unknown, where: string): Entry {
  const parsed = entrySchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(entrySchema.shape).join(', ');
    throw new UserError(`${where}: unknown option ${clip(issue.keys.join(', '), 60)}. Available: ${known}.`);
  }
  const path = issue?.path.join('.') ?? '';
  const missing = path !== '' && typeof raw === 'object' && raw !== null && !(path in raw);
  throw new UserError(
    `${where}: ${path || 'it'} ${missing ? 'is missing' : (issue?.message ?? 'cannot be read')}.`,
  );
}
