/**
 * Addresses at which Overleaf, Zotero and other programs read a list of saved papers: `…/feed/TOKEN.bib`. Who
 * knows the address can read the list. Only a hash of the token is stored.
 */
import { createHash, randomBytes } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import type { Team } from '../chat/caller.ts';
import { openWindowLimiter } from '../resilience/window-limiter.ts';
import type { Clock } from '../time/clock.ts';
import type { FileFormat, Person } from './library.ts';
import { type LinkedList, type ListLinks, MOST_LINKS } from './link-store.ts';
import { FILE_TYPES, type ListFiles } from './list-file.ts';

export interface ListAddresses {
  /** @throws UserError if this bot has no public address, or the person has too many of them */
  create(person: Person, list: LinkedList['query'], format: FileFormat): Promise<string>;
  /** Ends all addresses of a person. @returns how many there were */
  revoke(person: Person): Promise<number>;
}

export interface ListPage {
  readonly status: 200 | 304 | 404 | 429;
  readonly text: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface AddressOptions {
  readonly links: ListLinks;
  readonly files: ListFiles;
  /** `https://bot.example.org`; absent if nothing is served to the public. */
  readonly publicUrl: string | undefined;
  /** The people who share the list of this team now. */
  teamNamed(platform: string, team: string): Team;
  readonly clock: Clock;
}

const FOLDER = '/feed/';
const PATH = /^\/feed\/([\w-]{22})\.([a-z]{2,4})$/;
/** 128 bits. */
const TOKEN_BYTES = 16;

/** Requests for one address: programs ask every few minutes, and an export takes up to two seconds. */
const MOST_REQUESTS = 12;
const WINDOW_MS = 60_000;
/** Addresses with a count of requests. */
const MOST_COUNTED = 1_000;

export function openListAddresses({
  links,
  files,
  publicUrl,
  teamNamed,
  clock,
}: AddressOptions): ListAddresses & {
  /** @returns `undefined` for a path that is no address of a list */
  page(
    path: string,
    headers: { readonly 'if-none-match'?: string | undefined },
  ): Promise<ListPage> | undefined;
} {
  const limiters = new Map<string, () => boolean>();

  function isWithinLimit(key: string): boolean {
    const take = limiters.get(key) ?? openWindowLimiter(MOST_REQUESTS, WINDOW_MS, clock);
    limiters.delete(key);
    limiters.set(key, take);
    const [oldest] = limiters.keys();
    if (limiters.size > MOST_COUNTED && oldest !== undefined) limiters.delete(oldest);
    return take();
  }

  async function read(token: string, ending: string, known: string | undefined): Promise<ListPage> {
    const format = formatOf(ending);
    const hash = hashOf(token);
    const list = format && (await links.find(hash));
    if (!list || !format) return NOT_FOUND;
    if (!isWithinLimit(hash.toString('hex'))) {
      const headers = { 'retry-after': String(WINDOW_MS / 1_000) };
      return { status: 429, text: 'Too many requests.\n', headers };
    }
    const { platform, workspace, person, query } = list;
    const caller = { platform, workspace, person, ...teamNamed(platform, list.team) };
    const { file } = await files.toFile(caller, { ...query, format });
    const etag = `"${createHash('sha256').update(file.content).digest('base64url')}"`;
    const headers = {
      etag,
      'cache-control': 'private, no-cache',
      'content-disposition': `inline; filename="${file.name.replace(/[^\w.-]/g, '_')}"`,
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
    };
    if (isKnown(known, etag)) return { status: 304, text: '', headers };
    return { status: 200, text: file.content, type: `${file.mediaType}; charset=utf-8`, headers };
  }

  return {
    page(path, headers) {
      if (!path.startsWith(FOLDER)) return undefined;
      const [, token = '', ending = ''] = PATH.exec(path) ?? [];
      return token === '' ? Promise.resolve(NOT_FOUND) : read(token, ending, headers['if-none-match']);
    },

    async create(person, query, format) {
      if (publicUrl === undefined) {
        throw new UserError(
          'Lists have no addresses here, because the bot serves no public pages. An administrator can set HTTP_PORT and PUBLIC_URL.',
        );
      }
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const { platform, workspace, team } = person;
      const list = { platform, workspace, person: person.person, team, query };
      if (!(await links.add(hashOf(token), list, clock.now().toISOString()))) {
        throw new UserError(
          `You already have ${MOST_LINKS} addresses, the maximum. End all of them with /papers export link:revoke`,
        );
      }
      return `${publicUrl}${FOLDER}${token}.${FILE_TYPES[format].ending}`;
    },

    revoke: (person) => links.revoke(person),
  };
}

const NOT_FOUND: ListPage = { status: 404, text: 'Not found.\n' };

function formatOf(ending: string): FileFormat | undefined {
  const found = Object.entries(FILE_TYPES).find(([, type]) => type.ending === ending);
  return found?.[0] as FileFormat | undefined;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match: a list, compared weakly. */
function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '')));
}
