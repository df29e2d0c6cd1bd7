/** Stores saves in the database. */

import { UserError } from '../base/errors.ts';
import type { PersonRef, Team } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { openWordIndexOf } from '../search/word-index/index-reader.ts';
import { openDetails } from './details-store.ts';
import type { DetailsChange, Library, ListQuery, Person, SaveOutcome } from './library.ts';
import { openSavedLists } from './list-store.ts';

const BY_PERSON = 'platform = @platform AND workspace = @workspace AND person = @person';

/** Saves that make the list of a team, by `TeamNames`. */
export const OF_TEAM = `(saves.team = @team OR
  @but IS NOT NULL AND saves.platform NOT IN (SELECT value FROM json_each(@but)))`;
/** A person who saved a paper on two servers counts once. */
export const PEOPLE = `count(DISTINCT saves.platform || ' ' || saves.workspace || ' ' || saves.person)`;

export interface TeamNames {
  readonly team: string;
  /** Platforms to leave out of the shared list, as a JSON array; `null` if the team has its own list. */
  readonly but: string | null;
}

export function toTeamNames({ team, everybodyBut }: Team): TeamNames {
  return { team, but: everybodyBut === undefined ? null : JSON.stringify(everybodyBut) };
}

export interface Saves {
  /** Row of the paper, by its current or a former id. */
  find(id: string): number | undefined;
  /** Call inside a transaction. */
  save(person: Person, paper: number, at: string): SaveOutcome & { readonly isNewHere: boolean };
  /** Removes a save that was made in the person's team. Saves on other servers stay. */
  unsaveHere(person: Person, paper: number): void;
}

/** Statements shared by commands and reactions. */
export function openSaves(connection: DatabaseConnection): Saves {
  const findPaper = connection
    .prepare<[{ id: string }], number>(
      `SELECT pk FROM papers WHERE id = @id
       UNION ALL SELECT paper FROM paper_aliases WHERE alias = @id LIMIT 1`,
    )
    .pluck();
  const hasAny = connection.prepare<[PersonRef]>(`SELECT 1 FROM saves WHERE ${BY_PERSON} LIMIT 1`);
  const has = connection.prepare<[PersonRef & { paper: number }]>(
    `SELECT 1 FROM saves WHERE ${BY_PERSON} AND paper = @paper`,
  );
  const add = connection.prepare<[Person & { paper: number; at: string }]>(
    `INSERT INTO saves (team, platform, workspace, person, paper, saved_at)
     VALUES (@team, @platform, @workspace, @person, @paper, @at) ON CONFLICT DO NOTHING`,
  );
  const removeHere = connection.prepare<[Omit<Person, 'everybodyBut'> & { paper: number }]>(
    `DELETE FROM saves WHERE ${BY_PERSON} AND team = @team AND paper = @paper`,
  );
  const countSaves = connection
    .prepare<[TeamNames & { paper: number }], number>(
      `SELECT ${PEOPLE} FROM saves WHERE paper = @paper AND ${OF_TEAM}`,
    )
    .pluck();
  return {
    find: (id) => findPaper.get({ id }),
    save: (person, paper, at) => {
      const first = hasAny.get(person) === undefined;
      const added = has.get({ ...person, paper }) === undefined;
      const isNewHere = add.run({ ...person, paper, at }).changes > 0;
      return { added, isNewHere, first, saves: countSaves.get({ ...toTeamNames(person), paper }) ?? 1 };
    },
    unsaveHere: (person, paper) => void removeHere.run({ ...person, paper }),
  };
}

/**
 * Runs in the store thread. A person on two platforms counts as two people, because their accounts cannot be
 * linked.
 */
