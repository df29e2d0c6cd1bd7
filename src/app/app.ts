/** The composition root: the one place where the parts of the program are made and tied together. */
import { completions } from '../../commands/completions.ts';
import { catalogue } from '../../commands/index.ts';
import { messageActions } from '../../commands/message-actions.ts';
import type { Services } from '../../commands/services.ts';
import { openAnswerService } from '../answers/answer-service.ts';
import type { Logger } from '../base/log.ts';
import type { ChatHandlers } from '../chat/handlers.ts';
import type { PostingPort } from '../chat/port.ts';
import type { ChannelRef } from '../chat/refs.ts';
import { openVisibleChannels } from '../chat/visible-channels.ts';
import { openDispatcher } from '../command/dispatch.ts';
import type { Config } from '../config/config.ts';
import { openAlerts } from '../delivery/alerts.ts';
import type { DeliveryService } from '../delivery/delivery-service.ts';
import { feedHealth } from '../delivery/delivery-service.ts';
import { openDigestComposer } from '../delivery/digests/composer.ts';
import { openListReader } from '../delivery/digests/list-reader.ts';
import { type DeliveryEngine, startDelivery } from '../delivery/engine.ts';
import { nextSlot } from '../delivery/planning/slots.ts';
import { openPostNow } from '../delivery/post-now.ts';
import { toFollowedFeeds } from '../feeds/feed-store.ts';
import type { Activity } from '../health/activity.ts';
import { openTeams } from '../library/teams.ts';
import { runningMentions } from '../messages/mention.ts';
import { openMessageHandlers } from '../messages/message-handlers.ts';
import { openTextGenerator, type TextGenerator, type TextGeneratorOptions } from '../model/text-generator.ts';
import { openEmbedder } from '../search/embedders/open-embedder.ts';
import { openQueryEmbedders } from '../search/embedders/query-embedders.ts';
import { withQueryEmbedder } from '../search/hybrid-search.ts';
import { openVectorIndexer, type VectorIndexer } from '../search/indexing/vector-indexer.ts';
import { openFreshDays } from '../sources/fresh-day.ts';
import { openLookup } from '../sources/lookup.ts';
import { openPoller, type Poller } from '../sources/polling/poller.ts';
import { closeSources, openSources } from '../sources/sources.ts';
import { openSummaryGenerator } from '../summary/generated-summary.ts';
import { openGenerationCache } from '../summary/generation-cache.ts';
import { openSummaryService } from '../summary/summary-service.ts';
import { systemClock } from '../time/clock.ts';
import { openWorkspaceHandlers } from '../workspaces/workspace-handlers.ts';
import { openSearch, openStores, openTogether, type Stores, startTrainer } from './stores.ts';

export interface App {
  readonly stores: Stores;
  readonly handlers: ChatHandlers;
  /** Absent when no source is configured. */
  readonly poller?: Poller;
  /** Keeps what papers mean up to date. Once for a database: its lock says who. */
  readonly vectorIndexer: VectorIndexer;
  /** Starts to post what is due to these platforms. Once for a database: its lock says who. */
  deliver(ports: readonly PostingPort[]): Promise<DeliveryEngine>;
  close(): Promise<void>;
}

/**
 * Everything but the chat platforms and the schedule.
 * @param onDeath a part of the program ended that it cannot go on without
 * @param activity told of what people and the model do
 * @throws UserError when the database cannot be used
 */
export async function createApp(
  config: Config,
  log: Logger,
  onDeath: (error: Error) => void,
  activity?: Activity,
): Promise<App> {
  const clock = systemClock;
  const [opened, searching] = await openTogether(
    openStores(config.databasePath, onDeath),
    openSearch(config.databasePath, onDeath),
  );
  const { stores } = opened;
  const { papers, trending, library } = stores;
  const embedder = config.embeddings && openEmbedder(config.embeddings, clock);
  const search = embedder
    ? withQueryEmbedder(
        searching.search,
        openQueryEmbedders({
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
  const sources = openSources(config, clock);
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
  };
  /** Whoever asked is not there to be told: the log is. */
  async function postRequested(): Promise<void> {
    for (const asked of await stores.postRequests.take(clock.now().getTime())) {
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
    answers: openAnswerService({ search, generator, cache }),
    feeds,
    channels,
    delivery,
    managers: stores.managers,
    people: stores.people,
    links: stores.workspaces,
  };
  const dispatcher = openDispatcher({
    catalogue,
    menu: messageActions,
    services,
    completions,
    clock,
    log,
    onAnswered: activity?.answered,
  });
  const handlers: ChatHandlers = {
    ...dispatcher,
    ...openMessageHandlers({
      messages: stores.messages,
      saveEmoji: config.saveEmoji,
      run: runningMentions(dispatcher),
      clock,
      log,
    }),
    ...openWorkspaceHandlers({ workspaces: stores.workspaces, library, clock, log }),
  };
  const pollContext = { papers, state: stores.sources, random: Math.random };
  const poller = openPoller({
    ...pollContext,
    jobs: sources.flatMap((source) => source.jobs(pollContext)),
    clock,
    log,
  });
  const vectorIndexer = openVectorIndexer({
    store: stores.vectors,
    openTrainer: () => startTrainer(config.databasePath),
    ...(embedder && { embedder }),
    log,
  });
  return {
    stores,
    handlers,
    vectorIndexer,
    ...(sources.length > 0 && { poller }),
    async deliver(served) {
      for (const port of served) ports.set(port.platform, port);
      const channel = alertTarget(config, ports);
      return startDelivery({
        ledger,
        feeds: toFollowedFeeds(feeds),
        digestSource: digestComposer,
        ports: served,
        alerts: openAlerts({ log, clock, ...(channel && { channel }) }),
        postRequested,
        clock,
        log,
        random: Math.random,
      });
    },
    async close() {
      closing = true;
      await closeSources(sources);
      await embedder?.close?.();
      await searching.close();
      await opened.close();
    },
  };
}

/** The client is loaded when it is wanted: most installations have no language model. */
async function openConfiguredGenerator(
  { languageModel }: Config,
  options: Pick<TextGeneratorOptions, 'budget' | 'clock' | 'log' | 'onOutcome'>,
): Promise<TextGenerator | undefined> {
  if (!languageModel) return undefined;
  const { openLanguageModel } = await import('../model/openai.ts');
  const { allowance, ...settings } = languageModel;
  return openTextGenerator({ ...options, model: openLanguageModel(settings), allowance });
}

/** Where alerts go: `ALERT_CHANNEL`, on a platform that is served. */
function alertTarget(
  { alertChannel }: Config,
  ports: ReadonlyMap<string, PostingPort>,
): { port: PostingPort; channel: ChannelRef } | undefined {
  const port = alertChannel && ports.get(alertChannel.platform);
  return port && { port, channel: alertChannel };
}
