/** Worker thread for learning, which takes seconds while search continues. */
import { constants, setPriority } from 'node:os';
import { type DatabaseLocation, openLocation } from '../../db/location.ts';
import { serve, startData } from '../../workers/serve.ts';
import { nearestFolder } from '../nearest/files.ts';
import { openTrainer } from './trainer.ts';

// Lets the threads that answer run first. Only Linux has priorities per thread; elsewhere this would affect
// the whole process (https://man7.org/linux/man-pages/man2/setpriority.2.html, C library/kernel differences).
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const location = startData<DatabaseLocation>();

// A small cache, as it reads each page once.
serve({
  trainer: openTrainer(
    openLocation(location, { readonly: true, cacheMegabytes: 1 }),
    nearestFolder(location.path),
  ),
});
