/** Suggestions that adapters offer while an option is being typed. */

import { feedInWords } from '../src/cards/feed-words.ts';
import { termsInWords } from '../src/cards/watch-words.ts';
import type { Suggestion } from '../src/chat/handlers.ts';
import type { Completion } from '../src/command/define.ts';
import type { CompletionSource } from '../src/command/dispatch.ts';
import { readable } from '../src/text/readable.ts';
import { suggestZones } from '../src/time/zones.ts';
import { mayManage } from './may-manage.ts';
import { visibleFeeds } from './paperfeed/input/permissions.ts';
import { listedName, namesBefore } from './papers/input/paper-names.ts';
import { watchesFor } from './papers/input/resolve-watch.ts';
import type { Services } from './services.ts';

/** Saved papers to choose from, the latest first. */
const SAVED_CONSIDERED = 200;

export const completions: Readonly<Record<Completion, CompletionSource<Services>>> = {
  async paper({ search }, typed, _caller, limit) {
    return (await search.suggestPapers(typed, limit)).map(toSuggestion);
  },
  async papers({ search }, typed, _caller, limit) {
    const { named, open } = namesBefore(typed);
    const before = named.map(listedName);
    const found = await search.suggestPapers(open, limit);
    return (
      found
        .filter(({ id }) => !named.includes(id))
        // Some platforms put the label into the box, so it must parse as the same papers.
        .map(({ id, title }) => ({
          label: [...before, `${id} ${title.replace(/[,，"“”]/gu, '')}`].join(', '),
          value: [...before, id].join(', '),
        }))
    );
  },
  async 'saved-paper'({ library }, typed, caller, limit) {
    const { papers } = await library.mine(caller, SAVED_CONSIDERED, 0);
    const wanted = typed.trim().toLowerCase();
    return papers
      .map(({ paper: { id, title } }) => ({ id, title: readable(title) }))
      .filter(({ id, title }) => id.startsWith(wanted) || title.toLowerCase().includes(wanted))
      .slice(0, limit)
      .map(toSuggestion);
  },
  async tag({ library }, typed, caller, limit) {
    // Several tags are separated by commas.
    const [, before = '', open = ''] = /^(.*[,，]\s*)?(.*)$/su.exec(typed) ?? [];
    const found = await library.suggestTags(caller, open.trim().toLowerCase(), limit);
    return found.map((tag) => itself(`${before}${tag}`));
  },
  async category({ search }, typed, _caller, limit) {
    return (await search.suggestCategories(typed, limit)).map(itself);
  },
  async author({ search }, typed, _caller, limit) {
    return (await search.suggestAuthors(typed, limit)).map(itself);
  },
  async zone(_services, typed, _caller, limit) {
    return suggestZones(typed, limit).map(itself);
  },
  async watch(services, typed, caller) {
    const wanted = typed.trim().toLowerCase();
    return (await watchesFor(services, caller, new Date()))
      .map(({ id, terms }) => ({ label: `${id}: ${termsInWords(terms)}`, value: String(id) }))
      .filter(({ label }) => label.toLowerCase().includes(wanted));
  },
  async feed(services, typed, caller) {
    if (caller.channel === undefined || !(await mayManage(services, caller))) return [];
    const here = await services.feeds.of(await visibleFeeds(services, caller));
    return here
      .filter(({ id }) => id.startsWith(typed.trim().toLowerCase()))
      .map(({ id, settings }) => ({ label: `${id}: ${feedInWords(settings)}`, value: id }));
  },
};

function toSuggestion({ id, title }: { readonly id: string; readonly title: string }): Suggestion {
  return { label: title, value: id };
}

function itself(value: string): Suggestion {
  return { label: value, value };
}
