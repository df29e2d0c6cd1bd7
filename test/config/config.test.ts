import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/base/errors.ts';
import { parseConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { temporaryFolder } from '../support/database.ts';

/** Settings of a Slack app that workspaces install themselves. */
const APP = {
  SLACK_CLIENT_ID: '1234567890.0987654321',
  SLACK_CLIENT_SECRET: 'secret',
  SECRET_KEY: 'a passphrase of thirty-two signs.',
};

describe('Slack in the configuration', () => {
  it('Slack is configured for one workspace or for all that install the app', () => {
    expect(parseConfig({}).slack).toBeUndefined();
    const one = parseConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect([one.slack?.botToken, one.slack?.install, [...one.teams.strangers]]).toEqual([
      'xoxb-1',
      undefined,
      [],
    ]);
    for (const events of [{ SLACK_APP_TOKEN: 'xapp-1' }, { SLACK_SIGNING_SECRET: 's' }]) {
      const many = parseConfig({ ...APP, ...events });
      expect(many.slack?.install).toEqual({
        clientId: APP.SLACK_CLIENT_ID,
        clientSecret: APP.SLACK_CLIENT_SECRET,
        secretKey: APP.SECRET_KEY,
      });
      expect([...many.teams.strangers]).toEqual(['slack']);
    }
  });

  it.each([
    [{ ...APP, SECRET_KEY: '' }, 'cannot install the Slack app without SECRET_KEY.'],
    [{ SLACK_CLIENT_ID: '1.2' }, 'without SLACK_CLIENT_SECRET and SECRET_KEY.'],
    [{ ...APP, SECRET_KEY: 'short' }, 'SECRET_KEY must have at least 32 characters'],
    [{ ...APP, SLACK_CLIENT_ID: 'abc' }, 'SLACK_CLIENT_ID must be a client ID'],
    [APP, 'SLACK_CLIENT_ID cannot receive events on its own. Also set SLACK_APP_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN cannot receive events on its own.'],
  ])('an incomplete Slack configuration names the missing setting: %o', (environment, sentence) => {
    expect(() => parseConfig(environment)).toThrow(UserError);
    expect(() => parseConfig(environment)).toThrow(sentence);
  });
});

describe('e-mail in the configuration', () => {
  const MAIL = { SMTP_URL: 'smtps://bot:secret@mail.lab.example', MAIL_FROM: 'papers@lab.example' };

  function keyFile(modulusLength = 2048): string {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
    const file = join(temporaryFolder(), 'dkim.pem');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return file;
  }

  it('needs a server and a sender', () => {
    expect(parseConfig({}).mail).toBeUndefined();
    expect(parseConfig(MAIL).mail).toEqual({
      url: MAIL.SMTP_URL,
      from: { name: '', address: 'papers@lab.example' },
      perHour: 200,
      dkim: undefined,
    });
    expect(() => parseConfig({ SMTP_URL: MAIL.SMTP_URL })).toThrow(/Set MAIL_FROM too/);
  });

  it('reads the name of the sender', () => {
    const { mail } = parseConfig({ ...MAIL, MAIL_FROM: 'Paper digest <papers@lab.example>' });
    expect(mail?.from).toEqual({ name: 'Paper digest', address: 'papers@lab.example' });
  });

  it.each([
    [{ SMTP_URL: 'https://mail.lab.example' }, /SMTP_URL must be an address that begins with smtp/],
    [{ MAIL_FROM: 'papers' }, /MAIL_FROM must be an address/],
    [{ MAIL_FROM: 'a@b.example, c@d.example' }, /MAIL_FROM must be an address/],
    [{ MAIL_PER_HOUR: '0' }, /MAIL_PER_HOUR/],
    [{ DKIM_DOMAIN: 'lab.example' }, /without DKIM_SELECTOR and DKIM_KEY_FILE/],
    [
      { DKIM_DOMAIN: 'lab.example', DKIM_SELECTOR: 's', DKIM_KEY_FILE: '/nowhere' },
      /cannot be read \(ENOENT\)/,
    ],
    [
      { DKIM_DOMAIN: 'lab.example', DKIM_SELECTOR: 's; x=y', DKIM_KEY_FILE: '/nowhere' },
      /DKIM_SELECTOR must/,
    ],
  ])('rejects %j with the fix', (changes, message) => {
    expect(() => parseConfig({ ...MAIL, ...changes })).toThrow(message);
  });

  it('reads the key that signs mail, and rejects one that receivers ignore', () => {
    const signed = (file: string) =>
      parseConfig({ ...MAIL, DKIM_DOMAIN: 'lab.example', DKIM_SELECTOR: 'bot', DKIM_KEY_FILE: file }).mail;
    expect(signed(keyFile())?.dkim).toMatchObject({
      domain: 'lab.example',
      selector: 'bot',
      privateKey: expect.stringContaining('BEGIN PRIVATE KEY'),
    });
    expect(() => signed(keyFile(512))).toThrow(/no RSA private key/);
  });
});

describe('the configuration', () => {
  it('no setting is required', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      dataDir: 'data',
      sources: ['hugging-face', 'arxiv'],
      huggingFace: { endpoint: 'https://huggingface.co', token: undefined },
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('an empty variable counts as not set', () => {
    expect(parseConfig({ DATA_DIR: ' ', HF_TOKEN: '', SOURCES: '' })).toEqual(parseConfig({}));
  });

  it('SOURCES=none polls no source', () => {
    expect(parseConfig({ SOURCES: 'none' }).sources).toEqual([]);
  });

  it.each([
    [{ SOURCES: 'arxive' }, 'SOURCES must be a list of hugging-face, arxiv, arxiv-all and semantic-scholar'],
    [{ HF_ENDPOINT: 'huggingface.co' }, 'HF_ENDPOINT must be an address'],
    [{ ARXIV_CATEGORIES: 'cs.LG, machine learning!' }, 'ARXIV_CATEGORIES must be a list of arXiv categories'],
    [{ BACKUPS: 'many' }, 'BACKUPS must be a whole number from 0 to 365'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be fatal'],
    [{ DEFAULT_ZONE: 'Europe/Berln' }, 'Did you mean Europe/Berlin?'],
  ])('an invalid setting is refused with its name and the fix: %o', (environment, sentence) => {
    expect(() => parseConfig(environment)).toThrow(UserError);
    expect(() => parseConfig(environment)).toThrow(sentence);
    expect(() => parseConfig(environment)).toThrow(/Fix it in \.env or the environment\.$/);
  });

  it('all invalid settings are reported together', () => {
    expect(() => parseConfig({ BACKUPS: '-1', LOG_LEVEL: 'loud' })).toThrow(/BACKUPS .*LOG_LEVEL /);
  });

  it('errors never contain a secret', () => {
    try {
      parseConfig({ HF_TOKEN: 'hf_canary', LOG_LEVEL: 'hf_canary2' });
    } catch (error) {
      expect(String(error)).not.toContain('hf_canary');
    }
  });
});

describe('a secret in a file', () => {
  const inFile = (content: string) => {
    const file = join(temporaryFolder(), 'secret');
    writeFileSync(file, content);
    return file;
  };

  it('every secret can be read from a file, without its line break', () => {
    const secrets = {
      HF_TOKEN: 'hf_canary',
      S2_API_KEY: 's2',
      DISCORD_TOKEN: 'discord',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_SIGNING_SECRET: 'signing',
      SLACK_CLIENT_SECRET: 'client',
      SECRET_KEY: 'a passphrase of thirty-two signs.',
      OPENAI_API_KEY: 'openai',
      EMBEDDINGS_API_KEY: 'embeddings',
    };
    const others = { SLACK_CLIENT_ID: '1.2', OPENAI_MODEL: 'small', EMBEDDINGS_MODEL: 'small' };
    const files = Object.entries(secrets).map(([name, text]) => [`${name}_FILE`, inFile(`${text}\r\n`)]);
    expect(parseConfig({ ...others, ...Object.fromEntries(files) })).toEqual(
      parseConfig({ ...others, ...secrets }),
    );
  });

  it('an empty file setting is ignored, and only secrets have one', () => {
    expect(parseConfig({ HF_TOKEN: 'hf_1', HF_TOKEN_FILE: ' ', DATA_DIR_FILE: '/nowhere' })).toEqual(
      parseConfig({ HF_TOKEN: 'hf_1' }),
    );
  });

  it.each([
    [
      'that is missing',
      () => '/nowhere/secret',
      'from /nowhere/secret (HF_TOKEN_FILE): the file does not exist.',
    ],
    ['that is a folder', temporaryFolder, '(HF_TOKEN_FILE): EISDIR. Make it readable for this user.'],
    ['that is empty', () => inFile('\n'), '(HF_TOKEN_FILE): the file is empty.'],
    [
      'of several lines',
      () => inFile('canary\ncanary\n'),
      '(HF_TOKEN_FILE): the file contains more than one line.',
    ],
  ])('a secret file %s is refused without showing the secret', (_, make, sentence) => {
    const environment = { HF_TOKEN_FILE: make() };
    expect(() => parseConfig(environment)).toThrow(UserError);
    expect(() => parseConfig(environment)).toThrow(/^HF_TOKEN cannot be read from /);
    expect(() => parseConfig(environment)).toThrow(sentence);
    expect(() => parseConfig(environment)).not.toThrow(/canary/);
  });

  it('a secret cannot be set both in a file and in the environment', () => {
    expect(() => parseConfig({ HF_TOKEN: 'canary', HF_TOKEN_FILE: inFile('canary') })).toThrow(
      'HF_TOKEN is set, and so is HF_TOKEN_FILE; remove one of them. Fix it in .env or the environment.',
    );
  });

  it('a secret from a file is validated like any other', () => {
    expect(() => parseConfig({ SLACK_BOT_TOKEN_FILE: inFile('canary') })).toThrow(
      /^SLACK_BOT_TOKEN must be a bot token, which begins with xoxb-\./,
    );
  });
});

describe('a secret that was copied with more than itself', () => {
  const TOKEN = 'MTIz.fake.token-_9';
  const copies = [
    ...[`"${TOKEN}"`, `'${TOKEN}'`, `“${TOKEN}”`, `‘${TOKEN}’`, `„${TOKEN}“`, `«${TOKEN}»`, `<${TOKEN}>`],
    ...[`DISCORD_TOKEN=${TOKEN}`, `token: ${TOKEN}`, `token=${TOKEN}`, `Bot ${TOKEN}`],
    ...[`[${TOKEN}]`, `(${TOKEN})`, `{${TOKEN}}`, `${TOKEN},`, `${TOKEN};`],
  ];

  it.each(['DISCORD_TOKEN', 'SLACK_SIGNING_SECRET', 'OPENAI_API_KEY', 'HF_TOKEN'])(
    'is refused by its name, and not shown: %s',
    (name) => {
      expect(() => parseConfig({ [name]: TOKEN })).not.toThrow();
      expect(() => parseConfig({ [name]: 'c2VjcmV0IGtleQ==' })).not.toThrow();
      for (const copy of copies) {
        const parse = () => parseConfig({ [name]: copy });
        expect(parse, copy).toThrow(`${name} must be only the value, without its name, quotes or spaces.`);
        expect(parse).not.toThrow(/fake/);
      }
    },
  );
});

describe('SAVE_EMOJI', () => {
  it.each([
    ['🔖 paper', ['🔖', 'paper']],
    ['<:paper:1234567890123456789>', ['paper']],
    ['<a:paper_moves:1234567890123456789>,📌', ['paper_moves', '📌']],
    ['+1', ['+1']],
    ['❤ 🏷 👍🏽 🏳️‍🌈', ['❤', '🏷', '👍🏽', '🏳️‍🌈']],
    ['論文', ['論文']],
  ])('takes emoji, names, and what Discord writes for its own: %s', (text, emoji) => {
    expect(parseConfig({ SAVE_EMOJI: text }).saveEmoji).toEqual(emoji);
  });

  it.each([':bookmark:', '🔖,:paper:', '<:paper:>', '<@123>', '"🔖"', '🔖🔖', '★', '#', '*'])(
    'refuses %s, and says what to write',
    (text) => {
      expect(() => parseConfig({ SAVE_EMOJI: text })).toThrow(
        'SAVE_EMOJI must be an emoji, such as 🔖, or the name of a custom emoji without colons.',
      );
    },
  );
});

describe('the environment', () => {
  it('the environment takes precedence over the .env file', () => {
    const folder = temporaryFolder();
    const file = join(folder, '.env');
    writeFileSync(file, 'PAPERBOY_TEST_A=file\nPATH=file\n');
    chmodSync(file, 0o600);
    const environment = readEnvironment(folder);
    expect(environment['PAPERBOY_TEST_A']).toBe('file');
    expect(environment['PATH']).not.toBe('file');
  });

  it('the .env file is optional', () => {
    expect(readEnvironment(temporaryFolder())['PATH']).toBe(process.env['PATH']);
  });
});
