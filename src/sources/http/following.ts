/**
 * Sends the requests of all sources and follows only safe redirects: to the same host, or between the known
 * hosts of arXiv or of Hugging Face. A public address never redirects to a private one, also not through DNS.
 */
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, Headers, type RequestInit, type Response } from 'undici';
import { PRIVATE_ADDRESS, SourceError } from './source-error.ts';

/**
 * https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry, and multicast.
 */
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
  // Also the deprecated form of IPv4 addresses: ::127.0.0.1.
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  // 6to4, which is no longer in use and leads to IPv4 addresses.
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

/** Prefixes before an IPv4 address, with which networks of IPv6 alone reach it (RFC 6052, RFC 7915). */
const TRANSLATED = ['64:ff9b::', '::ffff:0:'];
const TRANSLATED_BITS = 96;

const blocked = new BlockList();
for (const [network, prefix] of RANGES) {
  blocked.addSubnet(network, prefix, familyOf(network));
  if (isIP(network) !== 4) continue;
  for (const before of TRANSLATED) blocked.addSubnet(`${before}${network}`, TRANSLATED_BITS + prefix, 'ipv6');
}

/** @param address as returned by `dns.lookup`; the result is false for a host name */
export function isPrivateAddress(address: string): boolean {
  // BlockList checks IPv4-mapped IPv6 addresses as IPv4.
  return isIP(address) !== 0 && blocked.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** @throws SourceError for a redirect that is not allowed; otherwise the error of `fetch` */
export type Following = (source: string, url: string, init: RequestInit) => Promise<Response>;

interface FollowingOptions {
  readonly lookup?: LookupFunction;
  readonly isPrivate?: (address: string) => boolean;
}

/** Groups of hosts that belong to one source and may redirect to each other over https. */
const ONE_SOURCE: readonly ReadonlySet<string>[] = [
  new Set(['arxiv.org', 'export.arxiv.org', 'oaipmh.arxiv.org', 'rss.arxiv.org', 'www.arxiv.org']),
  new Set(['hf.co', 'huggingface.co', 'www.huggingface.co']),
];
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Redirects that repeat method and body, the only ones allowed for a request with a body. */
const SAME_REQUEST: ReadonlySet<number> = new Set([307, 308]);
const MOST_HOPS = 5;
/** Headers that must not be sent to another host. */
const OF_THE_HOST = ['authorization', 'x-api-key', 'cookie'];

export function openFollowing({
  lookup = systemLookup,
  isPrivate = isPrivateAddress,
}: FollowingOptions = {}): Following {
  /** Host names that last resolved to a private address. */
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

  /**
   * A configured address is trusted even if it is private. A public one must not redirect to a private one.
   */
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
        (!to && 'to an invalid address') ||
        (to && !mayLead(from, to) && `to ${channelOf(to)}, which is another server`) ||
        (!mayCarry && 'in a way that drops the request body') ||
        (hops === MOST_HOPS && `${MOST_HOPS + 1} times in a row`);
      if (!to || why) throw new SourceError('broken-answer', `${source} redirected ${why}.`);
      if (to.hostname !== at.hostname) options = { ...options, headers: forAnyHost(options.headers) };
      if (!isPrivateHost(from.hostname)) options = { ...options, dispatcher: onward };
      at = to;
    }
  };
}

/** Shared by all sources. */
export const followRedirects: Following = openFollowing();

/** A different port counts as a different server. */
export function mayLead(from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  if (to.protocol !== 'https:' || to.port !== '') return false;
  const isUpgrade = from.protocol === 'http:' && from.port === '' && to.hostname === from.hostname;
  return isUpgrade || ONE_SOURCE.some((hosts) => hosts.has(from.hostname) && hosts.has(to.hostname));
}

function privateAddress(hostname: string): Error {
  return Object.assign(new Error(`${hostname} resolves to a private address`), { code: PRIVATE_ADDRESS });
}

function channelOf({ host, protocol }: URL): string {
  return (host || protocol).slice(0, 60);
}

function forAnyHost(headers: RequestInit['headers']): Headers {
  const kept = new Headers(headers);
  for (const name of OF_THE_HOST) kept.delete(name);
  return kept;
}

/** @param watch returns an error to reject the addresses that a host name resolved to */
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
