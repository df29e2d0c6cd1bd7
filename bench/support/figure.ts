/** What a benchmark reports, and what it is given. */

export interface Figure {
  /** `part.set.measure_unit`: `search.80k.long.p99_ms`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same measure of the plain alternative, taken in the same run. */
  readonly baseline?: number;
  /** value / baseline. */
  readonly ratio?: number;
}

export interface BenchContext {
  /** Folder of the recorded data (`BENCH_DATA`). */
  readonly data: string;
  /** A fresh folder, removed after the benchmark. */
  readonly scratch: string;
  report(name: string, value: number, unit: string, baseline?: number): void;
  /** Says why a figure is missing; a benchmark without its data is no failure. */
  skip(name: string, why: string): void;
}

export interface Benchmark {
  /** All of its figures begin with this word and a dot. */
  readonly prefix: string;
  run(context: BenchContext): Promise<void>;
}
