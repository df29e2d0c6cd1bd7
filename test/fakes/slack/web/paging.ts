/** Lists that are returned in pages. */
import { refusal } from '../refusal.ts';

interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; empty on the last one. */
  readonly next: string;
}

/** The largest page, regardless of the requested size. */
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
