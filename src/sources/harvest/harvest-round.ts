/** Runs several harvests in turn, each once in a round, however many runs the round takes. */
import { type ImportCounts, sumCounts } from '../polling/job.ts';
import { type HarvestOptions, type HarvestPlan, type HarvestRun, openHarvest } from './harvest.ts';

interface HarvestRound {
  /**
   * @param untilMs by `clock.elapsed()`
   * @throws SourceError as `Harvest.run` does
   */
  run(untilMs: number, signal: AbortSignal): Promise<HarvestRun>;
}

/** @param isOurs recognises the names of harvests of earlier plans, which are then forgotten */
export function openHarvestRound(
  plans: readonly HarvestPlan[],
  isOurs: (name: string) => boolean,
  options: HarvestOptions,
): HarvestRound {
  const { store, clock } = options;
  const all = plans.map((plan) => ({ name: plan.name, harvest: openHarvest(plan, options) }));
  let pending = [...all];
  let isEmpty = false;

  async function forgetOthers(): Promise<void> {
    const names = new Set(all.map(({ name }) => name));
    const others = (await store.list()).filter(({ name }) => isOurs(name) && !names.has(name));
    await store.forget(others.map(({ name }) => name));
  }

  return {
    async run(untilMs, signal) {
      if (pending.length === all.length) await forgetOthers();
      const counts: ImportCounts[] = [];
      for (let next = pending[0]; next !== undefined; next = pending[0]) {
        if (counts.length > 0 && clock.elapsed() >= untilMs) break;
        const run = await next.harvest.run(untilMs, signal);
        counts.push(run);
        if (run.isUnfinished) break;
        isEmpty ||= run.isEmpty;
        pending = pending.slice(1);
      }
      if (pending.length > 0) return { ...sumCounts(counts), isUnfinished: true, isEmpty: false };
      const wasEmpty = isEmpty;
      pending = [...all];
      isEmpty = false;
      return { ...sumCounts(counts), isUnfinished: false, isEmpty: wasEmpty };
    },
  };
}
