/** Opens the language model that the settings name. */
import type { Config } from '../config/config.ts';
import { openTextGenerator, type TextGenerator, type TextGeneratorOptions } from '../model/text-generator.ts';

/** Loads the client on demand, because most installations have no language model. */
export async function openConfiguredGenerator(
  { languageModel }: Config,
  options: Pick<TextGeneratorOptions, 'budget' | 'clock' | 'log' | 'onOutcome'>,
): Promise<TextGenerator | undefined> {
  if (!languageModel) return undefined;
  const { openLanguageModel } = await import('../model/openai.ts');
  const { allowance, ...settings } = languageModel;
  return openTextGenerator({ ...options, model: openLanguageModel(settings), allowance });
}
