/** Shows a page to those alone who send a token: `Authorization: Bearer …` (https://datatracker.ietf.org/doc/html/rfc6750). */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { OpenPage } from './http-server.ts';

const SCHEME = /^Bearer +([\x21-\x7e]+)$/i;

export function behindToken(token: string, page: OpenPage): OpenPage {
  const expected = digest(token);
  return async (authorization = '') => {
    const [, given = ''] = SCHEME.exec(authorization) ?? [];
    if (timingSafeEqual(digest(given), expected)) return page();
    return {
      status: 401,
      text: 'Send METRICS_TOKEN as Authorization: Bearer …\n',
      headers: { 'www-authenticate': 'Bearer realm="paperboy metrics"' },
    };
  };
}

/** Of equal length, which the comparison needs, and the length of the token is told to nobody. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
