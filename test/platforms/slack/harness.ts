/** The program in Slack for tests of the adapter: a fake server, the real client, real stores in memory. */
import { onTestFinished } from 'vitest';
import type { ChatHandlers } from '../../../src/chat/handlers.ts';
import { openVisibleChannels } from '../../../src/chat/visible-channels.ts';
import { openSlackChat, type SlackOptions } from '../../../src/platforms/slack/adapter.ts';
import type { FakeSlackOptions } from '../../fakes/slack/start.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { openSlackWithApp, slackOptions } from '../../support/harness/slack.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { openProgram, TEAM } from '../../support/program.ts';

export interface FrameOptions {
  readonly slack?: FakeSlackOptions;
  readonly chat?: Partial<SlackOptions>;
  /** Events as signed requests instead of through a socket. */
  readonly overHttp?: boolean;
  /** Replacements for handlers, such as a slow one. */
  readonly handlers?: (real: ChatHandlers) => Partial<ChatHandlers>;
}

/** A single paper (2605.00001), and a list of seven for Thursday, 28 May 2026. Today is the 29th. */
export async function openFrame(options: FrameOptions = {}) {
  const slack = await openSlackWithApp(options.slack);
  const channel = slack.addChannel('papers');
  const connection = await openTestDatabase();
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const {
    papers,
    library,
    messages,
    handlers: real,
    outside,
    feeds,
    workspaces,
    managers,
  } = openProgram(connection, clock);
  await papers.importBatch([samplePaper(), ...listedPapers('2026-05-28', 7)], {
    source: 'hugging-face',
    at: '2026-05-29T08:00:00Z',
  });
  const handlers = { ...real, ...options.handlers?.(real) };

  let eventsUrl = '';
  const http: Partial<SlackOptions> = {
    appToken: undefined,
    signingSecret: slack.signingSecret,
    onListening(port) {
      eventsUrl = `http://127.0.0.1:${port}/slack/events`;
      slack.deliverTo(eventsUrl);
    },
  };

  /** Restarts the bot on the same database. */
  async function startBot(changes: Partial<SlackOptions> = {}) {
    const chat = openSlackChat(
      slackOptions(slack, {
        ...(options.overHttp && http),
        ...options.chat,
        ...changes,
      }),
    );
    onTestFinished(() => chat.stop());
    await chat.start(handlers);
    return chat;
  }

  const chat = await startBot();
  outside.channels = openVisibleChannels(() => chat);
  const savedBy = async (person: string) => {
    const who = { team: TEAM, platform: 'slack', workspace: slack.workspace.id, person };
    return (await library.mine(who, 100, 0)).papers.map(({ paper }) => paper.id);
  };
  return {
    slack,
    /** The URL at which the bot accepts requests over HTTP. */
    eventsUrl: () => eventsUrl,
    channel,
    channelRef: { platform: 'slack', workspace: slack.workspace.id, channel: channel.id },
    ada: slack.addPerson('ada'),
    outside,
    library,
    alan: slack.addPerson('alan'),
    chat,
    startBot,
    connection,
    clock,
    messages,
    feeds,
    workspaces,
    managers,
    savedBy,
    real,
  };
}

/** An answer that waits until the test releases it. */
export function openGate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
