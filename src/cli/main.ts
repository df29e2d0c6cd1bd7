#!/usr/bin/env node
/**
 * Entry point. Checks the version of Node before anything else is loaded, because the database driver crashes
 * without a message on an old one. So this file has no imports, and uses only syntax that an old Node can
 * parse.
 */
const OLDEST: readonly [major: number, minor: number] = [22, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Paperboy needs Node ${OLDEST.join('.')} or later; this is Node ${process.versions.node}. ` +
      'Use npm start, which runs the Node that npm ci installs, or update Node.\n',
  );
  process.exitCode = 1;
} else {
  const { prepareProcess } = await import('./prepare-process.ts');
  prepareProcess();
  await import('./program.ts');
}
