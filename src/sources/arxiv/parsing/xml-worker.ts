/** Worker thread that parses XML, so that 20 MB of it do not block the event loop. */
import { serve } from '../../../workers/serve.ts';
import { fromQueryFeed } from './arxiv-feed.ts';
import { fromDailyFeed } from './daily-feed.ts';
import { fromIdentifierList, fromRecordList } from './oai-answer.ts';

serve({ xml: { fromQueryFeed, fromDailyFeed, fromRecordList, fromIdentifierList } });
