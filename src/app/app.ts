/** The composition root: creates all parts of the program and connects them. */
import { completions } from '../../commands/completions.ts';
import { catalogue } from '../../commands/index.ts';
import { messageActions } from '../../commands/message-actions.ts';
import { smallTalk } from '../../commands/papers/help.ts';
import type { Services } from '../../commands/services.ts';
import { openAnswerService } from '../answers/answer-service.ts';
import { compact } from '../base/compact.ts';
import type { Logger } from '../base/log.ts';
import { knownAboutOf } from '../chat/channel-facts.ts';
import type { ChatHandlers } from '../chat/handlers.ts';
import type { PostingPort } from '../chat/port.ts';
import { openVisibleChannels } from '../chat/visible-channels.ts';
import { openDispatcher } from '../command/dispatch.ts';
import { warmUpDays } from '../command/reading/days.ts';
import type { Config } from '../config/config.ts';
import { alertTarget, openAlerts } from '../delivery/alerts.ts';
import type { DeliveryService } from '../delivery/delivery-service.ts';
import { feedHealth } from '../delivery/delivery-service.ts';
import { openDigestComposer } from '../delivery/digests/composer.ts';
import { openListRanking } from '../delivery/digests/list-ranking.ts';
import { openListReader } from '../delivery/digests/list-reader.ts';
import { type DeliveryEngine, startDelivery } from '../delivery/engine.ts';
import { nextSlot } from '../delivery/planning/slots.ts';
import { openPostNow } from '../delivery/post-now.ts';
import { toFollowedFeeds } from '../feeds/followed-feeds.ts';
import type { Activity } from '../health/activity.ts';
import type { HandleRequest, OtherPages } from '../health/http-server.ts';
import { type InboxSender, openInboxSender } from '../inbox/inbox-sender.ts';
import { openListAddresses } from '../library/list-address.ts';
import { openListFiles } from '../library/list-file.ts';
import { openTeamNamed, openTeams } from '../library/teams.ts';
import { openListImports } from '../list-import/open-list-imports.ts';
import { runningMentions } from '../messages/mention.ts';
import { openMessageHandlers } from '../messages/message-handlers.ts';
import { openVectorIndexer, type VectorIndexer } from '../search/indexing/vector-indexer.ts';
import { nearestFolder } from '../search/nearest/files.ts';
import { openFreshDays } from '../sources/fresh-day.ts';
import { openLookup } from '../sources/lookup.ts';
import { closeSources, openSources } from '../sources/sources.ts';
import { openSummaryGenerator } from '../summary/generated-summary.ts';
import { openGenerationCache } from '../summary/generation-cache.ts';
import { openSummaryService, warmUpSummaries } from '../summary/summary-service.ts';
import type { Clock } from '../time/clock.ts';
import { openSealing } from '../workspaces/sealing.ts';
import { openWorkspaceHandlers } from '../workspaces/workspace-handlers.ts';
import { openZoteroAccounts } from '../zotero/accounts.ts';
import { stoppedNotice } from '../zotero/problems.ts';
import { openZoteroSync, type ZoteroSync } from '../zotero/sync-service.ts';
import { openConfiguredGenerator, openQuerySearch } from './models.ts';
import { openEmailParts } from './platforms/email.ts';
import { openPollers, type Pollers } from './pollers.ts';
import { deliverTogether, openSharedWork, type SharedWork } from './shared-work.ts';
import { openRecommenderThread, type Stores, startTrainer } from './stores.ts';
import { type OpenThreads, openThreads } from './threads.ts';

