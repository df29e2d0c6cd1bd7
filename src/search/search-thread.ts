/** Search in a thread of its own, with its own read-only connection, so that no query holds up a chat. */
import { openDatabase } from '../db/open.ts';
import { serve, threadData } from '../threads/serve.ts';
import { openSearchService } from './search-service.ts';

const { path } = threadData<{ readonly path: string }>();

const search = openSearchService(openDatabase(path, { readonly: true }));

serve({ search });
await search.warmUp();
