/**
 * The thread of leases, paces and request windows, with a connection of its own: a long statement of a store
 * must not keep a process from renewing what it holds.
 */
import { openPostgres } from '../db/postgres/postgres.ts';
import { serve, startData } from '../workers/serve.ts';
import { openLeases } from './leases-store.ts';
import { openPaces } from './paces-store.ts';
import { openWindows } from './windows-store.ts';

/** These statements change one row. */
const STATEMENT_MS = 1_500;

const { url } = startData<{ readonly url: string }>();
const connection = openPostgres(url, { statementMs: STATEMENT_MS });

serve({ leases: openLeases(connection), paces: openPaces(connection), windows: openWindows(connection) });
