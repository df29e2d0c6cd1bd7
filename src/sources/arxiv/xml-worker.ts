/** Worker thread that parses feeds, so that 20 MB of XML do not block the event loop. */
import { serve } from '../../workers/serve.ts';
import { fromDailyFeed, fromQueryFeed } from './arxiv-feed.ts';

serve({ feeds: { fromQueryFeed, fromDailyFeed } });
