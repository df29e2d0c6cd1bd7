/** Commands of a busy hour: many kinds in fixed shares, with texts of real papers. */
import type { PaperRecord } from '../../../src/papers/paper.ts';
import type { Values } from '../../../test/fakes/discord/people/values.ts';

export interface BusyCommand {
  /** Under which its times are reported. */
  readonly kind: string;
  readonly root: 'papers' | 'paperfeed';
  readonly name: string;
  readonly values: Values;
  /** The option in which a person is typing; its completions are the answer. */
  readonly typing?: string;
}

export interface BusyTexts {
  /** Papers that are stored. */
  readonly papers: readonly PaperRecord[];
  /** Claims and summaries in a sentence. */
  readonly questions: readonly string[];
}

type Drawn = Omit<BusyCommand, 'kind' | 'root'> & { readonly root?: BusyCommand['root'] };

interface Kind {
  /** How many of the commands of a round are of this kind. */
  readonly share: number;
  readonly draw: (texts: TextSource) => Drawn;
}

const CATEGORIES = ['cs.LG', 'cs.CL', 'cs.CV', 'cs.RO', 'stat.ML', 'cs.AI'];
const TOPICS = ['robotics', 'diffusion models', 'reinforcement learning', 'protein design', 'speech'];
/** A prime, so that neighbours in a round are of different kinds. */
const STRIDE = 53;
const LONGEST_QUESTION = 300;

const search = (values: Values): Drawn => ({ name: 'search', values });

const KINDS: Readonly<Record<string, Kind>> = {
  'search.short': { share: 12, draw: (some) => search({ query: some.words() }) },
  'search.long': { share: 10, draw: (some) => search({ query: some.question() }) },
  'search.since': { share: 4, draw: (some) => search({ query: some.question(), since: '2023' }) },
  'search.category': { share: 3, draw: (some) => search({ query: some.words(), category: some.category() }) },
  'search.phrase': { share: 4, draw: (some) => search({ query: some.phrase() }) },
  'search.author': { share: 4, draw: (some) => search({ author: some.author(), sort: 'newest' }) },
  'search.newest': { share: 4, draw: (some) => search({ query: some.words(), sort: 'newest' }) },
  'search.votes': { share: 1, draw: (some) => search({ query: some.words(), sort: 'votes' }) },
  'search.page': { share: 3, draw: (some) => search({ query: some.words(), page: 2 }) },
  'search.misspelled': { share: 1, draw: (some) => search({ query: some.misspelled() }) },
  'search.title': { share: 2, draw: (some) => search({ query: some.title() }) },
  similar: { share: 6, draw: (some) => ({ name: 'similar', values: { paper: some.id() } }) },
  'similar.since': {
    share: 2,
    draw: (some) => ({ name: 'similar', values: { paper: some.id(), since: '2024' } }),
  },
  ask: { share: 5, draw: (some) => ({ name: 'ask', values: { question: some.question() } }) },
  'ask.paper': {
    share: 2,
    draw: (some) => ({ name: 'ask', values: { question: 'what data did they use?', paper: some.id() } }),
  },
  show: { share: 8, draw: (some) => ({ name: 'show', values: { paper: some.id() } }) },
  'show.title': { share: 2, draw: (some) => ({ name: 'show', values: { paper: some.title() } }) },
  summary: { share: 4, draw: (some) => ({ name: 'summary', values: { paper: some.id() } }) },
  compare: {
    share: 3,
    draw: (some) => ({ name: 'compare', values: { papers: `${some.id()}, ${some.id()}` } }),
  },
  trending: { share: 3, draw: () => ({ name: 'trending', values: {} }) },
  'trending.topic': {
    share: 2,
    draw: (some) => ({ name: 'trending', values: { topic: some.topic(), period: 'month' } }),
  },
  random: { share: 1, draw: () => ({ name: 'random', values: {} }) },
  'random.category': {
    share: 1,
    draw: (some) => ({ name: 'random', values: { category: some.category() } }),
  },
  recommend: { share: 2, draw: () => ({ name: 'recommend', values: {} }) },
  save: { share: 4, draw: (some) => ({ name: 'save', values: { paper: some.id() } }) },
  tag: { share: 2, draw: (some) => ({ name: 'tag', values: { paper: some.id(), tags: some.tag() } }) },
  read: { share: 1, draw: (some) => ({ name: 'read', values: { paper: some.id() } }) },
  saved: { share: 3, draw: () => ({ name: 'saved', values: {} }) },
  'saved.team': { share: 2, draw: () => ({ name: 'saved', values: { scope: 'team' } }) },
  'saved.query': { share: 1, draw: (some) => ({ name: 'saved', values: { query: some.words() } }) },
  changes: { share: 1, draw: () => ({ name: 'watch changes', values: {} }) },
  export: { share: 1, draw: () => ({ name: 'library export', values: {} }) },
  leaderboard: { share: 1, draw: () => ({ name: 'leaderboard', values: {} }) },
  watch: { share: 1, draw: (some) => ({ name: 'watch add', values: { query: some.phrase() } }) },
  watches: { share: 1, draw: () => ({ name: 'watch list', values: {} }) },
  stats: { share: 1, draw: () => ({ name: 'stats', values: {} }) },
  help: { share: 1, draw: () => ({ name: 'help', values: {} }) },
  feeds: { share: 1, draw: () => ({ name: 'channel feeds', values: {} }) },
  'feed.list': { share: 1, draw: () => ({ root: 'paperfeed', name: 'list', values: {} }) },
  'feed.preview': { share: 1, draw: () => ({ root: 'paperfeed', name: 'preview', values: {} }) },
  'complete.paper': {
    share: 5,
    draw: (some) => ({ name: 'show', values: { paper: some.beginning() }, typing: 'paper' }),
  },
  'complete.author': {
    share: 2,
    draw: (some) => ({ name: 'search', values: { author: some.author().slice(0, 6) }, typing: 'author' }),
  },
  'complete.category': {
    share: 2,
    draw: (some) => ({
      name: 'search',
      values: { category: some.category().slice(0, 4) },
      typing: 'category',
    }),
  },
};

