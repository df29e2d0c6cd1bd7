/** Lists that come page by page. */
import { refusal } from '../refusal.ts';

interface Page<T> {
  readonly items: readonly T[];
  /** What asks for the next page; empty on the last. */
  readonly next: string;
}

/** No page is larger than this, whatever is asked for. */
const MOST = 999;

export function pageOf<T>(
  all: readonly T[],
  { limit, cursor = '' }: { readonly limit?: number; readonly cursor?: string },
  usual: number,
  most = MOST,
): Page<T> {
  const start =
    cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').replace('next:', ''));
  if (!Number.isSafeInteger(start) || start < 0) throw refusal('invalid_cursor');
  const end = start + Math.max(1, Math.min(limit ?? usual, most));
  const next = end < all.length ? Buffer.from(`next:${end}`, 'utf8').toString('base64') : '';
  return { items: all.slice(start, end), next };
}
