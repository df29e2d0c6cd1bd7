import { describe, expect, it } from 'vitest';
import { terminalAbilities } from '../../../src/platforms/terminal/abilities.ts';

const tty = { isTTY: true };

describe('terminalAbilities', () => {
  it.each([
    [{ TERM: 'xterm-256color' }, tty, { color: true, links: false }],
    [{ TERM: 'xterm-256color' }, {}, { color: false, links: false }],
    [{ TERM: 'dumb' }, tty, { color: false, links: false }],
    [{ TERM: 'xterm', NO_COLOR: '1' }, tty, { color: false, links: false }],
    [{ TERM: 'xterm', NO_COLOR: '' }, tty, { color: true, links: false }],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, tty, { color: false, links: false }],
    [{ FORCE_COLOR: '1' }, {}, { color: true, links: false }],
    [{ FORCE_COLOR: '0' }, tty, { color: false, links: false }],
    [{ VTE_VERSION: '7200' }, tty, { color: true, links: true }],
    [{ VTE_VERSION: '4600' }, tty, { color: true, links: false }],
    [{ VTE_VERSION: '7200', NO_COLOR: '1' }, tty, { color: false, links: true }],
    [{ VTE_VERSION: '7200', TMUX: '/tmp/t' }, tty, { color: true, links: false }],
    [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.4.19' }, tty, { color: true, links: true }],
    [{ TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '2.9' }, tty, { color: true, links: false }],
    [{ TERM_PROGRAM: 'Apple_Terminal' }, tty, { color: true, links: false }],
    [{ TERM: 'xterm-kitty' }, tty, { color: true, links: true }],
    [{ TERM: 'xterm-kitty' }, {}, { color: false, links: false }],
    [{ WT_SESSION: 'x' }, tty, { color: true, links: true }],
    [{ FORCE_HYPERLINK: '1' }, {}, { color: false, links: true }],
    [{ FORCE_HYPERLINK: '0', WT_SESSION: 'x' }, tty, { color: true, links: false }],
  ])('are, for %j on %j, %j', (env, stream, abilities) => {
    expect(terminalAbilities(env, stream)).toEqual(abilities);
  });
});
