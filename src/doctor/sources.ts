/**
 * Checks the sources with one small request each, their settings, such as arXiv's categories, and how
 * complete the store is.
 */

import { type Diagnostic, failing, info, ok } from '../base/diagnostic.ts';
import { messageOf } from '../base/errors.ts';
import { announcementInWords, completenessInWords, MENTIONED_MS } from '../cards/completeness.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { isSqlite } from '../db/open.ts';
import { labelOf, type PolledSource } from '../papers/source-names.ts';
import { timeoutSignal } from '../resilience/deadline.ts';
import { openAnnouncementStore } from '../sources/harvest/announcement-store.ts';
import { openHarvestStore } from '../sources/harvest/harvest-store.ts';
import type { Source } from '../sources/source.ts';
import { closeSources, openSources, type SourceSettings } from '../sources/sources.ts';
import { dayOf, systemClock } from '../time/clock.ts';

const TIMEOUT_MS = 15_000;
const OF_ARXIV = 'arXiv papers';

/** Never throws. */
export async function examineSources(settings: SourceSettings): Promise<Diagnostic[]> {
  if (settings.sources.length === 0) return [info('sources', 'none (SOURCES=none).')];
  return withSources(settings, examineSource);
}

/** Checks a source's own settings. Never throws. */
export function examineSettingsOf(source: PolledSource, settings: SourceSettings): Promise<Diagnostic[]> {
  return withSources({ ...settings, sources: [source] }, examineSettings);
}

async function withSources(
  settings: SourceSettings,
  examine: (source: Source) => Promise<Diagnostic[]>,
): Promise<Diagnostic[]> {
  const sources = openSources(settings, systemClock);
  try {
    return (await Promise.all(sources.map(examine))).flat();
  } finally {
    await closeSources(sources);
  }
}

async function examineSource(source: Source): Promise<Diagnostic[]> {
  const label = labelOf(source.name);
  try {
    await source.probe(timeoutSignal(TIMEOUT_MS));
  } catch (error) {
    const text = `${messageOf(error)} Stored papers are not affected. The bot tries again every hour.`;
    return [failing(label, text)];
  }
  return [ok(label, 'responds'), ...(await examineSettings(source))];
}

async function examineSettings(source: Source): Promise<Diagnostic[]> {
  const diagnostic = await source.examineSettings?.(timeoutSignal(TIMEOUT_MS));
  return diagnostic ? [diagnostic] : [];
}

/**
 * Says how complete the stored papers of arXiv are, and what its daily feeds left out.
 * @param papers in the store
 */
export async function examineHarvests(
  connection: DatabaseConnection,
  papers: number,
  now: Date,
): Promise<Diagnostic[]> {
  // A database that was not opened by this version yet has no such table.
  const isKnown =
    !isSqlite(connection) ||
    connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'harvests'`).get() !== undefined;
  if (!isKnown) return [];
  const harvests = await openHarvestStore(connection).list();
  const since = dayOf(new Date(now.getTime() - MENTIONED_MS));
  const problems = await openAnnouncementStore(connection).problemsSince(since);
  return [
    ...completenessInWords({ harvests, papers, now }).map((text) => ok(OF_ARXIV, text)),
    ...problems.map((problem) => {
      const text = announcementInWords(problem);
      return problem.madeGoodAt === undefined ? info(OF_ARXIV, text) : ok(OF_ARXIV, text);
    }),
  ];
}
