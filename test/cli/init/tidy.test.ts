import { describe, expect, it } from 'vitest';
import type { AskedName } from '../../../src/cli/init/asked.ts';
import { faultIn, spelled, tidy } from '../../../src/cli/init/tidy.ts';

const DISCORD = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789ab';
const HEX = '0123456789abcdef0123456789abcdef';

describe('a pasted secret', () => {
  it.each([
    ['with blanks around', `  ${DISCORD}\n`],
    ['in quotes', `"${DISCORD}"`],
    ['in typographic quotes', `“${DISCORD}”`],
    ['in backticks', `\`${DISCORD}\``],
    ['as a line of .env', `DISCORD_TOKEN=${DISCORD}`],
    ['as a quoted line of .env', `export DISCORD_TOKEN = '${DISCORD}'`],
    ['as a line of YAML', `DISCORD_TOKEN: "${DISCORD}"`],
    ['as a line of a program', `BOT_TOKEN="${DISCORD}";`],
    ['as a header', `Bot ${DISCORD}`],
    ['as a quoted header', `"Bot ${DISCORD}"`],
    ['with line breaks inside', `${DISCORD.slice(0, 30)}\r\n  ${DISCORD.slice(30)}`],
    ['with signs that take no room', `\ufeff${DISCORD.slice(0, 9)}\u200b${DISCORD.slice(9)}`],
    ['with what a terminal puts around it', `\u001b[200~${DISCORD}\u001b[201~`],
  ])('a pasted secret %s is tidied', (_, pasted) => {
    expect(tidy('DISCORD_TOKEN', pasted)).toBe(DISCORD);
    expect(faultIn('DISCORD_TOKEN', DISCORD)).toBeUndefined();
  });

  it('a pasted base64 key keeps its trailing characters', () => {
    const key = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY=';
    expect(tidy('SECRET_KEY', `${key}\n`)).toBe(key);
  });
});

describe('a pasted value that is no secret', () => {
  it('a pasted value keeps its inner spaces', () => {
    expect(tidy('DATA_DIR', ' "/srv/our lab" ')).toBe('/srv/our lab');
    expect(tidy('DATA_DIR', 'DATA_DIR=/srv/lab;')).toBe('/srv/lab;');
  });

  it('a pasted value is normalised', () => {
    expect(spelled('DEFAULT_ZONE', 'new york')).toBe('America/New_York');
    expect(spelled('ARXIV_CATEGORIES', 'cs.LG cs.CL,  hep-th')).toBe('cs.LG,cs.CL,hep-th');
    expect(spelled('OPENAI_BASE_URL', 'http://127.0.0.1:11434/v1/')).toBe('http://127.0.0.1:11434/v1');
    expect(spelled('SLACK_PORT', '08080')).toBe('8080');
  });
});

describe('a value of another kind', () => {
  it.each<[AskedName, string, string]>([
    ['DISCORD_TOKEN', '123456789012345678', 'looks like a Discord ID'],
    ['DISCORD_TOKEN', 'f'.repeat(64), 'looks like the public key of a Discord application'],
    [
      'DISCORD_TOKEN',
      'AbCdEfGhIjKlMnOpQrStUvWxYz-_0123',
      'looks like the client secret of a Discord application',
    ],
    ['DISCORD_TOKEN', 'xoxb-1234567890-abcdef', 'looks like a Slack bot token'],
    ['DISCORD_TOKEN', '•••••••••', 'the dots that hide a secret'],
    [
      'DISCORD_TOKEN',
      DISCORD.slice(0, 40),
      '^This is not the Discord bot token: expected about 70 characters .* got 40 characters\\.$',
    ],
    ['SLACK_BOT_TOKEN', 'xapp-1-A012-345-abc', 'looks like a Slack app-level token. .* should be xoxb-'],
    ['SLACK_BOT_TOKEN', 'xoxp-1234567890-abcdef', 'looks like a person’s Slack token'],
    ['SLACK_BOT_TOKEN', DISCORD, 'looks like a Discord bot token'],
    ['SLACK_APP_TOKEN', 'xoxb-1234567890-abcdef', 'looks like a Slack bot token'],
    ['SLACK_APP_TOKEN', HEX, 'looks like a signing secret or client secret'],
    ['SLACK_SIGNING_SECRET', '1234.5678', 'looks like the client ID of a Slack app'],
    ['SLACK_SIGNING_SECRET', HEX.slice(1), 'got 31 characters'],
    ['SLACK_CLIENT_ID', HEX, 'looks like a signing secret or client secret'],
    ['SLACK_CLIENT_ID', 'https://api.slack.com/apps', 'looks like an address'],
    ['SECRET_KEY', 'short', '^SECRET_KEY must have at least 32 characters; .*32$|32\\.$'],
    ['OPENAI_API_KEY', 'sk-ключ', 'contains characters that do not belong in it'],
    [
      'OPENAI_BASE_URL',
      '127.0.0.1:11434',
      '^OPENAI_BASE_URL must be an address that begins with http:// or https://\\.$',
    ],
    ['ARXIV_CATEGORIES', 'cs.LG, Machine Learning', '^ARXIV_CATEGORIES must be a list of arXiv categories'],
    ['DEFAULT_ZONE', 'Berln', 'Did you mean Europe/Berlin\\?$'],
    ['SLACK_PORT', '70000', '^SLACK_PORT '],
    ['DATA_DIR', '', 'is empty\\.$'],
  ])('a wrong value for %s (%s) is recognised', (name, value, words) => {
    expect(faultIn(name, tidy(name, value))).toMatch(new RegExp(words));
  });

  it('an error never contains the pasted secret', () => {
    for (const name of ['DISCORD_TOKEN', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'] as const) {
      expect(faultIn(name, 'xapp-1-canary-canary')).not.toContain('canary');
    }
  });
});