export interface App extends Partial<Pollers> {
  readonly stores: Stores;
  readonly sharedWork: SharedWork;
  readonly handlers: ChatHandlers;
  /** Keeps vectors up to date. Runs only in the process that holds the database lock. */
  readonly vectorIndexer: VectorIndexer;
  /** Sends digests to people. Runs only with the database lock. */
  readonly inboxSender: InboxSender;
  /** Syncs libraries in Zotero. Absent without `SECRET_KEY`. Runs only with the database lock, too. */
  readonly zoteroSync?: ZoteroSync;
  /** Serves the addresses of lists. */
  readonly listPage: OtherPages;
  /** Serves the page that ends a digest by e-mail. */
  readonly handleRequest?: HandleRequest;
  /** Starts delivery to these platforms. Only for the process that holds the database lock. */
  deliver(ports: readonly PostingPort[]): Promise<DeliveryEngine>;
  /** Does in advance what the first answer that needs it would wait for. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

interface AppOptions {
  /** Counts answers and model calls. */
  readonly activity?: Activity;
  /** The threads, if they were started before this module was loaded. */
  readonly threads?: Promise<OpenThreads>;
  /** For benchmarks, in which lines such as `this week` always mean the same days. */
  readonly clock?: Clock;
}

/**
 * Creates everything except the chat platforms and the schedule.
 * @param onDeath called when an essential part of the program ends
 * @throws UserError when the database cannot be used
 */
