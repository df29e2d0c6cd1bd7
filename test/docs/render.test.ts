import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderDocs } from '../../docs/render.ts';

describe('what the program says of itself', () => {
  it.each(renderDocs())('$path is as the program renders it (npm run docs)', ({ path, text }) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
