/** Says in words how a paper changed. Pure. */
import { clipWords } from '../chat/clip.ts';
import type { AuthorChange, PaperChange, Replacement, TextChange } from './changes.ts';

type Of<Kind extends PaperChange['kind']> = Extract<PaperChange, { kind: Kind }>;

/** Characters of a quoted title, comment or reason. */
const LONGEST_TITLE = 160;
const LONGEST_COMMENT = 140;
const NAMES_IN_FULL = 3;
/** More changed sentences are not counted if they are most of the abstract. */
const MOST_COUNTED = 3;
const MOST_OF = 0.6;
const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
/** Comments that tell what changed in the paper. */
const REVISION =
  /\b(?:correct|fix(?:ed|es)|typo|errat|error|revis|updat|added|adds|new (?:result|experiment|section|proof)|extended|shorten|supersed|replac|chang|improv)/i;
/** Comments that tell where the paper will be published. */
const ACCEPTANCE =
  /\b(?:accept|publish|to appear|appear(?:s|ed) (?:in|at)|camera.?ready|presented|oral|spotlight|best paper|proceedings)/i;
/** “23 pages”, “no figures”, “uses RevTeX”. */
const PAGES =
  /^(?:(?:\d+|no|one|two|three|four|five|six|seven|eight|nine|ten)[+ ]*(?:\w+ )?(?:pages?|pp?|pgs?|figs?|figures?|tables?|images?|appendi\w+)\b|(?:uses |in )?(?:\w+ )?(?:la|rev|ams)?-?tex\w*\b)[^;,.:]*[;,.:]?$/i;

/** @returns one or a few short sentences; `''` when there is nothing to say */
export function changeSentence(changes: readonly PaperChange[]): string {
  const find = <K extends PaperChange['kind']>(kind: K) =>
    changes.find((change): change is Of<K> => change.kind === kind);
  const version = find('version');
  const withdrawn = find('withdrawn');
  if (withdrawn) return withdrawalWords(withdrawn);
  const said = [
    find('reinstated') && 'the paper is no longer withdrawn',
    titleWords(find('title')),
    abstractWords(find('abstract'), find('title')),
    authorWords(find('authors')),
  ].filter((words) => words !== undefined);
  const isRespelled =
    said.length === 0 && [find('title'), find('abstract')].some((each) => each?.extent === 'spelling');
  if (isRespelled) said.push('only spelling changed');
  const comment = find('comment');
  const facts = [
    publicationWords(find('doi'), find('venue')),
    codeWords(find('code')),
    comment && commentWords(comment, find('doi') !== undefined || find('venue') !== undefined),
  ].filter((words) => words !== undefined);
  if (said.length + facts.length === 0) said.push(...smallWords(changes));
  if (version && said.length === 0) said.push('new files; the title and the abstract are the same');
  return [...(said.length > 0 ? [versioned(version, said.join('; '))] : []), ...facts]
    .map(ended)
    .join(' ')
    .replace(/\.$/, '');
}

/** “v4 (since v1): …” when versions in between were not seen. */
function versioned(version: Of<'version'> | undefined, words: string): string {
  if (!version) return upperFirst(words);
  const { from, to } = version;
  return `v${to}${from !== undefined && to - from > 1 ? ` (since v${from})` : ''}: ${words}`;
}

function withdrawalWords({ by, reason }: Of<'withdrawn'>): string {
  const who = by === 'arxiv' ? 'Withdrawn by arXiv' : 'Withdrawn by the authors';
  return reason === undefined ? who : `${who}: ${quoted(reason, LONGEST_COMMENT)}`;
}

function titleWords(change: Of<'title'> | undefined): string | undefined {
  if (!change || change.extent === 'markup' || change.extent === 'spelling') return undefined;
  return `the title is now ${quoted(change.title, LONGEST_TITLE)}`;
}

function abstractWords(
  change: Of<'abstract'> | undefined,
  title: Of<'title'> | undefined,
): string | undefined {
  if (!change || change.extent === 'markup') return undefined;
  if (change.extent === 'spelling') {
    const isAlone = titleWords(title) === undefined;
    return isAlone ? undefined : 'only spelling changed in the abstract';
  }
  if (change.extent === 'rewritten') return 'the abstract was rewritten';
  return replacedOrCounted(change);
}

/** “In the abstract, “three benchmarks” is now “five benchmarks””, or how much changed with such examples. */
function replacedOrCounted(change: Of<'abstract'>): string {
  const { replacements, isAll } = change;
  const numbers = replacements.filter(({ isNumber }) => isNumber);
  const shown = (isAll ? replacements : numbers).map(({ from, to }) => `“${from}” is now “${to}”`);
  if (isAll && shown.length > 0) return `in the abstract, ${listed(shown)}`;
  const examples = listed([...new Set(shown)]);
  return examples === '' ? sentenceWords(change) : `${sentenceWords(change)} (${examples})`;
}

