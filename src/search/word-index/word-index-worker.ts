/** Worker thread that keeps the word index equal to the database. */
import { constants, setPriority } from 'node:os';
import { openDatabase } from '../../db/open.ts';
import { INDEX_FORM } from '../../text/index-text.ts';
import { openGivingWay } from '../../workers/give-way.ts';
import { serve, startData } from '../../workers/serve.ts';
import { openWordIndexWriter, type WordIndexWriter } from './index-writer.ts';
import { indexFolder } from './manifest.ts';
import { openWordChangeStore } from './word-change-store.ts';

// As in the trainer's thread: those that answer go first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { path } = startData<{ readonly path: string }>();
const wordIndex: WordIndexWriter = openWordIndexWriter({
  folder: indexFolder(path),
  form: INDEX_FORM,
  changes: openWordChangeStore(openDatabase(path, { readonly: true, cacheMegabytes: 1 })),
  pause: openGivingWay(),
});

serve({ wordIndex });
