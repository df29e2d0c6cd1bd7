/** A synchronous connection to PostgreSQL with the interface that stores use. */
import { randomUUID } from 'node:crypto';
import { backoffDelay } from '../../resilience/backoff.ts';
import type { DatabaseConnection, SqlStatement } from '../connection.ts';
import { boundTypeOf, type TranslatedStatement, translate } from './statement-text.ts';
import { checkUrl, openWaiting, PostgresError, type StatementAnswer } from './waiting.ts';

/** Milliseconds after which a statement is given up. */
const STATEMENT_MS = 10_000;
/**
 * Times that a transaction is run after conflicts with others, the last after half a minute. While another
 * transaction takes seconds, the server forgets which of many short ones were in whose way, and suspects all
 * (https://www.postgresql.org/docs/current/transaction-iso.html).
 */
const ATTEMPTS = 12;
const PAUSES = { firstMs: 2, longestMs: 4_000 };
/** Prepared statements that the server keeps for a connection, some tens of kilobytes each. */
const MOST_KEPT = 1_000;
/** Serialization failure, deadlock: the transaction can be run again as it is. */
const CONFLICTS: ReadonlySet<string | undefined> = new Set(['40001', '40P01']);
/** Rows of a long list that are read at once. */
const READ_AT_ONCE = 500;

const PLAIN_INSERT = /^\s*INSERT INTO (\w+)/;
const UNIQUE_VIOLATION = '23505';
const UPDATE_OR_IGNORE = /^\s*UPDATE OR IGNORE (\w+) SET ([\s\S]+?)\s+WHERE ([\s\S]+)$/;

export interface PostgresOptions {
  readonly statementMs?: number;
  readonly files?: string;
}

