import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openLog } from '../../src/base/log.ts';

/** Linux's device that is always full. */
const FULL = '/dev/full';

it.skipIf(!existsSync(FULL))('a log on a full disk loses messages but does not block its writers', () => {
  const log = openLog('info', FULL);
  for (let line = 0; line < 100; line++) expect(() => log.error('lost')).not.toThrow();
});
