/** What an adapter offers while an option is being typed. */
import { clip } from '../src/chat/clip.ts';
import type { Suggestion } from '../src/chat/port.ts';
import type { Completion } from '../src/command/define.ts';
import type { CompletionSource } from '../src/command/dispatch.ts';
import { suggestZones } from '../src/delivery/options/zones.ts';
import { mayManage } from './feed/guard.ts';
import type { Services } from './services.ts';
import { feedInWords } from './views/feed-words.ts';

/** Characters of the papers that are named already, before the one that is offered: three ids. */
const NAMED_SHOWN = 36;
/** Of a longer list, the latest are offered. */
const SAVED_CONSIDERED = 200;

export const completions: Readonly<Record<Completion, CompletionSource<Services>>> = {
  async paper({ search }, typed, _caller, limit) {
    return (await search.suggestPapers(typed, limit)).map(toSuggestion);
  },
  async papers({ search }, typed, _caller, limit) {
    const end = typed.lastIndexOf(',') + 1;
    const named = typed.slice(0, end).trim();
    const found = await search.suggestPapers(typed.slice(end).trim(), limit);
    return found
      .filter(({ id }) => !named.includes(id))
      .map(({ id, title }) => ({
        label: `${clip(named, NAMED_SHOWN)} ${title}`.trim(),
        value: `${named} ${id}`.trim(),
      }));
  },
  async 'saved-paper'({ library }, typed, caller, limit) {
    const { papers } = await library.mine(caller, SAVED_CONSIDERED, 0);
    const wanted = typed.trim().toLowerCase();
    return papers
      .map(({ paper }) => paper)
      .filter(({ id, title }) => id.startsWith(wanted) || title.toLowerCase().includes(wanted))
      .slice(0, limit)
      .map(toSuggestion);
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
  async feed(services, typed, caller) {
    if (caller.place === undefined || !(await mayManage(services, caller))) return [];
    const here = await services.feeds.of(caller.place);
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
