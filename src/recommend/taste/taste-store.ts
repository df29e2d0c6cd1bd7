/** Stores what people say about recommendations. Runs in the store thread. */
import { UserError } from '../../base/errors.ts';
import type { PersonRef } from '../../chat/caller.ts';
import { clip } from '../../chat/clip.ts';
import type { DatabaseConnection } from '../../db/connection.ts';
import { openSaves } from '../../library/library-store.ts';
import { subjectKey } from '../ranking/subjects.ts';
import { MOST_SUBJECTS, type PaperOpinion, type SubjectOpinion, type Tastes } from './taste.ts';

const BY_PERSON = 'platform = @platform AND workspace = @workspace AND person = @person';
const ECHO = 40;

export function openTastes(connection: DatabaseConnection): Tastes {
  const { find } = openSaves(connection);
  const verdictOf = connection
    .prepare<[PersonRef & { paper: number }], PaperOpinion>(
      `SELECT kind FROM feedback WHERE ${BY_PERSON} AND paper = @paper`,
    )
    .pluck();
  const putVerdict = connection.prepare<[PersonRef & { paper: number; kind: PaperOpinion; at: string }]>(
    `INSERT INTO feedback (platform, workspace, person, paper, kind, given_at)
     VALUES (@platform, @workspace, @person, @paper, @kind, @at)
     ON CONFLICT (platform, workspace, person, paper) DO UPDATE SET kind = @kind, given_at = @at`,
  );
  const dropVerdict = connection.prepare<[PersonRef & { paper: number }]>(
    `DELETE FROM feedback WHERE ${BY_PERSON} AND paper = @paper`,
  );
  const opinionOf = connection
    .prepare<[PersonRef & { key: string }], SubjectOpinion>(
      `SELECT kind FROM taste_subjects WHERE ${BY_PERSON} AND key = @key`,
    )
    .pluck();
  const countOpinions = connection
    .prepare<[PersonRef], number>(`SELECT count(*) FROM taste_subjects WHERE ${BY_PERSON}`)
    .pluck();
  const putOpinion = connection.prepare<
    [PersonRef & { key: string; subject: string; kind: SubjectOpinion; at: string }]
  >(
    `INSERT INTO taste_subjects (platform, workspace, person, key, subject, kind, said_at)
     VALUES (@platform, @workspace, @person, @key, @subject, @kind, @at)
     ON CONFLICT (platform, workspace, person, key) DO UPDATE SET subject = @subject, kind = @kind, said_at = @at`,
  );
  const dropOpinion = connection.prepare<[PersonRef & { key: string }]>(
    `DELETE FROM taste_subjects WHERE ${BY_PERSON} AND key = @key`,
  );
  const dropVerdicts = connection.prepare<[PersonRef]>(`DELETE FROM feedback WHERE ${BY_PERSON}`);
  const dropOpinions = connection.prepare<[PersonRef]>(`DELETE FROM taste_subjects WHERE ${BY_PERSON}`);
  const isOff = connection
    .prepare<[PersonRef], number>(`SELECT is_off FROM tastes WHERE ${BY_PERSON}`)
    .pluck();
  const put = connection.prepare<[PersonRef & { isOff: number }]>(
    `INSERT INTO tastes (platform, workspace, person, is_off) VALUES (@platform, @workspace, @person, @isOff)
     ON CONFLICT (platform, workspace, person) DO UPDATE SET is_off = @isOff`,
  );
  const begin = connection.prepare<[PersonRef & { at: string }]>(
    `INSERT INTO tastes (platform, workspace, person, is_off, since)
     VALUES (@platform, @workspace, @person, 0, @at)
     ON CONFLICT (platform, workspace, person) DO UPDATE SET is_off = 0, since = @at`,
  );

  const judge = connection.transaction(
    (
      person: PersonRef,
      paper: number,
      kind: PaperOpinion | undefined,
      at: string,
    ): PaperOpinion | undefined => {
      const before = verdictOf.get({ ...person, paper });
      if (kind === undefined) dropVerdict.run({ ...person, paper });
      else if (kind !== before) putVerdict.run({ ...person, paper, kind, at });
      return before;
    },
  );
  const say = connection.transaction(
    (
      person: PersonRef,
      subject: string,
      kind: SubjectOpinion | undefined,
      at: string,
    ): SubjectOpinion | undefined => {
      const key = subjectKey(subject);
      if (key === '') {
        throw new UserError(
          `“${clip(subject, ECHO)}” has no word that a paper could be about. Name a subject, such as protein folding.`,
        );
      }
      const before = opinionOf.get({ ...person, key });
      if (kind === undefined) {
        dropOpinion.run({ ...person, key });
        return before;
      }
      if (before === undefined && (countOpinions.get(person) ?? 0) >= MOST_SUBJECTS) {
        throw new UserError(
          `You have named ${MOST_SUBJECTS} subjects, the maximum. Take one off first: /papers taste`,
        );
      }
      putOpinion.run({ ...person, key, subject, kind, at });
      return before;
    },
  );
  const reset = connection.transaction((person: PersonRef, at: string) => {
    dropVerdicts.run(person);
    dropOpinions.run(person);
    begin.run({ ...person, at });
  });
  const turn = connection.transaction((person: PersonRef, off: number): boolean => {
    if ((isOff.get(person) ?? 0) === off) return false;
    put.run({ ...person, isOff: off });
    return true;
  });

  return {
    async judge(person, paperId, opinion, at) {
      const paper = find(paperId);
      if (paper === undefined) {
        throw new UserError(`No paper ${paperId} is stored. Search for words from its title to find its ID.`);
      }
      return judge.immediate(refOf(person), paper, opinion, at);
    },
    say: async (person, subject, opinion, at) => say.immediate(refOf(person), subject, opinion, at),
    turn: async (person, state) => turn.immediate(refOf(person), state === 'off' ? 1 : 0),
    reset: async (person, at) => reset.immediate(refOf(person), at),
  };
}

/** A caller has more fields, which SQLite would refuse. */
function refOf({ platform, workspace, person }: PersonRef): PersonRef {
  return { platform, workspace, person };
}
