/** Checks the sources of papers: each is asked one small question, and arXiv for what is new in the chosen categories. */
import { dayOf, systemClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { messageOf } from '../../errors.ts';
import { broken, type Finding, note, works } from '../../finding.ts';
import { type PolledSource, SOURCE_LABELS } from '../../sources/labels.ts';
import { type Network, openNetwork } from '../../sources/network.ts';
import { SourceError } from '../../sources/source-error.ts';

type SourceSettings = Pick<Config, 'sources' | 'huggingFace' | 'arxiv' | 'semanticScholar'>;

const TIMEOUT_MS = 15_000;
const CATEGORIES = 'arXiv categories';

/** Never throws. */
export async function examineSources(settings: SourceSettings): Promise<Finding[]> {
  if (settings.sources.length === 0) return [note('sources', 'none is polled (SOURCES=none).')];
  const network = openNetwork(settings, systemClock);
  try {
    const findings = settings.sources.map((source) => examineSource(network, source, settings));
    return (await Promise.all(findings)).flat();
  } finally {
    await network.close();
  }
}

/** Whether arXiv knows the categories. Never throws. */
export async function examineCategories(settings: SourceSettings): Promise<Finding[]> {
  const network = openNetwork({ ...settings, sources: ['arxiv'] }, systemClock);
  try {
    return [await askForCategories(network, settings)];
  } finally {
    await network.close();
  }
}

async function examineSource(
  network: Network,
  source: PolledSource,
  settings: SourceSettings,
): Promise<Finding[]> {
  const name = SOURCE_LABELS[source];
  try {
    await askSource(network, source);
  } catch (error) {
    const text = `${messageOf(error)} The papers that are here work without it; it is asked again each hour.`;
    return [broken(name, text)];
  }
  return [works(name, 'answers'), ...(source === 'arxiv' ? [await askForCategories(network, settings)] : [])];
}

/** By the request that the bot makes each morning: one name that arXiv does not know, and it answers for none. */
async function askForCategories({ arxiv }: Network, settings: SourceSettings): Promise<Finding> {
  const { categories } = settings.arxiv;
  const names = categories.join(', ');
  try {
    await arxiv?.daily(categories, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return works(CATEGORIES, `arXiv knows ${names}`);
  } catch (error) {
    if (error instanceof SourceError && (error.kind === 'refused' || error.kind === 'not-found')) {
      const text = `arXiv does not take ${names}. Compare ARXIV_CATEGORIES with https://arxiv.org/category_taxonomy.`;
      return broken(CATEGORIES, text);
    }
    return note(CATEGORIES, `arXiv could not be asked whether it knows ${names}. ${messageOf(error)}`);
  }
}

/** Every source knows it. */
const WELL_KNOWN = { id: '1706.03762', title: 'Attention Is All You Need' };

/** A question that costs the source little. */
async function askSource(
  { huggingFace, arxiv, semanticScholar }: Network,
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
