import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = globSync(['*.md', 'docs/**/*.md', 'data/*.md', '.github/**/*.md'], { cwd: ROOT });

/** `](page.md#part)`, except external URLs and text in code. */
const LINK = /\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g;

/** Anchors as GitHub makes them from headings: lower case, no punctuation, hyphens for spaces. */
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

/** Links of a page without a target. */
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
