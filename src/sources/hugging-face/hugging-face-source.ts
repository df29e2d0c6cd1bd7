/** Hugging Face as a source: polls lists, reads them on demand, and looks up single papers. */
import { dayOf } from '../../time/clock.ts';
import type { Source } from '../source.ts';
import { type HuggingFaceOptions, openHuggingFace } from './hugging-face.ts';
import { latestListJob, readDay, votesJob } from './list-jobs.ts';

export function openHuggingFaceSource(options: HuggingFaceOptions): Source {
  const huggingFace = openHuggingFace(options);
  return {
    name: 'hugging-face',
    jobs: (context) => [latestListJob({ huggingFace, ...context }), votesJob({ huggingFace, ...context })],
    findPaper: (id, signal) => huggingFace.paper(id, { signal }),
    async readDay(day, stores, signal) {
      await readDay({ huggingFace, ...stores }, day, signal);
    },
    async probe(signal) {
      await huggingFace.day(dayOf(options.clock.now()), { signal });
    },
  };
}
