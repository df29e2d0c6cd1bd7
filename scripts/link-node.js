/**
 * Part of `npm ci`: makes `node_modules/.bin/node` the Node that was installed, for every npm script to run on.
 *
 * npm 11.6 and older link it, and then remove the link together with those of the packages for other systems
 * (npm/cli#4362). JavaScript, as it runs on whichever Node runs npm.
 */
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, normalize } from 'node:path';

const MODULES = 'node_modules';
const WINDOWS = process.platform === 'win32';
const link = join(MODULES, '.bin', WINDOWS ? 'node.cmd' : 'node');

const target = runtime();
if (target !== undefined && !existsSync(link)) {
  if (WINDOWS) writeFileSync(link, `@"%~dp0\\${target}" %*\r\n`);
  else symlinkSync(target, link);
}

/** The installed package for this system, as seen from `.bin`; none where optional packages were left out. */
function runtime() {
  const { optionalDependencies = {} } = read('package.json');
  for (const name of Object.keys(optionalDependencies)) {
    const manifest = join(MODULES, name, 'package.json');
    if (!existsSync(manifest)) continue;
    const { os, cpu, bin } = read(manifest);
    const isOurs = [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch);
    if (isOurs && existsSync(join(MODULES, name, bin.node))) return normalize(join('..', name, bin.node));
  }
  return undefined;
}

/** @param {string} path */
function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
