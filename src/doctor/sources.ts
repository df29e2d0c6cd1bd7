/** Checks the sources with one small request each, and their settings, such as arXiv's categories. */

import { type Diagnostic, failing, info, ok } from '../base/diagnostic.ts';
import { messageOf } from '../base/errors.ts';
import { labelOf, type PolledSource } from '../papers/source-names.ts';
import { timeoutSignal } from '../resilience/deadline.ts';
import type { Source } from '../sources/source.ts';
import { closeSources, openSources, type SourceSettings } from '../sources/sources.ts';
import { systemClock } from '../time/clock.ts';

const TIMEOUT_MS = 15_000;

/** Never throws. */
export async function examineSources(settings: SourceSettings): Promise<Diagnostic[]> {
  if (settings.sources.length === 0) return [info('sources', 'none (SOURCES=none).')];
  return withSources(settings, examineSource);
}

/** Checks a source's own settings. Never throws. */
export function examineSettingsOf(source: PolledSource, settings: SourceSettings): Promise<Diagnostic[]> {
  return withSources({ ...settings, sources: [source] }, examineSettings);
}

async function withSources(
  settings: SourceSettings,
  examine: (source: Source) => Promise<Diagnostic[]>,
): Promise<Diagnostic[]> {
  const sources = openSources(settings, systemClock);
  try {
    return (await Promise.all(sources.map(examine))).flat();
  } finally {
    await closeSources(sources);
  }
}

async function examineSource(source: Source): Promise<Diagnostic[]> {
  const label = labelOf(source.name);
  try {
    await source.probe(timeoutSignal(TIMEOUT_MS));
  } catch (error) {
    const text = `${messageOf(error)} Stored papers are not affected. The bot tries again every hour.`;
    return [failing(label, text)];
  }
  return [ok(label, 'responds'), ...(await examineSettings(source))];
}

async function examineSettings(source: Source): Promise<Diagnostic[]> {
  const diagnostic = await source.examineSettings?.(timeoutSignal(TIMEOUT_MS));
  return diagnostic ? [diagnostic] : [];
}
