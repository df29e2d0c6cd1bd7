/** Worker thread that keeps the word index equal to the database. */
import { constants, setPriority } from 'node:os';
import { type DatabaseLocation, openLocation } from '../../db/location.ts';
import { INDEX_FORM } from '../../text/index-text.ts';
import { openGivingWay } from '../../workers/give-way.ts';
import { serve, startData } from '../../workers/serve.ts';
import { openWordIndexWriter, type WordIndexWriter } from './index-writer.ts';
import { indexFolder } from './manifest.ts';
import { openWordChangeStore } from './word-change-store.ts';

// As in the trainer's thread: those that answer go first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const location = startData<DatabaseLocation>();
const wordIndex: WordIndexWriter = openWordIndexWriter({
  folder: indexFolder(location.path),
  form: INDEX_FORM,
  changes: openWordChangeStore(openLocation(location, { readonly: true, cacheMegabytes: 1 })),
  pause: openGivingWay(),
});

serve({ wordIndex });
