/** Stores the papers of messages and the reactions on them. */

import { personHash } from '../base/person-hash.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { ReactedMessage, Reaction } from '../chat/handlers.ts';
import type { StandingReaction } from '../chat/port.ts';
import type { ChannelRef, MessageRef, WorkspaceRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { openChannelActs } from '../learning/acts-store.ts';
import type { ActKind, ChannelAct } from '../learning/learned-lists.ts';
import { openSaves } from '../library/library-store.ts';
import type { MessageStore, ReactionOutcome } from './messages.ts';

type Message = Omit<MessageRef, 'workspace'>;
/** Key of a reaction. */
type Stand = Message & { readonly person: string; readonly emoji: string };

/** Marks a super reaction, which is separate from a normal one. No emoji's name contains a space. */
const SUPER = ' super';

interface StandingRow {
  readonly workspace: string;
  readonly team: string;
  readonly paper: number;
  readonly saved: number;
}

const OF_MESSAGE = 'platform = @platform AND channel = @channel AND message = @message';
const OF_REACTION = `${OF_MESSAGE} AND person = @person AND emoji = @emoji`;

/** Runs in the store thread. */
export function openMessageStore(connection: DatabaseConnection): MessageStore {
  const saves = openSaves(connection);
  const acts = openChannelActs(connection);
  const addShown = connection.prepare<
    [MessageRef & { number: number; paper: number; at: string }]
  >(`INSERT INTO shown_papers (platform, channel, message, number, paper, workspace, shown_at)
     VALUES (@platform, @channel, @message, @number, @paper, @workspace, @at)
     ON CONFLICT (platform, channel, message, number) DO UPDATE SET paper = excluded.paper,
       workspace = excluded.workspace, shown_at = excluded.shown_at`);
  const shownSince = connection
    .prepare<[Message], string | null>(`SELECT min(shown_at) FROM shown_papers WHERE ${OF_MESSAGE}`)
    .pluck();
  const forgottenSince = connection.prepare<[Message & { digest: Buffer }]>(
    `SELECT 1 FROM forgotten_people WHERE digest = @digest
       AND forgotten_at >= (SELECT min(shown_at) FROM shown_papers WHERE ${OF_MESSAGE})`,
  );
  const dropDigests = connection.prepare<[string]>('DELETE FROM forgotten_people WHERE forgotten_at < ?');
  const dropShown = connection.prepare<[Message]>(`DELETE FROM shown_papers WHERE ${OF_MESSAGE}`);
  const shown = connection.prepare<[Message], { number: number; paper: string }>(
    `SELECT number, papers.id AS paper FROM shown_papers JOIN papers ON pk = shown_papers.paper
     WHERE ${OF_MESSAGE} ORDER BY number`,
  );
  const numbered = connection.prepare<[Pick<ChannelRef, 'platform' | 'channel'>]>(
    'SELECT 1 FROM shown_papers WHERE platform = @platform AND channel = @channel AND number > 0 LIMIT 1',
  );
  const standing = connection.prepare<[Stand], StandingRow>(
    `SELECT workspace, team, paper, saved FROM reaction_saves WHERE ${OF_REACTION}`,
  );
  const addStanding = connection.prepare<[Stand & StandingRow]>(
    `INSERT INTO reaction_saves (platform, channel, message, person, emoji, workspace, team, paper, saved)
     VALUES (@platform, @channel, @message, @person, @emoji, @workspace, @team, @paper, @saved)`,
  );
  const dropStanding = connection.prepare<[Stand]>(`DELETE FROM reaction_saves WHERE ${OF_REACTION}`);
  /** The paper stays on the list while the person has another reaction on a message with this paper. */
  const inherit = connection.prepare<[Omit<StandingRow, 'saved'> & { platform: string; person: string }]>(
    `UPDATE reaction_saves SET saved = 1
     WHERE (platform, channel, message, person, emoji) IN (
       SELECT platform, channel, message, person, emoji FROM reaction_saves
       WHERE paper = @paper AND person = @person AND platform = @platform AND workspace = @workspace AND team = @team
       LIMIT 1)`,
  );
  const titleOf = connection.prepare<[number], string>('SELECT title FROM papers WHERE pk = ?').pluck();
  const recent = connection.prepare<
    [{ platform: string; since: string; limit: number }],
    MessageRef
  >(`SELECT platform, workspace, channel, message FROM shown_papers
     WHERE platform = @platform AND shown_at >= @since
     GROUP BY platform, workspace, channel, message ORDER BY max(shown_at) DESC LIMIT @limit`);
  const reactionsOn = connection.prepare<[Message], { person: string; emoji: string }>(
    `SELECT person, emoji FROM reaction_saves WHERE ${OF_MESSAGE}`,
  );
  const clear = connection.prepare<[Message & { emoji: string | null }]>(
    `DELETE FROM reaction_saves
     WHERE ${OF_MESSAGE} AND (@emoji IS NULL OR emoji IN (@emoji, @emoji || '${SUPER}'))`,
  );
  const keepLine = connection.prepare<[{ key: string; line: string; at: string }]>(
    `INSERT INTO button_lines (key, line, kept_at) VALUES (@key, @line, @at)
     ON CONFLICT (key) DO UPDATE SET kept_at = @at`,
  );
  const keepOf = connection.prepare<[WorkspaceRef & { key: string }]>(
    `INSERT INTO line_workspaces (platform, workspace, key) VALUES (@platform, @workspace, @key)
     ON CONFLICT DO NOTHING`,
  );
  const keepFor = connection.prepare<[PersonRef & { key: string }]>(
    `INSERT INTO line_people (platform, workspace, person, key) VALUES (@platform, @workspace, @person, @key)
     ON CONFLICT DO NOTHING`,
  );
  const isKept = connection.prepare<[WorkspaceRef & { key: string }]>(
    'SELECT 1 FROM line_workspaces WHERE platform = @platform AND workspace = @workspace AND key = @key',
  );
  const lineOf = connection.prepare<[string], string>('SELECT line FROM button_lines WHERE key = ?').pluck();
  const forget = connection.prepare<[string]>('DELETE FROM shown_papers WHERE shown_at < ?');

  const oldLines = ['line_workspaces', 'line_people'].map((table) =>
    connection.prepare<[string]>(
      `DELETE FROM ${table} WHERE key IN (SELECT key FROM button_lines WHERE kept_at < ?)`,
    ),
  );
  const dropOldLines = connection.prepare<[string]>('DELETE FROM button_lines WHERE kept_at < ?');

  const forgetLines = connection.transaction((before: string) => {
    for (const step of [...oldLines, dropOldLines]) step.run(before);
  });

  const show = connection.transaction(
    (message: MessageRef, papers: Parameters<MessageStore['show']>[1], at: string) => {
      // Paging does not change the age of a message or of its reactions.
      const since = shownSince.get(message) ?? at;
      dropShown.run(message);
      for (const { paper: id, number = 0 } of papers) {
        const paper = saves.find(id);
        if (paper !== undefined) addShown.run({ ...message, number, paper, at: since });
      }
    },
  );

  const react = connection.transaction(
    (reaction: Reaction, id: string, at: string): ReactionOutcome | undefined => {
      const { message, caller, found } = reaction;
      if (found && forgottenSince.get({ ...message, digest: personHash(caller) })) return undefined;
      const stand = standOf(reaction);
      const paper = saves.find(id);
      if (paper === undefined || standing.get(stand) !== undefined) return undefined;
      const { isNewHere, first } = saves.save(caller, paper, at);
      const { workspace, team } = caller;
      addStanding.run({ ...stand, workspace, team, paper, saved: isNewHere ? 1 : 0 });
      acts.add(actOf(reaction, 'saved'), paper, at);
      return { title: titleOf.get(paper) ?? '', first };
    },
  );

  const unreact = connection.transaction((reaction: Reaction) => {
    const { message, caller } = reaction;
    const stand = standOf(reaction);
    acts.takeBack(stand);
    const row = standing.get(stand);
    if (row === undefined) return;
    dropStanding.run(stand);
    if (row.saved === 0) return;
    const { platform } = message;
    const person = { ...row, platform, person: caller.person };
    if (inherit.run(person).changes === 0) saves.unsaveHere(person, row.paper);
  });

  const mark = connection.transaction((reaction: Reaction, id: string, kind: ActKind, at: string) => {
    const { message, caller, found } = reaction;
    if (found && forgottenSince.get({ ...message, digest: personHash(caller) })) return;
    const paper = saves.find(id);
    if (paper !== undefined) acts.add(actOf(reaction, kind), paper, at);
  });

  const clearAll = connection.transaction((message: MessageRef, emoji: string | undefined) => {
    clear.run({ ...message, emoji: emoji ?? null });
    acts.clear(message, emoji);
  });

  const keepLines = connection.transaction(
    (
      lines: ReadonlyMap<string, string>,
      { person, ...of }: WorkspaceRef & { readonly person?: string },
      at: string,
    ) => {
      for (const [key, line] of lines) {
        keepOf.run({ ...of, key });
        if (person !== undefined) keepFor.run({ ...of, person, key });
        // A trigger drops rows of a workspace that has just removed the bot.
        if (isKept.get({ ...of, key }) !== undefined) keepLine.run({ key, line, at });
      }
    },
  );

  return {
    show: async (message, papers, at) => show.immediate(message, papers, at),
    hasList: async (channel) => numbered.get(channel) !== undefined,
    shownIn: async (message) =>
      shown.all(message).map(({ number, paper }) => (number === 0 ? { paper } : { paper, number })),
    react: async (reaction, paper, at) => react.immediate(reaction, paper, at),
    unreact: async (reaction) => unreact.immediate(reaction),
    mark: async (reaction, paper, kind, at) => mark.immediate(reaction, paper, kind, at),
    async discuss(message, { person }, id, at) {
      const paper = saves.find(id);
      if (paper !== undefined) acts.add({ channel: message, person, kind: 'discussed' }, paper, at);
    },
    clear: async (message, emoji) => clearAll.immediate(message, emoji),
    recent: async (platform, since, limit) =>
      recent.all({ platform, since, limit }).map(
        (message): ReactedMessage => ({
          message,
          known: [...reactionsOn.all(message), ...acts.standingOn(message)].map(toStanding),
        }),
      ),
    keepLines: async (lines, of, at) => keepLines.immediate(lines, of, at),
    lineOf: async (key) => lineOf.get(key),
    forget: async (before) => forget.run(before).changes,
    forgetLines: async (before) => forgetLines(before),
    forgetHashes: async (before) => void dropDigests.run(before),
  };
}

function actOf(reaction: Reaction, kind: ActKind): ChannelAct {
  const { message, person, emoji } = standOf(reaction);
  return { channel: reaction.message, person, kind, message, emoji };
}

function standOf({ message, caller, emoji, isSuper = false }: Reaction): Stand {
  return { ...message, person: caller.person, emoji: isSuper ? `${emoji}${SUPER}` : emoji };
}

function toStanding({ person, emoji }: Pick<Stand, 'person' | 'emoji'>): StandingReaction {
  return emoji.endsWith(SUPER)
    ? { person, emoji: emoji.slice(0, -SUPER.length), isSuper: true }
    : { person, emoji };
}
