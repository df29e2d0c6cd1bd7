/**
 * The thread of recommendations, with its own read-only connection, so that searches do not wait for them.
 */
import { type DatabaseLocation, openLocation } from '../db/location.ts';
import { toOutage } from '../db/postgres/outage.ts';
import { serve, startData } from '../workers/serve.ts';
import { openRecommender } from './recommender.ts';

const location = startData<DatabaseLocation>();

serve({ recommender: openRecommender(openLocation(location, { readonly: true })) }, toOutage);
