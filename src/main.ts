/** The composition root: the one place where the parts of the program are made and tied together. */
import { completions } from '../commands/completions.ts';
import { catalogue } from '../commands/index.ts';
import { menu } from '../commands/menu.ts';
import type { Services } from '../commands/services.ts';
import { openAnswerService } from './answers/answer-service.ts';
import type { ChatHandlers, Place, PostingPort } from './chat/port.ts';
import { type Clock, dayOf, systemClock } from './clock.ts';
import { openDispatcher } from './command/dispatch.ts';
import type { Config } from './config.ts';
import { openAlerts } from './delivery/alerts.ts';
import { openComposer } from './delivery/composer.ts';
import type { DeliveryDesk } from './delivery/desk.ts';
import { nextSlot } from './delivery/due-times.ts';
import { type DeliveryEngine, startDelivery } from './delivery/engine.ts';
import { feedHealth } from './delivery/feed-health.ts';
import { openListReader } from './delivery/list-reader.ts';
import type { Outlet } from './delivery/outlet.ts';
import { openPostNow } from './delivery/post-now.ts';
import { toFollowedFeeds } from './delivery/tie.ts';
import { type Keeper, openKeeper } from './embedding/keeper.ts';
import { openEmbedder } from './embedding/open-embedder.ts';
import { openQuestionsByModel } from './embedding/questions-by-model.ts';
import type { Logger } from './log.ts';
import { asking } from './messages/asking.ts';
import { openMessageHandlers } from './messages/message-handlers.ts';
import type { BudgetStore } from './model/budget.ts';
import { openWriter, type Writer } from './model/writer.ts';
import { withQuestions } from './search/meaning-search.ts';
import { openFreshDays } from './sources/fresh-day.ts';
import { openLookup } from './sources/lookup.ts';
import { openNetwork } from './sources/network.ts';
import { openPoller, type Poller } from './sources/poller.ts';
import { type OpenStores, openLab, openSearch, openStores, openTogether } from './stores.ts';
import { openKeptWriter } from './summary/kept.ts';
import { openSummaryService } from './summary/summary-service.ts';
import { openSummaryWriter } from './summary/written.ts';
import { teamIn } from './teams.ts';
import { openWorkspaceHandlers } from './workspaces/workspace-handlers.ts';

export interface Paperboy {
  readonly stores: OpenStores;
  readonly handlers: ChatHandlers;
  /** Absent when no source is configured. */
  readonly poller?: Poller;
  /** Keeps what papers mean up to date. Once for a database: its lock says who. */
  readonly keeper: Keeper;
  /** Starts to post what is due to these platforms. Once for a database: its lock says who. */
  deliver(outlets: readonly Outlet[]): Promise<DeliveryEngine>;
  close(): Promise<void>;
}

/** Papers of the lists of this many days are enriched by Semantic Scholar. */
const ENRICHED_DAYS = 30;

/**
 * Everything but the chat platforms and the schedule.
 * @param onDeath a part of the program ended that it cannot go on without
 * @throws UserError when the database cannot be used
 */
