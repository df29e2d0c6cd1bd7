import { createGunzip, gzipSync } from 'node:zlib';
import { JSONParser } from '@streamparser/json-node';
import { describe, expect, it } from 'vitest';
import { through } from '../../../src/import/reading/pipe-transform.ts';

async function* bytes(...parts: ReadonlyArray<string | Buffer>) {
  for (const part of parts) yield Buffer.from(part);
}

async function collect<Out>(given: AsyncIterable<Out>): Promise<{ out: Out[]; error?: unknown }> {
  const out: Out[] = [];
  try {
    for await (const one of given) out.push(one);
    return { out };
  } catch (error) {
    return { out, error };
  }
}

const rows = () => new JSONParser({ paths: ['$.*'], keepStack: false });

describe('bytes piped through a transform', () => {
  it('arrive completely', async () => {
    const { out, error } = await collect(
      through<Buffer>(bytes(gzipSync('one\n'), gzipSync('two\n')), createGunzip()),
    );
    expect(Buffer.concat(out).toString()).toBe('one\ntwo\n');
    expect(error).toBeUndefined();
  });

  it('arrive up to an error in the very first chunk', async () => {
    const { out, error } = await collect(through<{ readonly value: unknown }>(bytes('[1, 2, oops'), rows()));
    expect(out.map(({ value }) => value)).toEqual([1, 2]);
    expect(error).toBeInstanceOf(Error);
  });

  it('end in an error if they end too early, after everything before', async () => {
    const cut = gzipSync('one\ntwo\n').subarray(0, -6);
    const { out, error } = await collect(through<Buffer>(bytes(cut), createGunzip()));
    expect(Buffer.concat(out).toString()).toBe('one\ntwo\n');
    expect(error).toMatchObject({ code: 'Z_BUF_ERROR' });
  });

  it('are released if a reader stops early', async () => {
    const parser = rows();
    for await (const _ of through(bytes('[1, 2', ', 3]'), parser)) break;
    expect(parser.destroyed).toBe(true);
  });
});