/** Draws commands without end. The same texts give the same commands. */
export function* busyCommands(texts: BusyTexts): Generator<BusyCommand, never> {
  const sources = Object.keys(KINDS).map((_, index) => openTextSource(texts, index));
  const round = Object.entries(KINDS).flatMap(([kind, { share, draw }], index) =>
    Array.from({ length: share }, () => (): BusyCommand => {
      const source = sources[index];
      if (!source) throw new Error(`No texts for ${kind}`);
      return { kind, root: 'papers', ...draw(source) };
    }),
  );
  for (let at = 0; ; at = (at + STRIDE) % round.length) {
    const draw = round[at];
    if (draw) yield draw();
  }
}

type TextSource = ReturnType<typeof openTextSource>;

/** Texts in turn. Each kind of command begins at a place of its own. */
function openTextSource({ papers, questions }: BusyTexts, index: number) {
  let next = index * 97;
  const paper = (): PaperRecord => at(papers, next++);
  const longWords = (text: string) => text.split(/\s+/).filter((word) => /^[a-z-]{4,}$/i.test(word));
  return {
    id: () => paper().id ?? '',
    title: () => paper().title.slice(0, 200),
    words() {
      const { title } = paper();
      return (
        longWords(title)
          .slice(0, (next % 3) + 1)
          .join(' ') || title
      );
    },
    /** Two neighbouring words of an abstract. */
    phrase() {
      const words = paper().abstract.split(/\s+/);
      const first = words.findIndex((word, n) => n > next % 20 && isPlain(word) && isPlain(words[n + 1]));
      return first === -1 ? 'neural networks' : `"${words[first]} ${words[first + 1]}"`;
    },
    misspelled() {
      const word = at([...longWords(paper().title), 'networks'], 0);
      return `${word.slice(0, 2)}${word.slice(3)}x`;
    },
    /** As far as a person has typed it. */
    beginning: () => paper().title.slice(0, 4 + (next % 10)),
    author: () => paper().authors?.[0] ?? 'Hinton',
    question: () => at(questions, next++).slice(0, LONGEST_QUESTION),
    category: () => at(CATEGORIES, next++),
    topic: () => at(TOPICS, next++),
    tag: () => `group-${next % 5}`,
  };
}

function isPlain(word: string | undefined): boolean {
  return word !== undefined && /^[a-z]{4,}$/.test(word);
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('An empty list of texts');
  return item;
}