function sentenceWords({ sentences }: TextChange): string {
  const { changed, added, removed, of } = sentences;
  const parts = [
    changed > 0 ? `${count(changed, 'sentence')} changed` : '',
    added > 0 ? `${changed > 0 ? number(added) : count(added, 'sentence')} ${were(added)} added` : '',
    removed > 0
      ? `${changed + added > 0 ? number(removed) : count(removed, 'sentence')} ${were(removed)} removed`
      : '',
  ].filter((part) => part !== '');
  if (changed + added > MOST_COUNTED && changed + added > of * MOST_OF) return 'most of the abstract changed';
  if (parts.length === 0) return 'the abstract changed';
  if (parts.length > 1) return `in the abstract, ${listed(parts)}`;
  if (changed > 0) return `the abstract changed in ${count(changed, 'sentence')}`;
  if (added > 0) return `${count(added, 'sentence')} ${were(added)} added to the abstract`;
  return `${count(removed, 'sentence')} ${were(removed)} removed from the abstract`;
}

function authorWords(change: AuthorChange | undefined): string | undefined {
  if (!change) return undefined;
  const { added, removed, respelled, isReordered, first } = change;
  const parts = [
    added.length > 0 ? `${count(added.length, 'author')} ${were(added.length)} added: ${names(added)}` : '',
    removed.length > 0
      ? `${count(removed.length, 'author')} ${were(removed.length)} removed: ${names(removed)}`
      : '',
    first !== undefined ? `${first} is now the first author` : '',
    isReordered && first === undefined && added.length + removed.length === 0
      ? 'the order of the authors changed'
      : '',
  ].filter((part) => part !== '');
  if (parts.length === 0 && respelled.length > 0) return respelledWords(respelled);
  return parts.length > 0 ? parts.join('; ') : undefined;
}

function respelledWords(respelled: readonly Replacement[]): string {
  const [{ from, to } = { from: '', to: '' }] = respelled;
  return respelled.length === 1
    ? `the author ${from} is now written ${to}`
    : 'the names of authors are written differently';
}

function publicationWords(doi: Of<'doi'> | undefined, venue: Of<'venue'> | undefined): string | undefined {
  if (!doi && !venue) return undefined;
  if (venue && venue.before === undefined) {
    return `Published in ${clipWords(venue.venue, LONGEST_TITLE)}${doi ? ` (doi ${doi.doi})` : ''}`;
  }
  if (doi && doi.before === undefined) return `Published (doi ${doi.doi})`;
  return joinedWords([
    venue && `The journal reference is now ${quoted(venue.venue, LONGEST_TITLE)}`,
    doi && `The DOI is now ${doi.doi}`,
  ]);
}

function codeWords(code: Of<'code'> | undefined): string | undefined {
  if (!code) return undefined;
  const address = code.url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/+$/, '');
  return code.before === undefined ? `Code: ${address}` : `The code is now at ${address}`;
}

/** True for a comment that says more than the number of pages. */
export function isTellingComment(comment: string): boolean {
  return REVISION.test(comment) || ACCEPTANCE.test(comment);
}

function commentWords({ comment }: Of<'comment'>, isPublished: boolean): string | undefined {
  return REVISION.test(comment) || (ACCEPTANCE.test(comment) && !isPublished)
    ? `The authors’ note: ${quoted(withoutPages(comment), LONGEST_COMMENT)}`
    : undefined;
}

function withoutPages(comment: string): string {
  const parts = comment.split(/(?<=[;,.:])\s+/u);
  const first = parts.findIndex((part) => !PAGES.test(part));
  return parts.slice(Math.max(0, first)).join(' ');
}

/** Changes that are worth a word only when there is nothing else. */
function smallWords(changes: readonly PaperChange[]): string[] {
  return changes.flatMap((change) => {
    switch (change.kind) {
      case 'comment':
        return [`the authors’ note is now ${quoted(change.comment, LONGEST_COMMENT)}`];
      case 'categories':
        return categoryWords(change);
      case 'licence':
        return [`the licence is now ${licenceName(change.licence)}`];
      default:
        return [];
    }
  });
}

function categoryWords({ added, removed }: Of<'categories'>): string[] {
  return [
    ...(added.length > 0 ? [`it is now also in ${listed(added)}`] : []),
    ...(removed.length > 0 ? [`it is no longer in ${listed(removed)}`] : []),
  ];
}

/** “CC BY 4.0” from its address. */
function licenceName(url: string): string {
  const [, kind, version] =
    /creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/i.exec(url) ?? [];
  if (kind === undefined) return /arxiv\.org/i.test(url) ? 'arXiv’s standard one' : url;
  return kind === 'zero' ? `CC0 ${version}` : `CC ${kind.toUpperCase()} ${version}`;
}

function names(people: readonly string[]): string {
  if (people.length <= NAMES_IN_FULL) return listed(people);
  return `${people.slice(0, NAMES_IN_FULL - 1).join(', ')} and ${people.length - NAMES_IN_FULL + 1} more`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function count(amount: number, noun: string): string {
  return `${number(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

function number(amount: number): string {
  return NUMBERS[amount] ?? String(amount);
}

function were(amount: number): string {
  return amount === 1 ? 'was' : 'were';
}

function quoted(text: string, limit: number): string {
  return `“${clipWords(text, limit)}”`;
}

function joinedWords(parts: ReadonlyArray<string | undefined>): string | undefined {
  const words = parts.filter((part) => part !== undefined);
  return words.length > 0 ? words.join('. ') : undefined;
}

function ended(words: string): string {
  return /[.!?…]”?$/.test(words) ? words : `${words}.`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
