/** The contract of a benchmark: its inputs and the figures that it reports. */

export interface Figure {
  /** `part.set.measure_unit`: `search.80k.long.p99_ms`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same measure for the plain alternative, from the same run. */
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
  /** Reports why a figure is missing. A benchmark without its data does not fail. */
  skip(name: string, why: string): void;
}

export interface Benchmark {
  /** All of its figures begin with this word and a full stop. */
  readonly prefix: string;
  run(context: BenchContext): Promise<void>;
}
