import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/database.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/link-node.js');
const OTHER = process.platform === 'linux' ? 'darwin' : 'linux';

/** A project with a Node for another system and one for this system, where npm left no link to either. */
function project({ installed }: { installed: boolean }): string {
  const root = temporaryFolder();
  const manifest = { optionalDependencies: { 'node-other': '24.0.0', 'node-ours': '24.0.0' } };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  const runtimes = [
    ['node-other', OTHER],
    ['node-ours', process.platform],
  ] as const;
  for (const [name, os] of installed ? runtimes : []) {
    const folder = join(root, 'node_modules', name);
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin/node'), '');
    const facts = { name, os, cpu: process.arch, bin: { node: 'bin/node' } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(facts));
  }
  return root;
}

const run = (root: string) => void execFileSync(process.execPath, [SCRIPT], { cwd: root });
const linkIn = (root: string) => join(root, 'node_modules/.bin/node');

describe('the Node that npm installed', () => {
  it('is linked again for npm scripts after npm has removed the link', () => {
    const root = project({ installed: true });
    run(root);
    run(root);
    expect(readlinkSync(linkIn(root))).toBe('../node-ours/bin/node');
  });

  it('is not required if optional dependencies were left out', () => {
    const root = project({ installed: false });
    run(root);
    expect(existsSync(linkIn(root))).toBe(false);
  });
});
