/** A database of a few papers with search, for the tests in this folder. */
import type { DatabaseConnection } from '../../src/db/connection.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { SearchPage, SearchQuery } from '../../src/search/search.ts';
import { openSearchService, type WarmSearchService } from '../../src/search/search-service.ts';
import { openTestDatabase } from '../support/database.ts';

export interface Searched {
  readonly connection: DatabaseConnection;
  readonly service: WarmSearchService;
  search(text: string, rest?: Partial<SearchQuery>): Promise<SearchPage>;
  /** IDs of the results, in order. */
  ids(text: string, rest?: Partial<SearchQuery>): Promise<string[]>;
}

export async function openSearched(records: readonly PaperRecord[], path?: string): Promise<Searched> {
  const connection = await openTestDatabase(path);
  await addPapers(connection, records);
  const service = openSearchService(connection);
  const search = (text: string, rest: Partial<SearchQuery> = {}) =>
    service.search({ text, filter: {}, sort: 'relevance', limit: 10, offset: 0, ...rest });
  return {
    connection,
    service,
    search,
    ids: async (text, rest) => idsOf(await search(text, rest)),
  };
}

export async function addPapers(
  connection: DatabaseConnection,
  records: readonly PaperRecord[],
): Promise<void> {
  await openPaperStore(connection).importBatch(records, { source: 'arxiv', at: '2026-05-29T12:00:00Z' });
}

export function idsOf({ hits }: SearchPage): string[] {
  return hits.map(({ paper }) => paper.id);
}

let made = 0;

/** A paper with its own ID. Its other words are not used by any test. */
export function paper(title: string, rest: Partial<PaperRecord> = {}): PaperRecord {
  made += 1;
  const id = `2401.${String(made).padStart(5, '0')}`;
  return { id, title, abstract: 'Nothing else is said here.', ...rest };
}
