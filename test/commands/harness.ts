/**
 * A channel with the whole program: real stores in memory, the real catalogue, and the platform of the test
 * run (`vitest.config.ts`), so that one suite of commands covers all platforms.
 */

import { inject } from 'vitest';
import type { Caller } from '../../src/chat/caller.ts';
import type { Card } from '../../src/chat/card.ts';
import type { CommandRequest } from '../../src/chat/handlers.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import type { PaperLookup } from '../../src/sources/lookup.ts';
import { openTestWriter } from '../fakes/llm/model-server.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { openDiscord } from '../support/harness/discord.ts';
import type { OpenPlatform, Shown } from '../support/harness/harness.ts';
import { openSlack } from '../support/harness/slack.ts';
import { openTerminal } from '../support/harness/terminal.ts';
import { openProgram, TEAM } from '../support/program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    platform: 'terminal' | 'discord' | 'slack';
  }
}

const OPEN: Readonly<Record<'terminal' | 'discord' | 'slack', OpenPlatform>> = {
  terminal: openTerminal,
  discord: openDiscord,
  slack: openSlack,
};

const ADA: Caller = {
  platform: 'terminal',
  workspace: 'local',
  person: 'ada',
  team: TEAM,
  capabilities: ['named-managers', 'link-previews'],
};
/** A person who manages the channel that they ask in. */
export const GRACE: Caller = {
  ...ADA,
  person: 'grace',
  channel: { platform: 'terminal', workspace: 'local', channel: 'lab' },
  canManageChannel: true,
};
export const ALAN: Caller = { ...ADA, person: 'alan' };

interface Said {
  readonly card: Card;
  /** The text of the card, without its buttons. */
  readonly text: string;
  readonly ok: boolean;
  /** Labels of the card's own buttons. */
  readonly buttons: readonly string[];
  /** The line that the button with that label runs. */
  press(label: string): Promise<Said>;
}

interface HarnessOptions {
  /** In place of one that has no source to ask. */
  readonly lookup?: PaperLookup;
  /** A language model, if the test needs one. */
  readonly modelUrl?: string;
}

export async function openHarness(
  records: readonly PaperRecord[] = [],
  { lookup, modelUrl }: HarnessOptions = {},
) {
  const connection = await openTestDatabase();
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const generator = modelUrl === undefined ? undefined : openTestWriter(connection, modelUrl, { clock });
  const { handlers, ...program } = openProgram(connection, clock, lookup, generator);
  await program.papers.importBatch(records, { source: 'hugging-face', at: '2026-05-29T08:00:00Z' });
  const platform = await OPEN[inject('platform')](handlers);

  async function say(line: string, caller = ADA): Promise<Said> {
    return said(await platform.type(line, caller));
  }

  /** A request as a platform with typed options sends it, or as someone forges it. */
  async function request(asked: CommandRequest): Promise<Said> {
    const { card, ok } = await handlers.answer(asked);
    const press = () => Promise.reject(new Error('A forged request has no button'));
    return said({ card, ok, press });
  }

  async function suggest(name: string, option: string, typed: string, caller = ADA, root = 'papers') {
    return platform.suggest(root, name, option, typed, caller);
  }

  return { say, request, suggest, clock, connection, ...program };
}

function said(shown: Shown): Said {
  const { card, ok } = shown;
  return {
    card,
    ok,
    text: toPlainText(card),
    buttons: (card.actions ?? []).map(({ label }) => label),
    press: async (label) => said(await shown.press(label)),
  };
}
