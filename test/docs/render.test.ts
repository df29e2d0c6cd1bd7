import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderDocs } from '../../docs/render.ts';

describe('documentation that is rendered from the program', () => {
  it.each(renderDocs())('$path is up to date (npm run docs)', ({ path, text }) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
