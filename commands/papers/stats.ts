/** `/papers stats`: shows how many papers are loaded, and how recent they are. */

import { counted, formatCount } from '../../src/cards/counts.ts';
import { agoInWords, publishedInWords, weekdayInWords } from '../../src/cards/dates.ts';
import type { Field } from '../../src/chat/card.ts';
import { defineCommand } from '../services.ts';
import { emptyStore } from '../views/empty-results.ts';
import { completenessFields, freshnessFields } from '../views/freshness.ts';

export const stats = defineCommand({
  root: 'papers',
  name: 'stats',
  description: 'Show how many papers are loaded, and how recent they are.',
  visibility: 'public',
  options: {},
  alsoCalled: ['how many papers are there', 'how many papers do you have'],
  alsoMeantBy: { statistics: '', status: '', 'how many papers': '' },
  examples: ['/papers stats'],
  async run({ services, now }) {
    const { papers, listDays, saves, newestList, published, topCategories } = await services.papers.counts();
    if (papers === 0) return emptyStore();
    const facts: Record<string, string | undefined> = {
      'Newest list':
        newestList &&
        `${weekdayInWords(newestList.day)}, ${counted(newestList.papers, 'paper')} (${agoInWords(newestList.day, now)})`,
      'Daily lists': listDays > 0 ? formatCount(listDays) : undefined,
      Published: published && `${publishedInWords(published.from)} to ${publishedInWords(published.to)}`,
      Categories: topCategories.map((top) => `${top.category} ${formatCount(top.papers)}`).join(' · '),
      Saves: saves > 0 ? formatCount(saves) : undefined,
    };
    const fields = Object.entries(facts).flatMap(([name, value]): Field[] =>
      value === undefined || value === '' ? [] : [{ name, value: [value] }],
    );
    const freshness = freshnessFields(await services.sources.list(), now);
    const completeness = await completenessFields(services, papers, now);
    return {
      tone: 'plain',
      title: counted(papers, 'paper'),
      blocks: [{ kind: 'fields', fields: [...fields, ...completeness, ...freshness] }],
    };
  },
});
