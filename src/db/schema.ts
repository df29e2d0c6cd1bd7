/** All tables of the database, as Kysely types. A test compares them with the migrations. */
import type { ChannelTables, PlatformTables } from './tables/channels.ts';
import type { PaperTables } from './tables/papers.ts';
import type { PeopleTables } from './tables/people.ts';

export interface Schema extends PaperTables, PeopleTables, ChannelTables, PlatformTables {}
