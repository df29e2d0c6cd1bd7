/** Checks the sources with one small request each, and the categories with arXiv. */

import { type Diagnostic, failing, info, ok } from '../base/diagnostic.ts';
import { messageOf } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import { SourceError } from '../sources/http/source-error.ts';
import { type PolledSource, SOURCE_LABELS } from '../sources/labels.ts';
import { openSourceClients, type SourceClients } from '../sources/source-clients.ts';
import { dayOf, systemClock } from '../time/clock.ts';

type SourceSettings = Pick<Config, 'sources' | 'huggingFace' | 'arxiv' | 'semanticScholar'>;

const TIMEOUT_MS = 15_000;
const CATEGORIES = 'arXiv categories';

/** Never throws. */
export async function examineSources(settings: SourceSettings): Promise<Diagnostic[]> {
  if (settings.sources.length === 0) return [info('sources', 'none (SOURCES=none).')];
  const clients = openSourceClients(settings, systemClock);
  try {
    const diagnostics = settings.sources.map((source) => examineSource(clients, source, settings));
    return (await Promise.all(diagnostics)).flat();
  } finally {
    await clients.close();
  }
}

/** Checks that arXiv has the categories. Never throws. */
export async function examineCategories(settings: SourceSettings): Promise<Diagnostic[]> {
  const clients = openSourceClients({ ...settings, sources: ['arxiv'] }, systemClock);
  try {
    return [await askForCategories(clients, settings)];
  } finally {
    await clients.close();
  }
}

async function examineSource(
  clients: SourceClients,
  source: PolledSource,
  settings: SourceSettings,
): Promise<Diagnostic[]> {
  const name = SOURCE_LABELS[source];
  try {
    await askSource(clients, source);
  } catch (error) {
    const text = `${messageOf(error)} Stored papers are not affected. The bot tries again every hour.`;
    return [failing(name, text)];
  }
  return [ok(name, 'responds'), ...(source === 'arxiv' ? [await askForCategories(clients, settings)] : [])];
}

/** Sends the bot's daily request. One unknown category makes it fail. */
async function askForCategories({ arxiv }: SourceClients, settings: SourceSettings): Promise<Diagnostic> {
  const { categories } = settings.arxiv;
  const names = categories.join(', ');
  try {
    await arxiv?.daily(categories, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return ok(CATEGORIES, `arXiv has ${names}`);
  } catch (error) {
    if (error instanceof SourceError && (error.kind === 'refused' || error.kind === 'not-found')) {
      const text = `arXiv rejects ${names}. Compare ARXIV_CATEGORIES with https://arxiv.org/category_taxonomy`;
      return failing(CATEGORIES, text);
    }
    return info(CATEGORIES, `${names} could not be checked with arXiv. ${messageOf(error)}`);
  }
}

/** A paper that every source has. */
const WELL_KNOWN = { id: '1706.03762', title: 'Attention Is All You Need' };

/** A cheap request. */
async function askSource(
  { huggingFace, arxiv, semanticScholar }: SourceClients,
  source: PolledSource,
): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  switch (source) {
    case 'hugging-face':
      await huggingFace?.day(dayOf(systemClock.now()), { signal });
      return;
    case 'arxiv':
      await arxiv?.query({ ids: [WELL_KNOWN.id], max: 1, signal });
      return;
    case 'semantic-scholar':
      await semanticScholar?.enrich(
        [{ ...WELL_KNOWN, abstract: '', authors: [], categories: [], keywords: [] }],
        signal,
      );
      return;
  }
}
