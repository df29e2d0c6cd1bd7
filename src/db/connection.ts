/** The part of a database that stores know. Values are numbers, texts, bytes and `null`, as in SQLite. */

export interface RunResult {
  /** Rows that were inserted, updated or deleted. */
  readonly changes: number;
  /** The key of the last inserted row, if the database chose it; otherwise meaningless. */
  readonly lastInsertRowid: number | bigint;
}

export interface SqlStatement<Parameters extends unknown[], Result> {
  /** True if it returns rows. */
  readonly reader: boolean;
  /** True while `iterate` reads its rows, in which it cannot run. */
  readonly busy: boolean;
  get(...parameters: Parameters): Result | undefined;
  all(...parameters: Parameters): Result[];
  run(...parameters: Parameters): RunResult;
  /** Reads rows as they are needed. */
  iterate(...parameters: Parameters): IterableIterator<Result>;
  /** Returns the first column instead of rows. */
  pluck(): this;
  /** Returns arrays instead of rows. */
  raw(): this;
}

type ParametersOf<Given> = Given extends unknown[] ? Given : [Given];

export interface Transaction<Run extends (...given: never[]) => unknown> {
  (...given: Parameters<Run>): ReturnType<Run>;
  /** Waits for other writers at its beginning. */
  immediate(...given: Parameters<Run>): ReturnType<Run>;
}

export interface DatabaseConnection {
  readonly engine: 'sqlite' | 'postgres';
  /** The file, or the name of the database. */
  readonly name: string;
  /** True for a database that ends with the process. */
  readonly memory: boolean;
  /**
   * What the names of files begin with that this process keeps for the database, such as its word index:
   * SQLite's own file; absent if none are kept.
   */
  readonly files: string | undefined;
  /** @param sql with parameters `?`, `@name` or `:name` */
  prepare<Given extends unknown[] | object = unknown[], Result = unknown>(
    sql: string,
  ): SqlStatement<ParametersOf<Given>, Result>;
  /** Runs statements without parameters. */
  exec(sql: string): void;
  /** The function runs in a transaction, or in a part of one that fails alone. */
  transaction<Run extends (...given: never[]) => unknown>(run: Run): Transaction<Run>;
  close(): void;
}
