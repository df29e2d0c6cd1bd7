/** Stores which channels and people are told of changed papers. Runs in the store thread. */
import type { ChangeSettings } from '../changes/telling.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { dueAfter } from '../watches/due.ts';
import { openNoticeRows } from './ledger/notice-store.ts';

/** Topic of the daily message to a person. */
export const TO_READER = 'changes';
/** Topic of a reply in a thread. */
export const IN_THREAD = 'change';

const IN_WORKSPACE = 'platform = @platform AND workspace = @workspace';

/** Who is turned off gets no message that is not sent yet. */
export function openChangeSettings(connection: DatabaseConnection): ChangeSettings {
  const notices = openNoticeRows(connection);
  const addQuiet = connection.prepare<[ChannelRef]>(
    'INSERT INTO quiet_channels VALUES (@platform, @workspace, @channel) ON CONFLICT DO NOTHING',
  );
  const dropQuiet = connection.prepare<[ChannelRef]>(
    `DELETE FROM quiet_channels WHERE ${IN_WORKSPACE} AND channel = @channel`,
  );
  const cancelReplies = connection.prepare<[ChannelRef & { topic: string }]>(
    `DELETE FROM deliveries WHERE ${IN_WORKSPACE} AND kind = 'notice' AND feed = @topic AND state = 'planned'
       AND channel IN (SELECT thread FROM deliveries
         WHERE ${IN_WORKSPACE} AND channel = @channel AND kind = 'root' AND thread IS NOT NULL)`,
  );
  const addReader = connection.prepare<[PersonRef & { zone: string; due: number }]>(
    `INSERT INTO change_readers (platform, workspace, person, zone, told, due)
     SELECT @platform, @workspace, @person, @zone, coalesce(max(id), 0), @due FROM paper_changes
     WHERE true ON CONFLICT DO NOTHING`,
  );
  const dropReader = connection.prepare<[PersonRef]>(
    `DELETE FROM change_readers WHERE ${IN_WORKSPACE} AND person = @person`,
  );

  const tellChannel = connection.transaction((channel: ChannelRef, isTold: boolean): boolean => {
    if (isTold) return dropQuiet.run(channel).changes > 0;
    cancelReplies.run({ ...channel, topic: IN_THREAD });
    return addQuiet.run(channel).changes > 0;
  });

  const tellPerson = connection.transaction(
    (person: PersonRef, isTold: boolean, zone: string, now: Date): boolean => {
      if (isTold) return addReader.run({ ...person, zone, due: dueAfter('daily', zone, now) }).changes > 0;
      notices.remove({ to: person, topic: TO_READER });
      return dropReader.run(person).changes > 0;
    },
  );

  return {
    tellChannel: async (channel, isTold) => tellChannel.immediate(channelOnly(channel), isTold),
    tellPerson: async (person, isTold, zone, now) =>
      tellPerson.immediate(personOnly(person), isTold, zone, now),
  };
}

function channelOnly({ platform, workspace, channel }: ChannelRef): ChannelRef {
  return { platform, workspace, channel };
}

function personOnly({ platform, workspace, person }: PersonRef): PersonRef {
  return { platform, workspace, person };
}
