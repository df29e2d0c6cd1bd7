/** Measures how many clusters a search must read. */
import { BestRows } from './best-rows.ts';
import { DotProducts } from './dot-products.ts';
import { NearestFiles, type NearestManifest } from './files.ts';
import { type RowForm, Rows } from './rows.ts';

/** Of a row's nearest rows, the share that must be in the clusters that are read. */
const WANTED = 0.975;
const NEAREST = 100;
/** Rows whose nearest are found among all rows. */
const ASKED = 64;

/** Returns the number of clusters in which rows of the store find nearly all of their nearest rows. */
export async function probesFor(
  folder: string,
  manifest: NearestManifest,
  form: RowForm,
  pause: () => Promise<void>,
): Promise<number> {
  const files = new NearestFiles(folder, manifest, form);
  try {
    const { clusters } = files;
    if (!clusters) return 0;
    const products = new DotProducts(form.padded, form.bytes);
    const rows = new Rows(form, products.rows);
    const asked: Int8Array[] = [];
    const every = Math.max(1, Math.floor(clusters.count / ASKED));
    for (let cluster = 0; cluster < clusters.count; cluster += every) {
      const [read = 0] = files.parts(cluster, products.rows);
      if (read > 0) asked.push(Int8Array.from(rows.vector(0)));
    }
    const best = asked.map(() => new BestRows(NEAREST));
    for (let cluster = 0; cluster < clusters.count; cluster++) {
      for (const count of files.parts(cluster, products.rows)) {
        for (const [at, vector] of asked.entries()) {
          const found = best[at] as BestRows;
          products.ask(vector);
          const scores = products.scan(count);
          let { least } = found;
          for (let row = 0; row < count; row++) {
            const score = (scores[row] as number) * rows.scale(row);
            if (!(score > least)) continue;
            found.add(score, cluster);
            least = found.least;
          }
          await pause();
        }
      }
    }
    return fewestProbes(
      asked.map((vector, at) => ranksOf(clusters.ranked(vector), best[at]?.values ?? [])),
      clusters.count,
    );
  } finally {
    files.close();
  }
}

/** The ranks of the clusters in which rows were found. */
function ranksOf(ranked: readonly number[], found: readonly number[]): number[] {
  const rank = new Map(ranked.map((cluster, at) => [cluster, at]));
  return found.map((cluster) => rank.get(cluster) ?? 0);
}

function fewestProbes(ranks: ReadonlyArray<readonly number[]>, clusters: number): number {
  const all = ranks.flat().sort((a, b) => a - b);
  const needed = all[Math.ceil(all.length * WANTED) - 1];
  return Math.min(clusters, (needed ?? clusters) + 1);
}
