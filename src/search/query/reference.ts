/** The id that a text names, when it is nothing but a reference to one paper. */
import { UserError } from '../../base/errors.ts';
import { isGeneratedId, parsePaperReference } from '../../papers/ids.ts';

/** No link to a paper is longer, query and fragment included. */
const MAX_LENGTH = 300;

/** What looks like an id and cannot be one is searched for as it stands: commands tell people so, search never fails. */
export function readReference(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return undefined;
  if (isGeneratedId(trimmed)) return trimmed;
  try {
    return parsePaperReference(trimmed)?.id;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
