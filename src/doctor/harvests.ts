/** Says how complete the stored papers of arXiv are, and what its daily feeds left out. */
import { type Diagnostic, info, ok } from '../base/diagnostic.ts';
import { announcementInWords, completenessInWords, MENTIONED_MS } from '../cards/completeness.ts';
import type { Connection } from '../db/open.ts';
import { openAnnouncementStore } from '../sources/harvest/announcement-store.ts';
import { openHarvestStore } from '../sources/harvest/harvest-store.ts';
import { dayOf } from '../time/clock.ts';

const SUBJECT = 'arXiv papers';

/** @param papers in the store */
export async function examineHarvests(
  connection: Connection,
  papers: number,
  now: Date,
): Promise<Diagnostic[]> {
  // A database that was not opened by this version yet has no such table.
  const isKnown =
    connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'harvests'`).get() !== undefined;
  if (!isKnown) return [];
  const harvests = await openHarvestStore(connection).list();
  const since = dayOf(new Date(now.getTime() - MENTIONED_MS));
  const problems = await openAnnouncementStore(connection).problemsSince(since);
  return [
    ...completenessInWords({ harvests, papers, now }).map((text) => ok(SUBJECT, text)),
    ...problems.map((problem) => {
      const text = announcementInWords(problem);
      return problem.madeGoodAt === undefined ? info(SUBJECT, text) : ok(SUBJECT, text);
    }),
  ];
}
