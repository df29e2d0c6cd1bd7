import { describe, expect, it } from 'vitest';
import { compiledPackages } from '../support/lock-file.ts';

describe('npm ci', () => {
  it('compiles no package, so it needs no Python and no compiler (npm run lock)', () => {
    expect(compiledPackages()).toEqual([]);
  });
});
