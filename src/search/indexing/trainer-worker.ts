/** Worker thread for learning, which takes seconds while search continues. */
import { constants, setPriority } from 'node:os';
import { openDatabase } from '../../db/open.ts';
import { serve, startData } from '../../workers/serve.ts';
import { nearestFolder } from '../nearest/files.ts';
import { openTrainer } from './trainer.ts';

// Lets the threads that answer run first. Only Linux has priorities per thread; elsewhere this would affect
// the whole process (https://man7.org/linux/man-pages/man2/setpriority.2.html, C library/kernel differences).
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { path } = startData<{ readonly path: string }>();

// A small cache, as it reads each page once.
serve({
  trainer: openTrainer(openDatabase(path, { readonly: true, cacheMegabytes: 1 }), nearestFolder(path)),
});
