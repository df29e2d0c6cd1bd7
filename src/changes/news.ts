/**
 * Tells news about a paper from what one source knew all along, an older record, or a poorer one. Pure.
 *
 * A fact counts as news only if the same source was read before and did not have it. Text counts only with a
 * later version.
 */
import { rankOf } from '../papers/merge.ts';
import type { Paper } from '../papers/paper.ts';
import type { MergedPaper } from '../papers/paper-writer-store.ts';
import { isWithdrawn, saysWithdrawn } from '../papers/withdrawal.ts';
import type { PaperChange, PaperState } from './changes.ts';
import { comparePapers } from './compare.ts';
import { isTellingComment } from './sentence.ts';
import { compareTexts } from './text-change.ts';

/** A quick look at what may be news, for imports of millions of papers. */
export function mayBeNews({ before, after }: MergedPaper): boolean {
  return (
    (after.version ?? 0) > (before.version ?? 1) ||
    isWithdrawn(after) !== isWithdrawn(before) ||
    after.comment !== before.comment ||
    (isPublished(after) && !isPublished(before)) ||
    (after.codeUrl !== undefined && before.codeUrl === undefined)
  );
}

export function newsOf(merged: MergedPaper): PaperChange[] {
  const { before, after } = merged;
  // A withdrawn paper has no news until it is reinstated.
  if (isWithdrawn(before) && isWithdrawn(after)) return [];
  const isNewVersion = isLaterVersion(merged);
  const isSameSource = before.version !== undefined;
  const to: PaperState = {
    ...stateOf(after),
    categories: isNewVersion && isSameSource ? after.categories : [],
  };
  const changes = comparePapers(stateOf(before), to).filter((change) => {
    switch (change.kind) {
      case 'version':
      case 'title':
      case 'abstract':
        return isNewVersion && (isSameSource || change.kind === 'version');
      case 'authors':
        return isNewVersion && isSameSource;
      case 'withdrawn':
        // The text may have said so before this was recognised.
        return !saysWithdrawn(before);
      case 'doi':
      case 'venue':
        return !isPublished(before) && knewPublication(merged);
      case 'code':
        return before.codeUrl === undefined && before.onHuggingFace === true && isFromList(merged);
      case 'comment':
        return isTellingComment(change.comment) && knewComment(merged);
      default:
        return true;
    }
  });
  const told = isNewVersion && !isSameSource ? [...changes, ...acrossSources(before, after)] : changes;
  return told.flatMap(withoutTrifles);
}

function stateOf(paper: Paper): PaperState {
  const { withdrawn: _, ...state } = paper;
  return isWithdrawn(paper) ? { ...state, withdrawn: true } : state;
}

/** The text of a version that appeared after the stored one was read. */
function isLaterVersion({ before, after, record, addedAt }: MergedPaper): boolean {
  if (record.version === undefined || after.version !== record.version) return false;
  if (before.version !== undefined) return record.version > before.version;
  // The stored text is of an unknown version, but not of one that appeared later.
  const { replacedOn, updated } = record;
  if (record.version === 1 || after.abstract !== record.abstract) return false;
  return replacedOn !== undefined
    ? replacedOn > addedAt.slice(0, 10)
    : updated !== undefined && updated > addedAt;
}

/**
 * Compares the text of a source without versions with arXiv's. Hugging Face drops backslashes and dollar
 * signs, so words differ in form; names of authors differ too.
 */
function acrossSources(before: Paper, after: Paper): PaperChange[] {
  const title = compareTexts(withoutTex(before.title), withoutTex(after.title));
  const abstract = compareTexts(withoutTex(before.abstract), withoutTex(after.abstract));
  const none = { replacements: [], isAll: false } as const;
  return comparePapers({ ...EMPTY, title: before.title, abstract: before.abstract }, { ...EMPTY, ...after })
    .filter(({ kind }) => (kind === 'title' && title !== undefined) || (kind === 'abstract' && abstract))
    .map((change) => {
      if (change.kind === 'title' && title) return { ...change, extent: title.extent };
      return change.kind === 'abstract' && abstract ? { ...change, ...abstract, ...none } : change;
    });
}

const EMPTY = { authors: [], categories: [] };

function withoutTex(text: string): string {
  return text.replace(/[\\${}]/g, '');
}

function isPublished({ doi, venue, journalRef }: Paper): boolean {
  return doi !== undefined || venue !== undefined || journalRef !== undefined;
}

/** True if this source was read before and knew of no publication then. */
function knewPublication({ before, source, record, textRankBefore }: MergedPaper): boolean {
  if (source === 'semantic-scholar') return before.citations !== undefined;
  const isFromArxiv = source === 'arxiv' && textRankBefore >= rankOf('arxiv');
  return isFromArxiv && before.version !== undefined && (record.version ?? 0) >= before.version;
}

/** True if arXiv's query, which includes comments, was read before, and this response is not older. */
function knewComment({ before, source, record }: MergedPaper): boolean {
  if (source !== 'arxiv' || before.updated === undefined || record.updated === undefined) return false;
  return record.updated >= before.updated && (record.version ?? 0) >= (before.version ?? 0);
}

function isFromList({ source, isCurrent }: MergedPaper): boolean {
  return source === 'hugging-face' && isCurrent;
}

/** Drops what nobody needs to hear: other markup, and other spellings of names, which differ by feed. */
function withoutTrifles(change: PaperChange): PaperChange[] {
  if ((change.kind === 'title' || change.kind === 'abstract') && change.extent === 'markup') return [];
  if (change.kind !== 'authors') return [change];
  const { added, removed, isReordered } = change;
  return added.length + removed.length > 0 || isReordered ? [{ ...change, respelled: [] }] : [];
}
