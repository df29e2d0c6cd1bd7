/** The search thread, with its own read-only connection, so that queries do not block the event loop. */
import { type DatabaseLocation, openLocation } from '../db/location.ts';
import { toOutage } from '../db/postgres/outage.ts';
import { serve, startData } from '../workers/serve.ts';
import { nearestFolder } from './nearest/files.ts';
import { openNearestReader } from './nearest/nearest-reader.ts';
import { openSearchService, type SearchThreadService, type WarmSearchService } from './search-service.ts';
import { openWordIndexOf } from './word-index/index-reader.ts';

const location = startData<DatabaseLocation>();

/** Twice as much makes no search faster (docs/decisions/index.md). */
const CACHE_MEGABYTES = 8;

let opened: WarmSearchService | undefined;

/** Opened by the first query, because this thread starts before the database is migrated. */
function service(): WarmSearchService {
  if (opened) return opened;
  const connection = openLocation(location, { readonly: true, cacheMegabytes: CACHE_MEGABYTES });
  opened = openSearchService(
    connection,
    openWordIndexOf(connection),
    openNearestReader(nearestFolder(location.path)),
  );
  return opened;
}

const search: SearchThreadService = {
  open: async () => void service(),
  warmUp: () => service().warmUp(),
  search: (query, given) => service().search(query, given),
  count: (query, limit) => service().count(query, limit),
  similar: (query) => service().similar(query),
  suggestPapers: (typed, limit) => service().suggestPapers(typed, limit),
  suggestAuthors: (typed, limit) => service().suggestAuthors(typed, limit),
  suggestCategories: (typed, limit) => service().suggestCategories(typed, limit),
};

serve({ search }, toOutage);
