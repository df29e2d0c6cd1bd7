/**
 * Every request of a source, with the redirects that it may make: to its own host, and among those that arXiv and Hugging Face are
 * known to use; from a public address never to a private one, whatever a name turns out to mean. What would come from elsewhere is
 * not the source's.
 */
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, Headers, type RequestInit, type Response } from 'undici';
import { SourceError } from './source-error.ts';

/** https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry; and those for many at once. */
const RANGES: readonly (readonly [network: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

const blocked = new BlockList();
for (const [network, prefix] of RANGES) blocked.addSubnet(network, prefix, familyOf(network));

/** @param address as `dns.lookup` gives it; false for a name */
export function isPrivateAddress(address: string): boolean {
  // An address of version 4 written as one of version 6 is looked up as what it is.
  return isIP(address) !== 0 && blocked.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** @throws SourceError for a redirect that is not followed; otherwise what `fetch` throws */
export type Following = (source: string, url: string, init: RequestInit) => Promise<Response>;

interface FollowingOptions {
  readonly lookup?: LookupFunction;
  readonly isPrivate?: (address: string) => boolean;
}

/** Hosts that are one source: each may send on to another of its line, by https. */
const ONE_SOURCE: readonly ReadonlySet<string>[] = [
  new Set(['arxiv.org', 'export.arxiv.org', 'rss.arxiv.org', 'www.arxiv.org']),
  new Set(['hf.co', 'huggingface.co', 'www.huggingface.co']),
];
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** The two that a request with a body may follow: it is sent again as it was. */
const SAME_REQUEST: ReadonlySet<number> = new Set([307, 308]);
const MOST_HOPS = 5;
/** The code of an error: a redirect led to a name that means an address of one's own network. */
export const PRIVATE_ADDRESS = 'ERR_PRIVATE_ADDRESS';
/** What is meant for one host. */
const OF_THE_HOST = ['authorization', 'x-api-key', 'cookie'];

export function openFollowing({
  lookup = systemLookup,
  isPrivate = isPrivateAddress,
}: FollowingOptions = {}): Following {
  /** Names whose latest connection went to a private address. */
  const privateNames = new Set<string>();
  const configured = new Agent({
    connect: {
      lookup: watching(lookup, (hostname, addresses) => {
        if (addresses.some(isPrivate)) privateNames.add(hostname);
        else privateNames.delete(hostname);
        return undefined;
      }),
    },
  });
  const onward = new Agent({
    connect: {
      lookup: watching(lookup, (hostname, addresses) =>
        addresses.some(isPrivate) ? privateAddress(hostname) : undefined,
      ),
    },
  });

  /** An address that was configured is trusted, wherever it is; one that it leads to must be as public as it is. */
  function isPrivateHost(hostname: string): boolean {
    const host = hostname.replace(/^\[|\]$/g, '');
    return isIP(host) === 0 ? privateNames.has(host) : isPrivate(host);
  }

  return async (source, url, init) => {
    const from = new URL(url);
    let at = from;
    let options: RequestInit = { ...init, redirect: 'manual', dispatcher: configured };
    for (let hops = 0; ; hops++) {
      const response = await fetch(at, options);
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
      if (location === null) return response;
      await response.body?.cancel();
      const to = URL.canParse(location, at.href) ? new URL(location, at) : undefined;
      const mayCarry = options.body == null || SAME_REQUEST.has(response.status);
      const why =
        (!to && 'to no address') ||
        (to && !mayLead(from, to) && `to ${channelOf(to)}, which is another server`) ||
        (!mayCarry && 'in a way that would lose what we sent') ||
        (hops === MOST_HOPS && `${MOST_HOPS + 1} times in a row`);
      if (!to || why) throw new SourceError('broken-answer', `${source} redirected us ${why}.`);
      if (to.hostname !== at.hostname) options = { ...options, headers: forAnyHost(options.headers) };
      if (!isPrivateHost(from.hostname)) options = { ...options, dispatcher: onward };
      at = to;
    }
  };
}

/** The one that all sources share. */
export const followRedirects: Following = openFollowing();

/** Ports count as part of the host: another one is another server. */
export function mayLead(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  if (to.protocol !== 'https:' || to.port !== '') return false;
  const isUpgrade = from.protocol === 'http:' && from.port === '' && to.hostname === from.hostname;
  return isUpgrade || ONE_SOURCE.some((hosts) => hosts.has(from.hostname) && hosts.has(to.hostname));
}

function privateAddress(hostname: string): Error {
  return Object.assign(new Error(`${hostname} means a private address`), { code: PRIVATE_ADDRESS });
}

function channelOf({ host, protocol }: URL): string {
  return (host || protocol).slice(0, 60);
}

function forAnyHost(headers: RequestInit['headers']): Headers {
  const kept = new Headers(headers);
  for (const name of OF_THE_HOST) kept.delete(name);
  return kept;
}

/** @param watch what is wrong with the addresses that a name turned out to have */
function watching(
  lookup: LookupFunction,
  watch: (hostname: string, addresses: readonly string[]) => Error | undefined,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      const wrong = error ?? watch(hostname, addresses);
      if (wrong) callback(wrong, '', 0);
      else callback(null, found, family);
    });
  };
}
