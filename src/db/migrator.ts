/** Migrates a database to the current schema: forward only, each step in one locked transaction. */
import { join } from 'node:path';
import { UserError } from '../base/errors.ts';
import { toUserError } from '../base/file-errors.ts';
import { backUp, backupFolder } from './backup.ts';
import type { Migration } from './migration.ts';
import { papersMigration } from './migrations/0001-papers.ts';
import { messagesMigration } from './migrations/0002-messages.ts';
import { feedsMigration } from './migrations/0003-feeds.ts';
import { deliveriesMigration } from './migrations/0004-deliveries.ts';
import { askedPostsMigration } from './migrations/0005-asked-posts.ts';
import { workspacesMigration } from './migrations/0006-workspaces.ts';
import { modelMigration } from './migrations/0007-model.ts';
import { embeddingsMigration } from './migrations/0008-embeddings.ts';
import { managersMigration } from './migrations/0009-managers.ts';
import { reachedMigration } from './migrations/0010-reached.ts';
import { vectorRowsMigration } from './migrations/0011-vector-rows.ts';
import { forgottenPeopleMigration } from './migrations/0012-forgotten-people.ts';
import { lettersMigration } from './migrations/0013-letters.ts';
import { withdrawnMigration } from './migrations/0014-withdrawn.ts';
import { wherePostedMigration } from './migrations/0015-where-posted.ts';
import { warnedFeedsMigration } from './migrations/0016-warned-feeds.ts';
import { teamsByServerMigration } from './migrations/0017-teams-by-server.ts';
import { erasingMigration } from './migrations/0018-erasing.ts';
import { indexFormMigration } from './migrations/0019-index-form.ts';
import { mergedIndexMigration } from './migrations/0020-merged-index.ts';
import { libraryMigration } from './migrations/0021-library.ts';
import { paperChangesMigration } from './migrations/0022-paper-changes.ts';
import { zoteroMigration } from './migrations/0023-zotero.ts';
import { watchesMigration } from './migrations/0024-watches.ts';
import { noticesMigration } from './migrations/0025-notices.ts';
import { inboxMigration } from './migrations/0026-inbox.ts';
import { toldChangesMigration } from './migrations/0027-told-changes.ts';
import { doiIndexMigration } from './migrations/0028-doi-index.ts';
import { mailMigration } from './migrations/0029-mail.ts';
import { tasteMigration } from './migrations/0030-taste.ts';
import { learnedFeedsMigration } from './migrations/0031-learned-feeds.ts';
import { inboxOrderMigration } from './migrations/0032-inbox-order.ts';
import { harvestsMigration } from './migrations/0033-harvests.ts';
import { channelBeginningsMigration } from './migrations/0034-channel-beginnings.ts';
import { wordChangesMigration } from './migrations/0035-word-changes.ts';
import { newPapersMigration } from './migrations/0036-new-papers.ts';
import { missingVectorsMigration } from './migrations/0037-missing-vectors.ts';
import { paperCountsMigration } from './migrations/0038-paper-counts.ts';
import { wordsOfFirstPapersMigration } from './migrations/0039-words-of-first-papers.ts';
import { feedChannelNamesMigration } from './migrations/0040-feed-channel-names.ts';
import { processesMigration } from './migrations/0041-processes.ts';
import { requestWindowsMigration } from './migrations/0042-request-windows.ts';
import type { SqliteConnection } from './open.ts';

/** In order. A released migration is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  papersMigration,
  messagesMigration,
  feedsMigration,
  deliveriesMigration,
  askedPostsMigration,
  workspacesMigration,
  modelMigration,
  embeddingsMigration,
  managersMigration,
  reachedMigration,
  vectorRowsMigration,
  forgottenPeopleMigration,
  lettersMigration,
  withdrawnMigration,
  wherePostedMigration,
  warnedFeedsMigration,
  teamsByServerMigration,
  erasingMigration,
  indexFormMigration,
  mergedIndexMigration,
  libraryMigration,
  paperChangesMigration,
  zoteroMigration,
  watchesMigration,
  noticesMigration,
  inboxMigration,
  toldChangesMigration,
  doiIndexMigration,
  mailMigration,
  tasteMigration,
  learnedFeedsMigration,
  inboxOrderMigration,
  harvestsMigration,
  channelBeginningsMigration,
  wordChangesMigration,
  newPapersMigration,
  missingVectorsMigration,
  paperCountsMigration,
  wordsOfFirstPapersMigration,
  feedChannelNamesMigration,
  processesMigration,
  requestWindowsMigration,
];

/** "PBOY" in ASCII: marks the file as ours. https://www.sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x50424f59;

export interface MigrationReport {
  readonly from: number;
  readonly to: number;
  /** Backup made before the first step, if there was data. */
  readonly backup?: string;
}

/** An upgrade of a database with data, which can take minutes. */
export type Upgrade = Pick<MigrationReport, 'from' | 'to'>;

/**
 * @param migrations for tests of the migrator
 * @param onUpgrade called before the backup, if there is data
 * @throws UserError for a database from a newer version or another program
 */
export async function migrate(
  connection: SqliteConnection,
  migrations: readonly Migration[] = MIGRATIONS,
  onUpgrade: (upgrade: Upgrade) => void = () => {},
): Promise<MigrationReport> {
  refuseUnreadable(connection, { known: migrations.length });
  const from = versionOf(connection);
  if (from === migrations.length) return { from, to: from };
  if (from > 0) onUpgrade({ from, to: migrations.length });
  const backup = from > 0 && !connection.memory ? await backUpBefore(connection, from) : undefined;
  try {
    for (const [index, migration] of migrations.entries()) step(connection, index, migration);
  } catch (error) {
    throw toUserError(error, connection.name) ?? error;
  }
  return { from, to: migrations.length, ...(backup !== undefined && { backup }) };
}

function step(connection: SqliteConnection, index: number, migration: Migration): void {
  connection
    .transaction(() => {
      // Read again under the write lock, because another process may have taken this step meanwhile.
      if (versionOf(connection) > index) return;
      migration.up(connection);
      connection.pragma(`user_version = ${index + 1}`);
      connection.pragma(`application_id = ${APPLICATION_ID}`);
    })
    .immediate();
}

function versionOf(connection: SqliteConnection): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

interface Refusal {
  /** Number of migrations in the program. */
  readonly known?: number;
  /** Path for the error. */
  readonly path?: string;
  /** Alternative to updating the program, as the end of a sentence. */
  readonly otherwise?: string;
}

/** @throws UserError for a database from a newer version or another program */
export function refuseUnreadable(
  connection: SqliteConnection,
  {
    known = MIGRATIONS.length,
    path = connection.name,
    otherwise = 'set DATA_DIR to another folder',
  }: Refusal = {},
): void {
  const marked = connection.pragma('application_id', { simple: true }) === APPLICATION_ID;
  const empty = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (!marked && !empty) {
    throw new UserError(`${path} is not a Paperboy database. Check the path, or ${otherwise}.`);
  }
  const version = versionOf(connection);
  if (version > known) {
    throw new UserError(
      `${path} was written by a newer Paperboy (schema ${version}; this one supports ${known}). Update Paperboy, or ${otherwise}.`,
    );
  }
}

async function backUpBefore(connection: SqliteConnection, version: number): Promise<string> {
  const path = join(backupFolder(connection.name), `before-schema-${version + 1}.db`);
  await backUp(connection, path);
  return path;
}
