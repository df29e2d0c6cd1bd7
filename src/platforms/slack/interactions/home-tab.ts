/** Handles App Home: opening, search, paging and buttons. */
import type { App, BlockAction, ButtonAction, PlainTextInputAction, StaticSelectAction } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { RichText } from '../../../chat/card.ts';
import type { ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import { type Catalogue, fullName } from '../../../command/catalogue.ts';
import { formatLine } from '../../../command/line.ts';
import { commandNamedBy } from '../../../command/parse.ts';
import { ofWorkspace } from '../connection/addresses.ts';
import { isNew } from '../connection/dedupe.ts';
import { RUN_ID, readPress } from '../rendering/buttons.ts';
import { HOME_SEARCH, toHome } from '../rendering/home.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import { acknowledge } from './acknowledge.ts';
import { inConversation } from './reply-functions.ts';
import type { RequestContext, Requester } from './request-context.ts';
import type { Responder } from './responder.ts';

export interface HomeTabOptions {
  readonly catalogue: Catalogue;
  readonly handlers: ChatHandlers;
  readonly requestContext: RequestContext;
  readonly responder: Responder;
  readonly workspaces: Workspaces;
  readonly log: Logger;
}

const SAVED = '/papers saved';
const TRENDING = '/papers trending limit:5';
const FEEDS = '/papers feeds';

const code = (text: string) => ({ kind: 'code', text }) as const;
const BEGIN: readonly RichText[] = [
  ['Search for papers in any channel: ', code('/papers search world models')],
  ['To save a paper, react to its message with 🔖, or to a list with the paper’s number, such as 1️⃣.'],
  ['Follow trending papers in a channel: ', code('/paperfeed follow')],
  ['See all commands: ', code('/papers help')],
];

export function listenToHome(
  app: App,
  options: HomeTabOptions,
  follow: (work: Promise<void>) => Promise<void>,
): void {
  const { catalogue, handlers, requestContext, responder, workspaces, log } = options;

  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return;
    await follow(publish({ workspace: await workspaces.of(context.teamId ?? ''), person: event.user }));
  });

  app.action<BlockAction<PlainTextInputAction>>(HOME_SEARCH, async ({ ack, action, body, context }) => {
    await acknowledge(ack, log);
    if (!(await isNew(context))) return;
    const requester = { workspace: await workspaces.of(context.teamId ?? ''), person: body.user.id };
    await follow(publish(requester, { query: action.value?.trim() ?? '' }));
  });

  app.action<BlockAction<ButtonAction | StaticSelectAction>>(
    { type: 'block_actions', action_id: RUN_ID },
    async ({ action, body, context }) => {
      // `inbound.ts` acknowledges all buttons and handles those on messages.
      if (body.view?.type !== 'home' || !(await isNew(context))) return;
      const requester = { workspace: await workspaces.of(context.teamId ?? ''), person: body.user.id };
      await follow(press(requester, action));
    },
  );

  async function press(requester: Requester, used: ButtonAction | StaticSelectAction): Promise<void> {
    const meant = readPress(used);
    if (!meant) return;
    const line = 'line' in meant ? meant.line : await handlers.lineOf(meant.key);
    if (line === undefined) return publish(requester);
    if (meant.effect === 'replace') return publish(requester, linesWith(line));
    // App Home has no messages, so answers go to the conversation with the bot.
    const { workspace, person } = requester;
    const work = requestContext
      .answerTo(requester, line)
      .then((answer): CommandAnswer => ({ ...answer, visibility: 'private' }));
    await responder.answer(
      { workspace, person, channel: person, respond: inConversation(workspace.client, person) },
      work,
    );
    // Show the changed list.
    await publish(requester);
  }

  /** Selects the list that the line pages through. */
  function linesWith(line: string): Showing {
    const command = commandNamedBy(catalogue, line);
    if (command && fullName(command) === SAVED) return { saved: line };
    return command && TRENDING.startsWith(fullName(command)) ? { trending: line } : {};
  }

  async function publish(requester: Requester, { query = '', saved, trending }: Showing = {}): Promise<void> {
    const listed =
      saved ?? (query === '' ? SAVED : formatLine({ root: 'papers', name: 'saved', args: { query } }));
    const [list, follows, trends] = await Promise.all(
      [listed, FEEDS, trending ?? TRENDING].map((line) => requestContext.answerTo(requester, line)),
    );
    if (!list || !follows || !trends) return;
    const home = toHome({
      saved: list.card,
      query,
      follows: follows.card,
      trending: trends.card,
      begin: BEGIN,
    });
    if (home.lines.size > 0) await handlers.keepLines(home.lines, ofWorkspace(requester.workspace.id));
    await requester.workspace.client.views.publish({ user_id: requester.person, view: home.view });
  }
}

interface Showing {
  readonly query?: string;
  readonly saved?: string;
  readonly trending?: string;
}
