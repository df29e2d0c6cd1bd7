/** Stores subjects of channels: what managers pinned or banned, and what a channel started from. */
import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { subjectKey } from '../recommend/ranking/subjects.ts';
import { OF_CHANNEL_ACTS } from './acts-store.ts';
import {
  type Beginning,
  MOST_CHANNEL_SUBJECTS,
  type StartSubject,
  type SubjectRule,
} from './learned-lists.ts';

type StoredKind = SubjectRule | 'start';

interface StoredSubject {
  readonly subject: string;
  readonly kind: StoredKind;
  readonly origin: Exclude<Beginning, 'include'> | null;
}

interface ChannelSubjects {
  readonly pinned: readonly string[];
  readonly banned: readonly string[];
  readonly start: readonly StartSubject[];
}

const ECHO = 40;

export function openChannelSubjects(connection: DatabaseConnection) {
  const named = connection.prepare<[ChannelRef], StoredSubject>(
    `SELECT subject, kind, origin FROM channel_subjects WHERE ${OF_CHANNEL_ACTS} ORDER BY said_at, origin, key`,
  );
  const kindOf = connection
    .prepare<[ChannelRef & { key: string }], StoredKind>(
      `SELECT kind FROM channel_subjects WHERE ${OF_CHANNEL_ACTS} AND key = @key`,
    )
    .pluck();
  const put = connection.prepare<[ChannelRef & StoredSubject & { key: string; at: string }]>(
    `INSERT INTO channel_subjects (platform, workspace, channel, key, subject, kind, origin, said_at)
     VALUES (@platform, @workspace, @channel, @key, @subject, @kind, @origin, @at)
     ON CONFLICT (platform, workspace, channel, key) DO UPDATE SET subject = @subject, kind = @kind, origin = @origin, said_at = @at`,
  );
  const drop = connection.prepare<[ChannelRef & { key: string }]>(
    `DELETE FROM channel_subjects WHERE ${OF_CHANNEL_ACTS} AND key = @key`,
  );
  const dropStart = connection.prepare<[ChannelRef]>(
    `DELETE FROM channel_subjects WHERE ${OF_CHANNEL_ACTS} AND kind = 'start'`,
  );

  return {
    of(channel: ChannelRef): ChannelSubjects {
      const all = named.all(channel);
      const ruled = (wanted: SubjectRule) =>
        all.filter(({ kind }) => kind === wanted).map(({ subject }) => subject);
      const start = all.flatMap(({ subject, origin }) =>
        origin === null ? [] : [{ name: subject, from: origin }],
      );
      return { pinned: ruled('pinned'), banned: ruled('banned'), start };
    },

    /** See `LearnedLists.rule`. */
    rule: connection.transaction(
      (channel: ChannelRef, subject: string, kind: SubjectRule | undefined, at: string) => {
        const key = subjectKey(subject);
        if (key === '') {
          throw new UserError(
            `“${clip(subject, ECHO)}” has no word that a paper could be about. Name a subject, such as protein folding.`,
          );
        }
        const found = kindOf.get({ ...channel, key });
        const before = found === 'start' ? undefined : found;
        if (kind === undefined) {
          drop.run({ ...channel, key });
          return before;
        }
        const isFull =
          named.all(channel).filter(({ origin }) => origin === null).length >= MOST_CHANNEL_SUBJECTS;
        if (before === undefined && isFull) {
          throw new UserError(
            `This channel has ${MOST_CHANNEL_SUBJECTS} pinned or banned subjects, the maximum. Take one off first: /paperfeed subjects`,
          );
        }
        put.run({ ...channel, key, subject, kind, origin: null, at });
        return before;
      },
    ).immediate,

    /** See `LearnedLists.begin`. */
    begin: connection.transaction((channel: ChannelRef, subjects: readonly StartSubject[], at: string) => {
      dropStart.run(channel);
      return subjects.filter(({ name, from }) => {
        const key = subjectKey(name);
        if (from === 'include' || key === '' || kindOf.get({ ...channel, key }) !== undefined) return false;
        put.run({ ...channel, key, subject: name, kind: 'start', origin: from, at });
        return true;
      });
    }).immediate,
  };
}
