/** Learning in a thread of its own: it takes seconds, in which search goes on. */
import { openDatabase } from '../db/open.ts';
import { serve, threadData } from '../threads/serve.ts';
import { openLab } from './lab.ts';

const { path } = threadData<{ readonly path: string }>();

serve({ lab: openLab(openDatabase(path, { readonly: true })) });
