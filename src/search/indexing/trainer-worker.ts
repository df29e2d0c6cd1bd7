/** Learning in a thread of its own: it takes seconds, in which search goes on. */
import { constants, setPriority } from 'node:os';
import { openDatabase } from '../../db/open.ts';
import { serve, startData } from '../../workers/serve.ts';
import { openTrainer } from './trainer.ts';

// Where a thread has a priority of its own, the threads that answer come first; elsewhere this would be the whole process's
// (https://man7.org/linux/man-pages/man2/setpriority.2.html, C library/kernel differences).
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { path } = startData<{ readonly path: string }>();

// It reads each page once.
serve({ trainer: openTrainer(openDatabase(path, { readonly: true, cacheMegabytes: 1 })) });
