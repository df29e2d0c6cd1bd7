/** Checks a copy in a thread of its own: it takes a second for 80,000 papers, in which the thread that owns the database answers nobody. */
import { serve } from '../workers/serve.ts';
import { checkFile } from './check.ts';

export interface CheckServices {
  readonly check: { file(path: string): Promise<string | undefined> };
}

serve({ check: { file: async (path) => checkFile(path) } } satisfies CheckServices);
