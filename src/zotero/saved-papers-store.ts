/** A person's saves with their tags, as the sync with Zotero reads and changes them. */
import type { PersonRef } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { Person } from '../library/library.ts';
import { openSaves } from '../library/library-store.ts';
import type { SaveState } from './decide.ts';

/** Call inside a transaction. Papers are rows (`pk`). */
export interface SavedPapers {
  all(person: PersonRef): Map<number, SaveState>;
  find(person: PersonRef, paper: number): SaveState | undefined;
  /** @param at ISO 8601 instant */
  save(person: Person, paper: number, at: string): void;
  /** Removes the save with its tags and reading state, on all servers of the platform. */
  unsave(person: PersonRef, paper: number): void;
  setTags(person: PersonRef, paper: number, tags: readonly string[]): void;
}

const WHO = 'platform = @platform AND workspace = @workspace AND person = @person';

interface Row {
  readonly paper: number;
  readonly saved_at: string;
  readonly tags: string;
  readonly noted: number;
}

export function openSavedPapers(connection: DatabaseConnection): SavedPapers {
  const { save } = openSaves(connection);
  const states = `SELECT paper, max(saved_at) AS saved_at,
      (SELECT json_group_array(tag) FROM save_tags WHERE ${WHO} AND save_tags.paper = saves.paper) AS tags,
      EXISTS (SELECT 1 FROM save_details WHERE ${WHO} AND save_details.paper = saves.paper AND note <> '') AS noted
    FROM saves WHERE ${WHO}`;
  const all = connection.prepare<[PersonRef], Row>(`${states} GROUP BY paper`);
  const one = connection.prepare<[PersonRef & { paper: number }], Row>(
    `${states} AND paper = @paper GROUP BY paper`,
  );
  type Named = [PersonRef & { paper: number }];
  const statements = [
    // As with the command: older reactions no longer decide.
    `UPDATE reaction_saves SET saved = 0 WHERE ${WHO} AND paper = @paper`,
    `DELETE FROM save_tags WHERE ${WHO} AND paper = @paper`,
    `DELETE FROM save_details WHERE ${WHO} AND paper = @paper`,
    `DELETE FROM saves WHERE ${WHO} AND paper = @paper`,
  ].map((sql) => connection.prepare<Named>(sql));
  const removeTags = connection.prepare<Named>(`DELETE FROM save_tags WHERE ${WHO} AND paper = @paper`);
  const addTag = connection.prepare<[PersonRef & { paper: number; tag: string }]>(
    `INSERT INTO save_tags (platform, workspace, person, paper, tag)
     VALUES (@platform, @workspace, @person, @paper, @tag) ON CONFLICT DO NOTHING`,
  );

  return {
    all: (person) => new Map(all.all(person).map((row) => [row.paper, toState(row)])),
    find(person, paper) {
      const row = one.get({ ...person, paper });
      return row && toState(row);
    },
    save: (person, paper, at) => void save(person, paper, at),
    unsave(person, paper) {
      for (const statement of statements) statement.run({ ...person, paper });
    },
    setTags(person, paper, tags) {
      removeTags.run({ ...person, paper });
      for (const tag of tags) addTag.run({ ...person, paper, tag });
    },
  };
}

function toState({ saved_at, tags, noted }: Row): SaveState {
  return { savedAt: saved_at, tags: JSON.parse(tags) as string[], ...(noted === 1 && { hasNote: true }) };
}
