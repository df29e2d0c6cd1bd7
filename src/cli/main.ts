#!/usr/bin/env node
/**
 * The entry point. It looks at the version of Node before anything else is loaded: the database driver crashes on an old one
 * without a word. So it imports nothing, and uses nothing that an old Node does not know.
 */
const OLDEST: readonly [major: number, minor: number] = [22, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Paperboy needs Node ${OLDEST.join('.')} or later; this is Node ${process.versions.node}. ` +
      'Run it with npm start, which brings a Node of its own (npm ci installs it), or update Node.\n',
  );
  process.exitCode = 1;
} else {
  await import('./program.ts');
}