/** @throws UserError for an address that is none of PostgreSQL's */
export function openPostgres(
  url: string,
  { statementMs = STATEMENT_MS, files }: PostgresOptions = {},
): DatabaseConnection {
  checkUrl(url);
  const waiting = openWaiting(url, statementMs);
  const names = new Map<string, string>();
  /** Some servers share a session between connections, and with it the names of statements. */
  const session = randomUUID();
  let depth = 0;
  let cursors = 0;

  /** Prepared statements are kept by the server under a name. */
  function nameOf(text: string): string | undefined {
    let name = names.get(text);
    if (name === undefined && names.size < MOST_KEPT) {
      name = `${session} ${names.size}`;
      names.set(text, name);
    }
    return name;
  }

  function execute(text: string, values: readonly unknown[] = [], isKept = false): StatementAnswer {
    const name = isKept ? nameOf(text) : undefined;
    return waiting.run({ text, values, ...(name !== undefined && { name }) });
  }

  function toRequest({ parameters, toText }: TranslatedStatement, passed: readonly unknown[]) {
    // As better-sqlite3 takes them: one by one, in an array, or by name.
    const given = passed.length === 1 && Array.isArray(passed[0]) ? (passed[0] as unknown[]) : passed;
    const [only] = given;
    const isNamed =
      given.length === 1 && typeof only === 'object' && only !== null && !(only instanceof Uint8Array);
    const named = (isNamed ? only : {}) as Readonly<Record<string, unknown>>;
    const values = parameters.map((parameter) => {
      const value = typeof parameter === 'number' ? given[parameter] : named[parameter];
      if (value === undefined) throw new RangeError(`a statement has no value for ${parameter}`);
      // The server takes no NUL in a text.
      return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
    });
    const types = values.map(boundTypeOf);
    return { text: toText(types), values: values.filter((value) => value !== null) };
  }

  let keys: ReadonlyMap<string, string> | undefined;

  /** Has an insert return the key that the database chooses, as SQLite tells it. */
  function returningKey(sql: string): string {
    const table = PLAIN_INSERT.exec(sql)?.[1];
    if (table === undefined || /\b(?:RETURNING|ON CONFLICT)\b/.test(sql)) return sql;
    keys ??= new Map(
      execute(`SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND is_identity = 'YES' AND column_name <> 'rowid'`)
        .rows as Array<[string, string]>,
    );
    const key = keys.get(table);
    return key === undefined ? sql : `${sql} RETURNING ${key}`;
  }

  /**
   * SQLite leaves rows as they are that would break a unique key. Here, one statement fails as a whole, so
   * each row has its own.
   */
  function updateOrIgnore(sql: string, given: readonly unknown[]): number {
    const [, table = '', set = '', where = ''] = UPDATE_OR_IGNORE.exec(sql) ?? [];
    const rows = toRequest(translate(`SELECT ctid FROM ${table} WHERE ${where}`), given);
    // Numbers of `?` go on from those in SET.
    const update = translate(`UPDATE ${table} SET ${set}`);
    let changes = 0;
    for (const [ctid] of execute(rows.text, rows.values).rows) {
      const { text, values } = toRequest(update, given);
      try {
        nested(() => {
          changes += execute(`${text} WHERE ctid = '${String(ctid)}'`, values).changes;
        });
      } catch (error) {
        if (!(error instanceof PostgresError) || error.code !== UNIQUE_VIOLATION) throw error;
      }
    }
    return changes;
  }

  function prepare(sql: string): SqlStatement<unknown[], unknown> {
    const translated = translate(returningKey(sql));
    let isPlucked = false;
    let isRaw = false;
    // Statements that are built for one question are run once, and none of them is kept.
    let isRepeated = false;
    const ask = (given: readonly unknown[]): StatementAnswer => {
      const { text, values } = toRequest(translated, given);
      const answer = execute(text, values, isRepeated);
      isRepeated = true;
      return answer;
    };
    const toRow = (columns: readonly string[], row: readonly unknown[]): unknown =>
      isPlucked ? row[0] : isRaw ? row : Object.fromEntries(columns.map((column, at) => [column, row[at]]));
    const statement: SqlStatement<unknown[], unknown> = {
      reader: translated.returnsRows,
      // Each reading has a cursor of its own.
      busy: false,
      get(...given) {
        const { columns, rows } = ask(given);
        return rows[0] && toRow(columns, rows[0]);
      },
      all(...given) {
        const { columns, rows } = ask(given);
        return rows.map((row) => toRow(columns, row));
      },
      run(...given) {
        if (UPDATE_OR_IGNORE.test(sql))
          return { changes: inTransaction(() => updateOrIgnore(sql, given)), lastInsertRowid: 0 };
        const { rows, changes } = ask(given);
        return { changes, lastInsertRowid: Number(rows[0]?.[0] ?? 0) };
      },
      *iterate(...given) {
        const { text, values } = toRequest(translated, given);
        const cursor = `reading_${++cursors}`;
        const isOwn = depth === 0;
        if (isOwn) execute('BEGIN');
        try {
          execute(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${text}`, values);
          for (;;) {
            const { columns, rows } = execute(`FETCH ${READ_AT_ONCE} FROM ${cursor}`);
            for (const row of rows) yield toRow(columns, row);
            if (rows.length < READ_AT_ONCE) break;
          }
          execute(`CLOSE ${cursor}`);
        } finally {
          if (isOwn) execute('ROLLBACK');
        }
      },
      pluck() {
        isPlucked = true;
        return statement;
      },
      raw() {
        isRaw = true;
        return statement;
      },
    };
    return statement;
  }

  function nested<Result>(run: () => Result): Result {
    const savepoint = `inner_${depth}`;
    execute(`SAVEPOINT ${savepoint}`);
    depth += 1;
    try {
      const result = run();
      execute(`RELEASE ${savepoint}`);
      return result;
    } catch (error) {
      if (!isEnded(error)) execute(`ROLLBACK TO ${savepoint}`);
      throw error;
    } finally {
      depth -= 1;
    }
  }

  function once<Result>(run: () => Result): Result {
    // As SQLite, which runs one transaction after the other.
    execute('BEGIN ISOLATION LEVEL SERIALIZABLE');
    depth += 1;
    try {
      const result = run();
      execute('COMMIT');
      return result;
    } catch (error) {
      if (!(error instanceof PostgresError && error.isLost)) execute('ROLLBACK');
      throw error;
    } finally {
      depth -= 1;
    }
  }

  function outermost<Result>(run: () => Result): Result {
    for (let attempt = 1; ; attempt++) {
      try {
        return once(run);
      } catch (error) {
        const isConflict = error instanceof PostgresError && CONFLICTS.has(error.code);
        if (!isConflict || attempt === ATTEMPTS) throw error;
        sleep(backoffDelay(PAUSES, attempt));
      }
    }
  }

  function inTransaction<Result>(run: () => Result): Result {
    return depth > 0 ? nested(run) : outermost(run);
  }

  return {
    engine: 'postgres',
    name: new URL(url).pathname.slice(1),
    memory: false,
    files,
    prepare: prepare as DatabaseConnection['prepare'],
    exec(sql) {
      execute(sql);
    },
    transaction(run) {
      const start = (...given: Parameters<typeof run>) =>
        inTransaction(() => run(...given) as ReturnType<typeof run>);
      return Object.assign(start, { immediate: start });
    },
    close: waiting.close,
  };
}

/** Blocks the thread, as statements do. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, ms);
}

/** The whole transaction has ended, so there is no savepoint to go back to. */
function isEnded(error: unknown): boolean {
  return error instanceof PostgresError && (error.isLost || CONFLICTS.has(error.code));
}
