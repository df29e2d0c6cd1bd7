/** Finds the name of an author in a query: `Nanyun Peng`, `Kaiming He’s papers on vision`. */
import { titleKey } from '../../../src/text/ids.ts';
import type { Services } from '../../services.ts';

const NAME = String.raw`(\p{Lu}[\p{L}\p{M}.'\p{Pd}]*(?:\s+\p{Lu}[\p{L}\p{M}.'\p{Pd}]*){1,3})`;
const NOUN = '(?:papers?|work|works|articles?|publications?|research)';
/** Each captures a name, and the words beside it. */
const FORMS = [
  new RegExp(`^${NAME}$`, 'u'),
  new RegExp(
    String.raw`^${NAME}(?:'s|’s|')\s+(?:latest\s+|recent\s+|new\s+)?${NOUN}(?:\s+(?:on|about)\s+(\S.*))?$`,
    'u',
  ),
  new RegExp(String.raw`^${NAME}\s+${NOUN}(?:\s+(?:on|about)\s+(\S.*))?$`, 'u'),
  new RegExp(String.raw`^(?:the\s+)?${NOUN}\s+(?:of|from)\s+${NAME}(?:\s+(?:on|about)\s+(\S.*))?$`, 'u'),
  new RegExp(
    String.raw`^[Ww]hat\s+(?:did|has|have|does)\s+${NAME}\s+(?:write|written|publish|published|wrote)(?:\s+(?:on|about)\s+(.*?))?\??$`,
    'u',
  ),
  new RegExp(String.raw`^(?<rest>\S.*?)\s+(?:from|of|,)\s+(?<name>${NAME})$`, 'u'),
];

/** @returns `undefined` unless papers here have exactly this author, as a name may also be a topic */
export async function authorTyped(
  search: Services['search'],
  query: string,
): Promise<{ readonly author: string; readonly rest: string } | undefined> {
  const text = query.trim();
  if (!/^.{1,120}$/u.test(text) || /["“”]/u.test(text)) return undefined;
  for (const form of FORMS) {
    const found = form.exec(text);
    if (!found) continue;
    const [, first, second] = found;
    const name = found.groups?.['name'] ?? first ?? '';
    const rest = found.groups?.['rest'] ?? second ?? '';
    const known = await search.suggestAuthors(name, 1);
    if (known[0] !== undefined && titleKey(known[0]) === titleKey(name)) return { author: known[0], rest };
  }
  return undefined;
}
