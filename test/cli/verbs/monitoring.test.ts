/** The dashboard and the alerts in deploy/ use only metrics that the running bot serves at `/metrics`. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { printed, startCli } from '../../support/cli.ts';
import { freePort } from '../../support/free-port.ts';
import { usedDataFolder } from '../../support/used-data.ts';

const DEPLOY = join(import.meta.dirname, '../../../deploy');
/** Prometheus itself records whether a target responds. */
const BY_PROMETHEUS = ['up'];

const alertsSchema = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const dashboardSchema = z.object({
  annotations: z.object({ list: z.array(z.object({ name: z.string(), expr: z.string() })) }),
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).default([]) }),
  ),
});

interface Query {
  /** The alert or the panel that asks. */
  readonly by: string;
  readonly expr: string;
}

function queriesOfAlerts(): Query[] {
  const { groups } = alertsSchema.parse(parse(readFileSync(join(DEPLOY, 'prometheus/alerts.yaml'), 'utf8')));
  return groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ by: alert, expr })));
}

function queriesOfDashboard(): Query[] {
  const text = readFileSync(join(DEPLOY, 'grafana/dashboard.json'), 'utf8');
  const { annotations, panels } = dashboardSchema.parse(JSON.parse(text));
  return [
    ...annotations.list.map(({ name, expr }) => ({ by: name, expr })),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ by: title, expr }))),
  ].map(({ by, expr }) => ({ by, expr: expr.replaceAll('$__rate_interval', '2m') }));
}

/** @throws for invalid PromQL */
function metricsIn({ by, expr }: Query): string[] {
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter({ name, type, from, to }) {
      if (type.isError) throw new Error(`${by}: no PromQL at ${from}: ${expr}`);
      if (name === 'Identifier') names.push(expr.slice(from, to));
    },
  });
  return names;
}

/** With the three series that a histogram is served as. */
async function servedMetrics(): Promise<Set<string>> {
  const discord = await openFakeDiscord();
  const port = await freePort();
  const env = {
    DATA_DIR: usedDataFolder(),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    HTTP_PORT: String(port),
  };
  const bot = startCli(['start'], { env });
  await printed(bot.stdout, 'ready');
  const text = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text());
  bot.kill('SIGTERM');
  await once(bot, 'exit');
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

it('every metric that the dashboard and the alerts name is served', async () => {
  const served = await servedMetrics();
  const known = new Set([...served, ...BY_PROMETHEUS]);
  const queries = [...queriesOfAlerts(), ...queriesOfDashboard()];
  const unknown = queries.flatMap((query) =>
    metricsIn(query)
      .filter((name) => !known.has(name))
      .map((name) => `${query.by}: ${name}`),
  );
  expect(unknown).toEqual([]);
  // And each of the program's own metrics is used by an alert or a panel.
  const asked = new Set(queries.flatMap(metricsIn));
  const unasked = [...served].filter(
    (name) => /^paperboy_(?!.*_(sum|count)$)/.test(name) && !asked.has(name),
  );
  expect(unasked).toEqual([]);
});
