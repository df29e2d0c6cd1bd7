/** Imports papers to the lists of people. */
import { UserError } from '../base/errors.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { Library, Person } from '../library/library.ts';
import type { Clock } from '../time/clock.ts';
import { type PastReader, type ScannedChannel, scanChannel } from './channel-scan.ts';
import {
  type ImportDetails,
  type ImportedDays,
  type ImportedFile,
  type ImportOutcome,
  type ListImports,
  LONGEST_TEXT,
  MOST_LEARNED,
  type UnreadableChannel,
} from './list-import.ts';
import type { TextEntry } from './read-entries.ts';
import { type SavePaper, type SavingParts, saveEntries } from './save-entries.ts';

export interface ListImportOptions extends SavingParts {
  readonly library: Pick<Library, 'change' | 'savedAmong'>;
  readonly portOf: (platform: string) => PastReader | undefined;
  readonly clock: Clock;
}

/** A count is kept until its button is pressed: for half an hour, and only the latest ones. */
const KEPT_MS = 30 * 60_000;
const MOST_KEPT = 100;
/** Channels that are read at the same time. */
const MOST_AT_ONCE = 4;

export function openListImports(options: ListImportOptions): ListImports {
  const { library, portOf, clock } = options;
  const kept = new Map<string, { readonly scanned: ScannedChannel; readonly at: number }>();
  const running = new Set<string>();

  async function scan(
    person: Person,
    channel: ChannelRef,
    days: ImportedDays,
    signal: AbortSignal,
  ): Promise<ScannedChannel | UnreadableChannel> {
    const port = portOf(channel.platform);
    if (!port)
      return {
        kind: 'refused',
        reason:
          'This place has no past messages that the bot can read. Paste the links: /papers import 2406.01574 2310.11511',
      };
    const key = keyOf(person, channel, days);
    const place = `${channel.platform} ${channel.workspace} ${channel.channel}`;
    if (running.has(place))
      throw new UserError('The messages of this channel are being read already. Try again in a minute.');
    if (running.size >= MOST_AT_ONCE)
      throw new UserError('The bot is reading other channels. Try again in a minute.');
    running.add(place);
    try {
      const scanned = await scanChannel(port, channel, days, clock, signal);
      if (scanned.kind === 'refused') return scanned;
      kept.delete(key);
      kept.set(key, { scanned, at: clock.elapsed() });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return scanned;
    } finally {
      running.delete(place);
    }
  }

  async function importText(
    person: Person,
    text: string | ImportedFile,
    details: ImportDetails,
    now: Date,
    signal: AbortSignal,
  ): Promise<ImportOutcome> {
    const { readEntries } = await openReader();
    const entries = await readEntries(text, now);
    if (entries.length === 0) throw new UserError(NOTHING);
    return saveEntries(options, entries, toListOf(person, details, now), now, signal);
  }

  function toListOf(person: Person, details: ImportDetails, now: Date): SavePaper {
    return async (paper) => (await library.change(person, paper, details, now.toISOString())).added;
  }

  async function takeChannel(
    person: Person,
    channel: ChannelRef,
    days: ImportedDays,
    save: SavePaper,
    now: Date,
    signal: AbortSignal,
    most = Number.POSITIVE_INFINITY,
  ): Promise<ImportOutcome | UnreadableChannel> {
    const known = kept.get(keyOf(person, channel, days));
    const isFresh = known !== undefined && clock.elapsed() - known.at < KEPT_MS;
    const scanned = isFresh ? known.scanned : await scan(person, channel, days, signal);
    if (scanned.kind === 'refused') return scanned;
    const latest = scanned.papers.slice(Math.max(0, scanned.papers.length - most));
    const entries = latest.map((id): TextEntry => ({ kind: 'reference', line: 0, text: id, id }));
    return saveEntries(options, entries, save, now, signal);
  }

  return {
    fromText: (person, text, ...how) => importText(person, text, ...how),

    async fromFile(person, { name, bytes, read }, details, now, signal) {
      if (bytes > LONGEST_TEXT) throw new UserError((await openReader()).whyTooLong(bytes));
      const content = await read(signal);
      return importText(person, { name, content }, details, now, signal);
    },

    async countChannel(person, channel, days, signal) {
      const scanned = await scan(person, channel, days, signal);
      if (scanned.kind === 'refused') return scanned;
      const saved = await library.savedAmong(person, scanned.papers);
      return { ...scanned, papers: scanned.papers.length, saved: saved.length };
    },

    fromChannel: (person, channel, days, details, now, signal) =>
      takeChannel(person, channel, days, toListOf(person, details, now), now, signal),

    learnFromChannel: (person, channel, save, now, signal) =>
      takeChannel(person, channel, {}, save, now, signal, MOST_LEARNED),
  };
}

/** The formats of bibliographies take a while to load, so the first import does it. */
function openReader() {
  return import('./read-entries.ts');
}

function keyOf({ workspace, person }: Person, channel: ChannelRef, days: ImportedDays): string {
  const { since = '', until = '' } = days;
  return [channel.platform, workspace, person, channel.workspace, channel.channel, since, until].join(' ');
}

const NOTHING =
  'There is no paper in that text. Paste arXiv IDs, links, DOIs or titles, one in a line, or BibTeX or RIS.';