export function openLibrary(
  connection: DatabaseConnection,
  wordIndex = openWordIndexOf(connection),
): Library {
  const saves = openSaves(connection);
  const details = openDetails(connection);
  const lists = openSavedLists(connection, wordIndex);
  const has = connection.prepare<[PersonRef & { paper: number }]>(
    `SELECT 1 FROM saves WHERE ${BY_PERSON} AND paper = @paper`,
  );
  const remove = connection.prepare<[PersonRef & { paper: number }]>(
    `DELETE FROM saves WHERE ${BY_PERSON} AND paper = @paper`,
  );
  function known(id: string): number {
    const paper = saves.find(id);
    if (paper === undefined) {
      throw new UserError(`No paper ${id} is stored. Search for words from its title to find its ID.`);
    }
    return paper;
  }

  // A command overrides older reactions: removing one no longer removes the paper from the list.
  const settleReactions = connection.prepare<[PersonRef & { paper: number }]>(
    `UPDATE reaction_saves SET saved = 0 WHERE ${BY_PERSON} AND paper = @paper`,
  );
  const save = connection.transaction((person: Person, paper: number, at: string) => {
    settleReactions.run({ ...person, paper });
    const { added, first, saves: people } = saves.save(person, paper, at);
    return { added, first, saves: people };
  });
  const unsave = connection.transaction((person: Person, paper: number) => {
    settleReactions.run({ ...person, paper });
    const kept = details.of(person, paper);
    details.drop(person, paper);
    return remove.run({ ...person, paper }).changes > 0 ? kept : undefined;
  });
  const change = connection.transaction(
    (person: Person, paper: number, wanted: DetailsChange, at: string) => {
      const before = details.of(person, paper);
      const firstTag = (wanted.addTags ?? []).length > 0 && !details.hasTags(person);
      const saved = save(person, paper, at);
      details.change(person, paper, wanted, at);
      return { ...saved, before, after: details.of(person, paper), firstTag };
    },
  );
  type Adoption = [{ platform: string; from: string; to: string }];
  const adoptSaves = connection.prepare<Adoption>(
    `UPDATE saves SET team = @to WHERE platform = @platform AND team = @from
       AND NOT EXISTS (SELECT 1 FROM saves twin WHERE twin.team = @to AND twin.platform = saves.platform
         AND twin.workspace = saves.workspace AND twin.person = saves.person AND twin.paper = saves.paper)`,
  );
  // Saved for both teams by the same person.
  const dropTwins = connection.prepare<Adoption>(
    'DELETE FROM saves WHERE platform = @platform AND team = @from',
  );
  const adoptReactions = connection.prepare<Adoption>(
    'UPDATE reaction_saves SET team = @to WHERE platform = @platform AND team = @from',
  );
  const adopt = connection.transaction((platform: string, from: string, to: string) => {
    const { changes } = adoptSaves.run({ platform, from, to });
    dropTwins.run({ platform, from, to });
    adoptReactions.run({ platform, from, to });
    return changes;
  });

  return {
    save: async (person, paperId, at) => save.immediate(person, known(paperId), at),
    unsave: async (person, paperId) => unsave.immediate(person, known(paperId)),
    change: async (person, paperId, wanted, at) => change.immediate(person, known(paperId), wanted, at),
    detailsOf: async (person, paperId) => {
      const paper = saves.find(paperId);
      const isSaved = paper !== undefined && has.get({ ...person, paper }) !== undefined;
      return isSaved ? details.of(person, paper) : undefined;
    },
    list: (person, query) => lists.page({ ...query, ...whoseList(person, query.scope) }),
    onList: (person, scope, paperIds) =>
      lists.among(
        paperIds.flatMap((id) => saves.find(id) ?? []),
        whoseList(person, scope),
      ),
    mostSaved: (team, since, limit, offset) => lists.mostSaved(team, since, limit, offset),
    suggestTags: (person, typed, limit) => lists.tags(person, typed, limit),
    mine: (person, limit, offset) =>
      lists.page({ ...LATEST_FIRST, ...whoseList(person, 'mine'), limit, offset }),
    team: (team, limit, offset) => lists.page({ ...LATEST_FIRST, by: team, team, limit, offset }),
    adopt: async (platform, from, to) => adopt.immediate(platform, from, to),
    savedAmong: async (person, paperIds) => {
      return paperIds.filter((id) => {
        const paper = saves.find(id);
        return paper !== undefined && has.get({ ...person, paper }) !== undefined;
      });
    },
  };
}

const LATEST_FIRST = { filter: {}, sort: 'newest' } as const;

function whoseList(person: Person, scope: ListQuery['scope']) {
  const { team: name, everybodyBut } = person;
  const team = { team: name, ...(everybodyBut && { everybodyBut }) };
  const of = { platform: person.platform, workspace: person.workspace, person: person.person };
  return { by: scope === 'mine' ? of : team, of, team };
}