export async function createApp(
  config: Config,
  log: Logger,
  onDeath: (error: Error) => void,
  { activity, threads = openThreads(config, log, onDeath), clock: given }: AppOptions = {},
): Promise<App> {
  const [opened, searching] = await threads;
  const { stores } = opened;
  const sharedWork = await openSharedWork(config.database, stores, log, onDeath).catch(async (error) => {
    await Promise.allSettled([searching.close(), opened.close()]);
    throw error;
  });
  const clock = given ?? sharedWork.clock;
  const { papers, trending, library } = stores;
  const { embedder, search } = openQuerySearch(config, searching.search, { clock, log });
  const recommending = openRecommenderThread(config.database);
  let closing = false;
  const failed = (error: unknown) => closing || log.warn({ err: error }, 'search: warm-up failed');
  searching.search.open().catch(failed);
  const sources = openSources(config, clock, sharedWork.team?.openSharedPace);
  const lookup = openLookup({ sources, papers, clock, log });
  const generator = await openConfiguredGenerator(config, {
    budget: stores.budget,
    clock,
    log,
    onOutcome: activity?.modelAsked,
  });
  const cache = generator && openGenerationCache({ generator, store: stores.summaries, clock });
  const summary = openSummaryService(cache && openSummaryGenerator(cache));
  const listSource = sources.find(({ readDay }) => readDay !== undefined);
  const refresh =
    listSource && openFreshDays({ source: listSource, papers, state: stores.sources, clock, log });
  const teamOf = openTeams(config.teams);
  const lists = openListReader({ trending, ...(refresh && { refresh }), teamOf, clock });
  const { feeds, posted, ledger } = stores;
  const [saveEmoji] = config.saveEmoji;
  const ports = new Map<string, PostingPort>();
  const channels = openVisibleChannels((platform) => ports.get(platform));
  const digestComposer = openDigestComposer({
    lists,
    ranking: openListRanking(stores.learning),
    posted,
    channels,
    summary,
    saveEmojiOf: (platform) => (ports.get(platform)?.takesReactions ? saveEmoji : undefined),
  });
  const delivery: DeliveryService = {
    digestComposer,
    posted,
    defaultZone: config.defaultZone,
    nextSlot,
    postNow: openPostNow({ digestComposer, posted, portOf: (platform) => ports.get(platform), clock }),
    health: (feed) => feedHealth(ledger, feed),
    aboutOf: (channel) => knownAboutOf(ports.get(channel.platform), channel),
  };
  /** Reports to the log, because the command line process has exited. */
  async function postRequested(): Promise<void> {
    for (const asked of await stores.postRequests.take(clock.now().getTime())) {
      const feed = await feeds.find(asked);
      const outcome = feed
        ? await delivery.postNow(feed)
        : { kind: 'nothing', reason: 'the feed no longer exists' };
      log.info({ ...asked, ...outcome }, 'post request: done');
    }
  }
  const sealing = config.secretKey ? await openSealing(config.secretKey) : undefined;
  const zotero = { store: stores.zotero, url: config.zotero.apiUrl, clock };
  const email = await openEmailParts(config, { stores, sealing, clock, log });
  const files = openListFiles(library);
  const teamNamed = openTeamNamed(config.teams);
  const addresses = openListAddresses({
    links: stores.links,
    files,
    publicUrl: config.health?.publicUrl,
    teamNamed,
    clock,
  });
  const services: Services = {
    papers,
    search,
    trending,
    library,
    files,
    addresses,
    changes: stores.changes,
    changeSettings: stores.changeSettings,
    lookup,
    sources: stores.sources,
    harvests: stores.harvests,
    announcements: stores.announcements,
    summary,
    answers: openAnswerService({ search, generator, cache }),
    feeds,
    learning: stores.learning,
    channels,
    delivery,
    notices: stores.notices,
    managers: stores.managers,
    people: stores.people,
    zotero: openZoteroAccounts({ ...zotero, sealing }),
    links: stores.workspaces,
    watches: stores.watches,
    inboxes: stores.inboxes,
    imports: openListImports({ papers, search, library, lookup, portOf: (name) => ports.get(name), clock }),
    mailInboxes: email.mailInboxes,
    recommender: recommending.recommender,
    tastes: stores.tastes,
  };
  const dispatcher = openDispatcher({
    catalogue,
    menu: messageActions,
    services,
    completions,
    smallTalk,
    clock,
    log,
    onAnswered: activity?.answered,
  });
  const workspaceHandlers = openWorkspaceHandlers({ workspaces: stores.workspaces, library, clock, log });
  const handlers: ChatHandlers = {
    ...dispatcher,
    ...openMessageHandlers({
      messages: stores.messages,
      saveEmoji: config.saveEmoji,
      run: runningMentions(dispatcher),
      refine: dispatcher.refine,
      markSeen: workspaceHandlers.markSeen,
      clock,
      log,
    }),
    ...workspaceHandlers,
  };
  const vectorIndexer = openVectorIndexer({
    store: stores.vectors,
    openTrainer: () => startTrainer(config.database),
    nearest: nearestFolder(config.database.path),
    ...(embedder && { embedder }),
    log,
  });
  const inboxSender = openInboxSender({
    trending,
    changes: stores.changes,
    library,
    papers,
    summary,
    recommender: recommending.recommender,
    inboxes: stores.inboxes,
    sendsMail: email.port !== undefined,
    teamNamed,
    clock,
    log,
  });
  const zoteroSync =
    sealing &&
    openZoteroSync({
      ...zotero,
      sealing,
      log,
      random: Math.random,
      async tell({ platform, workspace, person }, problem) {
        await ports.get(platform)?.sendDirectMessage(workspace, person, stoppedNotice(problem));
      },
    });
  return {
    stores,
    sharedWork,
    handlers,
    vectorIndexer,
    inboxSender,
    listPage: addresses.page,
    ...compact({ zoteroSync, handleRequest: email.handleRequest }),
    ...(sources.length > 0 && openPollers(sources, { stores, clock, log })),
    async deliver(served) {
      for (const port of served) ports.set(port.platform, port);
      const channel = alertTarget(config.alertChannel, ports);
      const engine = await deliverTogether(sharedWork, (shared) =>
        startDelivery({
          ...shared,
          ledger,
          feeds: toFollowedFeeds(feeds),
          digestSource: digestComposer,
          ports: [...served, ...(email.port ? [email.port] : [])],
          alerts: openAlerts({ log, clock, ...(channel && { channel }) }),
          postRequested,
          clock,
          log,
          random: Math.random,
        }),
      );
      // A mail server that hangs must not hold up the stop.
      return { ...engine, stop: async () => void (await Promise.all([engine.stop(), email.stop()])) };
    },
    async warmUp() {
      searching.search.warmUp().catch(failed);
      await warmUpDays();
      await warmUpSummaries();
    },
    async close() {
      closing = true;
      await email.stop();
      await closeSources(sources);
      await embedder?.close?.();
      await searching.close();
      await sharedWork.close();
      await recommending.close();
      await opened.close();
    },
  };
}
