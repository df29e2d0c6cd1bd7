import { describe, expect, it } from 'vitest';
import { hasCategory, isInArchive, parseTopic } from '../../src/trending/topic.ts';

describe('parseTopic', () => {
  it('parseTopic reads a dotted name as a category', () => {
    expect(parseTopic(' cs.CL ')).toEqual({ kind: 'category', category: 'cs.CL' });
    expect(parseTopic('cond-mat.mtrl-sci')).toMatchObject({ kind: 'category' });
  });

  it('parseTopic requires all words', () => {
    expect(parseTopic('video editing')).toEqual({
      kind: 'words',
      match: { any: [], all: [[['video']], [['editing']]], none: [], isInText: true },
    });
  });

  it('parseTopic reads a single word also as an archive', () => {
    expect(parseTopic('quant-ph')).toMatchObject({ kind: 'words', archive: 'quant-ph' });
  });

  it('parseTopic distinguishes blank text from text without words', () => {
    expect(parseTopic('  ')).toBeUndefined();
    expect(parseTopic('🎉 !!')).toEqual({ kind: 'nothing' });
  });
});

describe('categories of a topic', () => {
  it('categories are compared without case', () => {
    expect(hasCategory(['cs.CL', 'cs.LG'], 'CS.lg')).toBe(true);
    expect(hasCategory(['cs.CL'], 'cs.LG')).toBe(false);
  });

  it('a category belongs to the archive before the dot', () => {
    expect(isInArchive(['cs.CL'], 'cs')).toBe(true);
    expect(isInArchive(['quant-ph'], 'QUANT-PH')).toBe(true);
    expect(isInArchive(['csx.CL', 'math.CS'], 'cs')).toBe(false);
  });
});
