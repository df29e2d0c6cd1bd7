/**
 * Part of `npm ci`: links `node_modules/.bin/node` to the Node that npm installed, so that every npm script
 * runs on it.
 *
 * npm 11.6 and older create this link, then remove it together with the links of the packages for other
 * systems (npm/cli#4362). This file is JavaScript because it runs on the Node that runs npm.
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

/** The installed package for this system, relative to `.bin`; `undefined` without optional packages. */
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
