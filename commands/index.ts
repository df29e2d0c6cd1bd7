/** Everything that people can type, in the order of help and of the guide. */
import type { Command } from '../src/command/define.ts';
import { ask } from './ask.ts';
import { compare } from './compare.ts';
import { feedCommands } from './feed/commands.ts';
import { feeds } from './feeds.ts';
import { forgetMe } from './forget-me.ts';
import { type CommandGroup, helpFor } from './help.ts';
import { random } from './random.ts';
import { save } from './save.ts';
import { saved } from './saved.ts';
import { search } from './search.ts';
import type { Services } from './services.ts';
import { show } from './show.ts';
import { similar } from './similar.ts';
import { stats } from './stats.ts';
import { summary } from './summary.ts';
import { trending } from './trending.ts';
import { unsave } from './unsave.ts';

const groups: readonly CommandGroup[] = [
  { title: 'Find papers', commands: [search, trending, similar, random] },
  { title: 'Read one', commands: [show, summary, ask, compare] },
  { title: 'Keep them', commands: [save, saved, unsave] },
  { title: 'Let a channel follow', commands: feedCommands },
  { title: 'About', commands: [feeds, stats, forgetMe, helpFor(() => groups)] },
];

export const catalogue: readonly Command<Services>[] = groups.flatMap(({ commands }) => commands);
