import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = globSync(['*.md', 'docs/**/*.md', 'data/*.md', '.github/**/*.md'], { cwd: ROOT });

/** `](page.md#part)`, but no address elsewhere and nothing in code. */
const LINK = /\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g;

/** As GitHub makes them of headings: small letters, no punctuation, hyphens for blanks. */
function anchorsIn(page: string): Set<string> {
  const headings = readFileSync(page, 'utf8').match(/^#{1,6} .+$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}

/** Links of a page that lead nowhere. */
function brokenLinks(page: string): string[] {
  const path = join(ROOT, page);
  const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  return [...text.matchAll(LINK)].flatMap(([link, file = '', anchor]) => {
    const target = file === '' ? path : join(dirname(path), file);
    if (!existsSync(target)) return [link];
    return anchor === undefined || anchorsIn(target).has(anchor) ? [] : [link];
  });
}

describe('links from page to page', () => {
  it.each(PAGES)('%s has no broken links', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });
});
