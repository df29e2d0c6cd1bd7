/** Stores saves in the database. */

import { UserError } from '../base/errors.ts';
import type { Connection } from '../db/open.ts';
import type { PaperTable } from '../db/schema.ts';
import { toPaper } from '../papers/paper-row.ts';
import type { Library, Person, SavedPage, SaveOutcome } from './library.ts';

type Page = Readonly<Record<'limit' | 'offset', number>>;
type SavedRow = PaperTable & { saved_at: string; saves: number };

const BY_PERSON = 'team = @team AND platform = @platform AND workspace = @workspace AND person = @person';

export interface Saves {
  /** Row of the paper, by its current or a former id. */
  find(id: string): number | undefined;
  /** Call inside a transaction. */
  save(person: Person, paper: number, at: string): SaveOutcome;
  /** False if it was not saved. */
  unsave(person: Person, paper: number): boolean;
}

/** Statements shared by commands and reactions. */
export function openSaves(connection: Connection): Saves {
  const findPaper = connection
    .prepare<[{ id: string }], number>(
      `SELECT pk FROM papers WHERE id = @id
       UNION ALL SELECT paper FROM paper_aliases WHERE alias = @id LIMIT 1`,
    )
    .pluck();
  const hasAny = connection.prepare<[Person]>(`SELECT 1 FROM saves WHERE ${BY_PERSON} LIMIT 1`);
  const add = connection.prepare<[Person & { paper: number; at: string }]>(
    `INSERT OR IGNORE INTO saves (team, platform, workspace, person, paper, saved_at)
     VALUES (@team, @platform, @workspace, @person, @paper, @at)`,
  );
  const remove = connection.prepare<[Person & { paper: number }]>(
    `DELETE FROM saves WHERE ${BY_PERSON} AND paper = @paper`,
  );
  const countSaves = connection
    .prepare<[{ team: string; paper: number }], number>(
      'SELECT count(*) FROM saves WHERE paper = @paper AND team = @team',
    )
    .pluck();
  return {
    find: (id) => findPaper.get({ id }),
    save: (person, paper, at) => {
      const first = hasAny.get(person) === undefined;
      const added = add.run({ ...person, paper, at }).changes > 0;
      return { added, first, saves: countSaves.get({ team: person.team, paper }) ?? 1 };
    },
    unsave: (person, paper) => remove.run({ ...person, paper }).changes > 0,
  };
}

/**
 * Runs in the store thread. A person on two platforms counts as two people, because their accounts cannot be
 * linked.
 */
export function openLibrary(connection: Connection): Library {
  const saves = openSaves(connection);
  const has = connection.prepare<[Person & { paper: number }]>(
    `SELECT 1 FROM saves WHERE ${BY_PERSON} AND paper = @paper`,
  );
  const countMine = connection
    .prepare<[Person], number>(`SELECT count(*) FROM saves WHERE ${BY_PERSON}`)
    .pluck();
  const countTeam = connection
    .prepare<[{ team: string }], number>('SELECT count(DISTINCT paper) FROM saves WHERE team = @team')
    .pluck();
  // Both page before joining, so that only the papers on the page are read.
  const listMine = connection.prepare<[Person & Page], SavedRow>(`
    WITH page AS (
      SELECT paper, saved_at FROM saves WHERE ${BY_PERSON}
      ORDER BY saved_at DESC, paper DESC LIMIT @limit OFFSET @offset
    )
    SELECT papers.*, page.saved_at,
      (SELECT count(*) FROM saves WHERE saves.paper = page.paper AND team = @team) AS saves
    FROM page JOIN papers ON papers.pk = page.paper
    ORDER BY page.saved_at DESC, page.paper DESC`);
  const listTeam = connection.prepare<[{ team: string } & Page], SavedRow>(`
    WITH page AS (
      SELECT paper, max(saved_at) AS latest, count(*) AS saves FROM saves WHERE team = @team GROUP BY paper
      ORDER BY latest DESC, paper DESC LIMIT @limit OFFSET @offset
    )
    SELECT papers.*, page.latest AS saved_at, page.saves
    FROM page JOIN papers ON papers.pk = page.paper
    ORDER BY page.latest DESC, page.paper DESC`);

  function known(id: string): number {
    const paper = saves.find(id);
    if (paper === undefined) {
      throw new UserError(`No paper ${id} is stored. Search for words from its title to find its id.`);
    }
    return paper;
  }

  // A command overrides older reactions: removing one no longer removes the paper from the list.
  const settleReactions = connection.prepare<[Person & { paper: number }]>(
    `UPDATE reaction_saves SET saved = 0 WHERE ${BY_PERSON} AND paper = @paper`,
  );
  const save = connection.transaction((person: Person, paper: number, at: string) => {
    settleReactions.run({ ...person, paper });
    return saves.save(person, paper, at);
  });
  const unsave = connection.transaction((person: Person, paper: number) => {
    settleReactions.run({ ...person, paper });
    return saves.unsave(person, paper);
  });

  return {
    save: async (person, paperId, at) => save.immediate(person, known(paperId), at),
    unsave: async (person, paperId) => unsave.immediate(person, known(paperId)),
    mine: async (person, limit, offset) => {
      return toPage(countMine.get(person), listMine.all({ ...person, limit, offset }));
    },
    team: async (team, limit, offset) =>
      toPage(countTeam.get({ team }), listTeam.all({ team, limit, offset })),
    savedAmong: async (person, paperIds) => {
      return paperIds.filter((id) => {
        const paper = saves.find(id);
        return paper !== undefined && has.get({ ...person, paper }) !== undefined;
      });
    },
  };
}

function toPage(total: number | undefined, rows: readonly SavedRow[]): SavedPage {
  const papers = rows.map((row) => ({ paper: toPaper(row), savedAt: row.saved_at, saves: row.saves }));
  return { total: total ?? 0, papers };
}
