/** All tables of the database, as Kysely types. A test compares them with the migrations. */
import type { ChannelTables } from './tables/channels.ts';
import type { PaperTables } from './tables/papers.ts';
import type { PeopleTables } from './tables/people.ts';
import type { PlatformTables } from './tables/platforms.ts';

export interface Schema extends PaperTables, PeopleTables, ChannelTables, PlatformTables {}
