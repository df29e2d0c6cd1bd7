/** All commands, in the order of help and of the guide. */
import type { Command } from '../src/command/define.ts';
import { feedCommands } from './paperfeed/commands.ts';
import { whyForMembers } from './paperfeed/why.ts';
import { ask } from './papers/ask.ts';
import { changes } from './papers/changes.ts';
import { compare } from './papers/compare.ts';
import { connect } from './papers/connect.ts';
import { digest } from './papers/digest.ts';
import { disconnect } from './papers/disconnect.ts';
import { exportCommand } from './papers/export.ts';
import { feeds } from './papers/feeds.ts';
import { forgetMe } from './papers/forget-me.ts';
import { type CommandGroup, helpFor } from './papers/help.ts';
import { later } from './papers/later.ts';
import { leaderboard } from './papers/leaderboard.ts';
import { note } from './papers/note.ts';
import { random } from './papers/random.ts';
import { read } from './papers/read.ts';
import { recommend } from './papers/recommend.ts';
import { save } from './papers/save.ts';
import { saved } from './papers/saved.ts';
import { search } from './papers/search.ts';
import { show } from './papers/show.ts';
import { similar } from './papers/similar.ts';
import { stats } from './papers/stats.ts';
import { summary } from './papers/summary.ts';
import { tag } from './papers/tag.ts';
import { taste } from './papers/taste.ts';
import { trending } from './papers/trending.ts';
import { unsave } from './papers/unsave.ts';
import { unwatch } from './papers/unwatch.ts';
import { watch } from './papers/watch.ts';
import { watches } from './papers/watches.ts';
import type { Services } from './services.ts';

const groups: readonly CommandGroup[] = [
  { title: 'Find papers', topic: 'finding', commands: [search, recommend, taste, trending, similar, random] },
  { title: 'Read a paper', topic: 'reading', commands: [show, summary, ask, compare] },
  {
    title: 'Save papers',
    topic: 'saving',
    commands: [
      save,
      saved,
      changes,
      later,
      unsave,
      note,
      tag,
      read,
      exportCommand,
      leaderboard,
      connect,
      disconnect,
    ],
  },
  { title: 'Watch for new papers', topic: 'watching', commands: [watch, watches, unwatch, digest] },
  { title: 'Channel feeds', topic: 'following', commands: feedCommands },
  {
    title: 'About',
    topic: 'about',
    commands: [feeds, whyForMembers, stats, forgetMe, helpFor(() => groups)],
  },
];

export const catalogue: readonly Command<Services>[] = groups.flatMap(({ commands }) => commands);
