/**
 * Checks a backup in a separate thread, because a check blocks its thread for a second with 80,000 papers.
 */
import { serve } from '../workers/serve.ts';
import { checkFile } from './check.ts';

export interface CheckServices {
  readonly check: { file(path: string): Promise<string | undefined> };
}

serve({ check: { file: async (path) => checkFile(path) } } satisfies CheckServices);