export async function openPaperboy(
  config: Config,
  log: Logger,
  onDeath: (error: Error) => void,
): Promise<Paperboy> {
  const clock = systemClock;
  const [stores, searching] = await openTogether(
    openStores(config.databasePath, onDeath),
    openSearch(config.databasePath, onDeath),
  );
  const { papers, trending, library } = stores;
  const embedder = config.embeddings && openEmbedder(config.embeddings, clock);
  const search = embedder
    ? withQuestions(
        searching.search,
        openQuestionsByModel({
          embedder,
          openNamed: (model) => openEmbedder({ ...config.embeddings, model }, clock),
          clock,
          onChange: (model, answers) => log.warn({ model, answers }, 'the embedder of questions'),
        }),
      )
    : searching.search;
  let closing = false;
  searching.search.warmUp().catch((error: unknown) => {
    if (!closing) log.warn({ err: error }, 'the search is not warmed up');
  });
  const network = openNetwork(config, clock);
  const { huggingFace, arxiv, semanticScholar } = network;
  const lookup = openLookup({ ...network, papers, clock, log });
  const writer = await openConfiguredWriter(config, stores.budget, clock, log);
  const kept = writer && openKeptWriter({ writer, store: stores.summaries, clock });
  const summary = openSummaryService(kept && openSummaryWriter(kept));
  const refresh = huggingFace && openFreshDays({ huggingFace, papers, state: stores.sources, clock, log });
  const teamOf = (place: Place) => teamIn(config.ownLibraries, place);
  const lists = openListReader({ trending, ...(refresh && { refresh }), teamOf, clock });
  const { feeds, posted, ledger } = stores;
  const [saveEmoji] = config.saveEmoji;
  const ports = new Map<string, PostingPort>();
  const editions = openComposer({
    lists,
    posted,
    summary,
    // A terminal takes no reactions.
    saveEmojiOf: (platform) => (platform === 'terminal' ? undefined : saveEmoji),
  });
  const delivery: DeliveryDesk = {
    editions,
    posted,
    defaultZone: config.defaultZone,
    nextSlot,
    postNow: openPostNow({ editions, posted, portOf: (platform) => ports.get(platform), clock }),
    health: (feed) => feedHealth(ledger, feed),
  };
  /** Whoever asked is not there to be told: the log is. */
  async function postAsked(): Promise<void> {
    for (const asked of await stores.askedPosts.take(clock.now().getTime())) {
      const feed = await feeds.find(asked);
      const outcome = feed
        ? await delivery.postNow(feed)
        : { kind: 'nothing', reason: 'nobody follows it any more' };
      log.info({ ...asked, ...outcome }, 'a post was asked for on the command line');
    }
  }
  const services: Services = {
    papers,
    search,
    trending,
    library,
    lookup,
    sources: stores.sources,
    summary,
    answers: openAnswerService({ search, writer, kept }),
    feeds,
    delivery,
    managers: stores.managers,
    people: stores.people,
    links: stores.workspaces,
  };
  const dispatcher = openDispatcher({ catalogue, menu, services, completions, clock, log });
  const handlers: ChatHandlers = {
    ...dispatcher,
    ...openMessageHandlers({
      messages: stores.messages,
      saveEmoji: config.saveEmoji,
      ask: asking(dispatcher),
      clock,
      log,
    }),
    ...openWorkspaceHandlers({ workspaces: stores.workspaces, clock, log }),
  };
  const recentPapers = () =>
    papers.listedSince(dayOf(new Date(clock.now().getTime() - ENRICHED_DAYS * 86_400_000)));
  const poller = openPoller({
    sources: {
      ...(huggingFace && { huggingFace }),
      ...(arxiv && { arxiv: { client: arxiv, categories: config.arxiv.categories } }),
      ...(semanticScholar && { semanticScholar: { client: semanticScholar, recentPapers } }),
    },
    papers,
    state: stores.sources,
    clock,
    log,
    random: Math.random,
  });
  const keeper = openKeeper({
    store: stores.vectors,
    openLab: () => openLab(config.databasePath),
    ...(embedder && { embedder }),
    log,
  });
  return {
    stores,
    handlers,
    keeper,
    ...(config.sources.length > 0 && { poller }),
    async deliver(outlets) {
      for (const { port } of outlets) ports.set(port.platform, port);
      const channel = alertPlace(config, ports);
      return startDelivery({
        ledger,
        feeds: toFollowedFeeds(feeds),
        composer: editions,
        outlets,
        alerts: openAlerts({ log, clock, ...(channel && { channel }) }),
        postAsked,
        clock,
        log,
        random: Math.random,
      });
    },
    async close() {
      closing = true;
      await network.close();
      await embedder?.close?.();
      await searching.close();
      await stores.close();
    },
  };
}

/** The client is loaded when it is wanted: most installations have no language model. */
async function openConfiguredWriter(
  { languageModel }: Config,
  budget: BudgetStore,
  clock: Clock,
  log: Logger,
): Promise<Writer | undefined> {
  if (!languageModel) return undefined;
  const { openLanguageModel } = await import('./model/openai.ts');
  const { allowance, ...settings } = languageModel;
  return openWriter({ model: openLanguageModel(settings), budget, allowance, clock, log });
}

/** Where alerts go: `ALERT_CHANNEL`, on a platform that is served. */
function alertPlace(
  { alertChannel }: Config,
  ports: ReadonlyMap<string, PostingPort>,
): { port: PostingPort; place: Place } | undefined {
  const port = alertChannel && ports.get(alertChannel.platform);
  return port && { port, place: alertChannel };
}
