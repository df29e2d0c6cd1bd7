/**
 * The thread of recommendations, with its own read-only connection, so that searches do not wait for them.
 */
import { openDatabase } from '../db/open.ts';
import { serve, startData } from '../workers/serve.ts';
import { openRecommender } from './recommender.ts';

const { path } = startData<{ readonly path: string }>();

serve({ recommender: openRecommender(openDatabase(path, { readonly: true })) });
