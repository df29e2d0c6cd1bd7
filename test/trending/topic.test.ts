import { describe, expect, it } from 'vitest';
import { hasCategory, isInArchive, parseTopic } from '../../src/trending/topic.ts';

describe('parseTopic', () => {
  it('takes a dotted name for a category', () => {
    expect(parseTopic(' cs.CL ')).toEqual({ kind: 'category', category: 'cs.CL' });
    expect(parseTopic('cond-mat.mtrl-sci')).toMatchObject({ kind: 'category' });
  });

  it('asks for all words', () => {
    expect(parseTopic('video editing')).toEqual({
      kind: 'words',
      match: '{title abstract} : ("video" AND "editing")',
    });
  });

  it('lets a single word be an archive too', () => {
    expect(parseTopic('quant-ph')).toMatchObject({ kind: 'words', archive: 'quant-ph' });
  });

  it('knows no filter and no words from each other', () => {
    expect(parseTopic('  ')).toBeUndefined();
    expect(parseTopic('🎉 !!')).toEqual({ kind: 'nothing' });
  });
});

describe('categories', () => {
  it('are compared without case', () => {
    expect(hasCategory(['cs.CL', 'cs.LG'], 'CS.lg')).toBe(true);
    expect(hasCategory(['cs.CL'], 'cs.LG')).toBe(false);
  });

  it('belong to the archive before the dot', () => {
    expect(isInArchive(['cs.CL'], 'cs')).toBe(true);
    expect(isInArchive(['quant-ph'], 'QUANT-PH')).toBe(true);
    expect(isInArchive(['csx.CL', 'math.CS'], 'cs')).toBe(false);
  });
});
