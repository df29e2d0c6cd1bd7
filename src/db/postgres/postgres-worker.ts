/** Runs statements for a thread that waits for each: see `postgres.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import type { StatementAnswer, StatementRequest, WaitingData } from './waiting.ts';

const { url, signal, port, statementMs } = workerData as WaitingData;

/** https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const OIDS = { bool: 16, bytea: 17, int8: 20, int2: 21, int4: 23, float4: 700, float8: 701, numeric: 1700 };
const NUMBERS: ReadonlySet<number> = new Set([
  OIDS.int8,
  OIDS.int2,
  OIDS.int4,
  OIDS.float4,
  OIDS.float8,
  OIDS.numeric,
]);

/** Values as SQLite returns them: numbers, texts, bytes, and 1 or 0 for true or false. */
function parserOf(oid: number): (text: string) => unknown {
  if (NUMBERS.has(oid)) return Number;
  if (oid === OIDS.bool) return (text) => (text === 't' ? 1 : 0);
  if (oid === OIDS.bytea) return (text) => Buffer.from(text.slice(2), 'hex');
  return (text) => text;
}

let client: pg.Client | undefined;

async function connected(): Promise<pg.Client> {
  if (client) return client;
  const opened = new pg.Client({
    connectionString: url,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: 2 * statementMs,
    connectionTimeoutMillis: statementMs,
    keepAlive: true,
    application_name: 'paperboy',
  });
  // A lost connection fails the running statement; the next one connects again.
  opened.on('error', () => forget(opened));
  opened.on('end', () => forget(opened));
  await opened.connect();
  // Claims rely on it, whatever the administrator has set. Transactions say their own.
  await opened.query('SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED');
  client = opened;
  return opened;
}

function forget(lost: pg.Client): void {
  if (client === lost) client = undefined;
}

async function run({ text, name, values }: StatementRequest): Promise<StatementAnswer> {
  const connection = await connected();
  const answered: pg.QueryArrayResult | readonly pg.QueryArrayResult[] = await connection.query({
    text,
    ...(name !== undefined && { name }),
    values: [...values],
    rowMode: 'array',
    types: { getTypeParser: parserOf as never },
  });
  // Several statements of one text have a result each.
  const result = [answered].flat().at(-1);
  return {
    columns: (result?.fields ?? []).map((field) => field.name),
    bytes: (result?.fields ?? []).flatMap((field, at) => (field.dataTypeID === OIDS.bytea ? [at] : [])),
    rows: (result?.rows ?? []) as unknown[][],
    changes: result?.rowCount ?? 0,
  };
}

port.on('message', async (request: StatementRequest) => {
  let answer: StatementAnswer | { readonly error: unknown };
  try {
    answer = await run(request);
  } catch (error) {
    const { message, code, severity } = error as { message: string; code?: string; severity?: string };
    // The server is about to end the connection.
    if (severity === 'FATAL' && client) forget(client);
    answer = { error: { message, code, isLost: client === undefined } };
  }
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
parentPort?.once('message', () => {
  void client?.end().finally(() => process.exit());
  if (!client) process.exit();
});
