/** Deployment files use settings, paths and ports that the program really has. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fileSettingOf, SETTINGS, type SettingName } from '../../src/config/settings.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const NAMES = Object.keys(SETTINGS) as SettingName[];
const KNOWN = new Set<string>([...NAMES, ...NAMES.flatMap((name) => fileSettingOf(name) ?? [])]);
/** Read by Node, by SQLite and by the C library. */
const OF_OTHERS = ['NODE_ENV', 'SQLITE_TMPDIR', 'MALLOC_ARENA_MAX'];

const DOCKERFILE = read('Dockerfile');
const UNIT = read('deploy/paperboy.service');
const COMPOSE = z
  .object({
    services: z.record(
      z.string(),
      z.object({
        read_only: z.literal(true),
        cap_drop: z.tuple([z.literal('ALL')]),
        security_opt: z.tuple([z.literal('no-new-privileges:true')]),
        environment: z.record(z.string(), z.string()).default({}),
        secrets: z.array(z.string()).default([]),
        volumes: z.array(z.string()),
      }),
    ),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  })
  .parse(parse(read('compose.yaml'), { merge: true }));
const BOT = COMPOSE.services['bot'];
const [, bin = ''] = /"paperboy": "(\S+)"/.exec(read('package.json')) ?? [];
const [, port] = /HTTP_PORT=(\d+)/.exec(DOCKERFILE) ?? [];

describe('the Docker image, the compose file and the systemd unit', () => {
  it('set only settings that the program knows', () => {
    const inImage = [...DOCKERFILE.matchAll(/^(?:ENV| {4}) *([A-Z_]+)=/gm)].map(([, name]) => name);
    const inUnit = [...UNIT.matchAll(/^Environment=([A-Z_]+)=/gm)].map(([, name]) => name);
    const inCompose = [BOT, COMPOSE.services['bots']].flatMap((bot) => Object.keys(bot?.environment ?? {}));
    const set = [...inImage, ...inUnit, ...inCompose];
    expect(set.length).toBeGreaterThan(8);
    expect(set.filter((name = '') => !KNOWN.has(name) && !OF_OTHERS.includes(name))).toEqual([]);
  });

  it('start the program at the path in package.json', () => {
    expect(DOCKERFILE).toContain(`ENTRYPOINT ["node", "--enable-source-maps", "${bin}"]`);
    expect(DOCKERFILE).toContain(`CMD ["node", "${bin}", "health"]`);
    expect(UNIT).toMatch(new RegExp(`^ExecStart=\\S+ --enable-source-maps ${bin} start$`, 'm'));
  });

  it('agree on the port that Prometheus scrapes', () => {
    expect(BOT?.environment['HTTP_PORT']).toBe(port);
    expect(read('deploy/prometheus/prometheus.yml')).toContain(`targets: [bot:${port}]`);
  });

  it('mount files that exist, and secrets that are declared', () => {
    const services = Object.values(COMPOSE.services);
    const files = services.flatMap(({ volumes }) =>
      volumes.flatMap((volume) => /^(\.\/deploy\/[^:]+):/.exec(volume)?.[1] ?? []),
    );
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const secrets = services.flatMap((service) => service.secrets);
    expect(secrets.filter((name) => !(name in COMPOSE.secrets))).toEqual([]);
  });
});
