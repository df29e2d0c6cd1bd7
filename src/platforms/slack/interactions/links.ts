/** Unfurls pasted links to papers into cards, at most once per paper in half an hour. */
import type { App, types } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { ChatHandlers } from '../../../chat/handlers.ts';
import { papersOnCard } from '../../../chat/papers-on-card.ts';
import { formatLine } from '../../../command/line.ts';
import { channelRefOf, ofWorkspace, PLATFORM } from '../connection/addresses.ts';
import { describeError } from '../connection/errors.ts';
import { toUnfurl } from '../rendering/render.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import type { RequestContext } from './request-context.ts';

export interface LinkOptions {
  readonly handlers: ChatHandlers;
  readonly requestContext: RequestContext;
  readonly workspaces: Workspaces;
  readonly log: Logger;
}

/** Source of links in a draft. Only its author sees the preview, and Slack omits the channel. */
const COMPOSER = 'composer';
/** A message with more links is a reading list, which cards would bury. */
const MOST_LINKS = 2;
/** Milliseconds before a paper is shown again in a channel. */
const SHOWN_MS = 30 * 60_000;

export function listenToLinks(
  app: App,
  options: LinkOptions,
  follow: (work: Promise<void>) => Promise<void>,
): void {
  const { handlers, requestContext, workspaces, log } = options;

  app.event('link_shared', ({ event, context }) =>
    follow(
      unfurl(event, context.teamId ?? '').catch((error: unknown) => {
        log.warn(describeError(error), 'slack: link not unfurled');
      }),
    ),
  );

  async function unfurl(event: types.LinkSharedEvent, team: string): Promise<void> {
    const { links, user, message_ts: ts, unfurl_id: id } = event;
    if (links.length === 0 || links.length > MOST_LINKS) return;
    const workspace = await workspaces.of(team);
    if (user === workspace.user) return;
    const channel = event.source === COMPOSER ? undefined : event.channel;
    if (channel !== undefined && !(await handlers.showsLinks(channelRefOf(workspace.id, channel)))) return;
    const requester = { workspace, person: user, ...(channel !== undefined && { channel }) };
    const unfurls: Record<string, { blocks: types.KnownBlock[] }> = {};
    for (const { url } of links) {
      const line = formatLine({ root: 'papers', name: 'show', args: { paper: url } });
      const { card, ok } = await requestContext.answerTo(requester, line);
      const small = ok ? toUnfurl(card) : undefined;
      const [shown] = papersOnCard(card);
      if (!small || !shown) continue;
      if (channel !== undefined && !(await isNew(workspace.id, channel, shown.paper))) continue;
      if (small.lines.size > 0) await handlers.keepLines(small.lines, ofWorkspace(workspace.id));
      unfurls[url] = { blocks: [...small.blocks] };
    }
    if (Object.keys(unfurls).length === 0) return;
    const { chat } = workspace.client;
    if (channel !== undefined) await chat.unfurl({ channel, ts, unfurls });
    else if (id !== undefined) await chat.unfurl({ unfurl_id: id, source: COMPOSER, unfurls });
  }

  function isNew(...where: readonly [workspace: string, channel: string, paper: string]): Promise<boolean> {
    return handlers.markSeen(PLATFORM, [`link ${where.join(' ')}`], SHOWN_MS);
  }
}
