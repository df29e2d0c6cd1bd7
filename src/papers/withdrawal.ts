/**
 * Detects withdrawn papers from their source or their text. arXiv stores a withdrawal as a last version
 * without files. The notice is in the authors' comment, or in older papers in place of the abstract:
 * https://info.arxiv.org/help/withdraw.html
 */
import type { PaperRecord } from './paper.ts';

type Words = Pick<PaperRecord, 'title' | 'abstract' | 'comment'>;

const KIND =
  '(?:paper|article|manuscript|submission|work|preprint|e-?print|version|note|letter|entry|draft|report|thesis|contribution)';
/** Refers to this paper, not to “the previous version” or “arXiv:0801.0001”. */
const THIS = `(?:(?:this|the|our|my) (?:present |current |arxiv |whole |entire |latest )?${KIND}(?: and (?:its |the )?abstract)?|it|${KIND})`;
const GONE = '(?:withdrawn|retracted|removed by arxiv)';
const SENTENCES = [
  // “This paper has been withdrawn by the author due to an error in Lemma 3”, “Paper withdrawn”.
  new RegExp(
    `^${THIS} (?:(?:by (?:the|its) authors? )?(?:has|have|had|was|were|is|are|needs|should|will|must)(?: to| be| been| being| now| since| hereby| temporarily| therefore| formally| officially| voluntarily){0,3} )?${GONE}\\b`,
    'i',
  ),
  new RegExp(`^(?:(?:has|have) (?:now )?been ${GONE}|please withdraw)\\b`, 'i'),
  /^(?:permanently |temporarily )?(?:withdrawn|retracted|removed(?= by arxiv\b))(?=$|[^\p{L}\p{N}]*$| (?:by|due|because|as|for|since|until|pending|in favou?r|at|on|after|from arxiv)\b|[:,(-])/iu,
  new RegExp(
    `^(?:the |its )?(?:authors?|we|i|arxiv(?: admin(?:istrator)?s?)?)(?: have| has| would like to| wish(?:es)? to| decided to| hereby)* (?:withdraw[ns]?|withdrew|retract(?:ed|s)?) (?:this|the|our|my) ${KIND}`,
    'i',
  ),
];
const NOTE = /^(?:arxiv admin )?(?:note|comment|update)s?: /i;
/** Withdrawn from a journal or a conference; the preprint can still be valid. */
const ELSEWHERE =
  /(?:withdrawn|retracted) from (?!arxiv|publication|the archive|the arxiv)(?:the |a |consideration|review|submission|[A-Z])/;
/** “This paper had been withdrawn in v2 and is restored in v3” */
const RESTORED = /\b(?:restored|reinstated)\b/i;
/** How journals and authors mark a title, without signs before it. */
const MARKED_TITLES = [
  // “[WITHDRAWN] A Title”, “Retracted article: A Title”, “Withdrawn – A Title”
  /^(?:withdrawn|retracted)(?: (?:paper|article))?(?: ?[\])}:*<]| [–—-]+ |$)/i,
  new RegExp(`^(?:this )?${KIND} (?:(?:has been|was|is) )?(?:withdrawn|retracted)(?::|$)`, 'i'),
  /^(?:removed|(?:temporary|permanent) removal): /i,
  // “Retraction: A Title”, “Retraction Note to: A Title”, “Notice of Retraction: A Title”
  /^(?:(?:notice|note|statement) of (?:retraction|withdrawal)|(?:retraction|withdrawal) (?:note|notice|statement)|retraction)(?:(?: (?:to|of|for))?:|$)/i,
  /^(?:retraction|withdrawal) (?:note|notice|statement) (?:to|of|for) /i,
  /^retraction (?:of|to|for) (?:["“”„«‘']|(?:the )?(?:paper|article)[:,] |[^:]{1,100} et al\b)/i,
];
/** A remark at the end of a title: “A Title (withdrawn)”, “A Title – this paper has been withdrawn”. */
const LAST_REMARK = /(?:[[({]([^[\](){}]+)[\])}]|(?:: |\s[–—-]+\s)([^:–—]{1,80}))[.\s]*$/u;
/** Signs and tags before the first word of a title: “***WITHDRAWN***”, “<b>Withdrawn</b>”. */
const SIGNS_BEFORE = /^(?:<\/?\w{1,10}>|[^\p{L}\p{N}<])+/u;

/** Ends of sentences, “… and the paper has been withdrawn”, “Error found, paper withdrawn”. */
const PARTS = new RegExp(
  String.raw`[.;!?\n]+\s*|\s+[–—-]+\s+|,? (?:and|so) (?=(?:this|the) ${KIND} (?:has|have|is|was)\b)|, (?=(?:(?:this|the) )?${KIND} (?:withdrawn|retracted)\b)`,
  'iu',
);

/** Characters of the abstract to check. A replaced abstract begins with the notice. */
const OPENING = 300;

/** Returns the stored state, which came from a source or from the text. */
export function isWithdrawn({
  withdrawn,
  withdrawnAt,
}: Pick<PaperRecord, 'withdrawn' | 'withdrawnAt'>): boolean {
  return withdrawn === true || withdrawnAt !== undefined;
}

/** @returns `undefined` when neither the source nor the text of the record says */
export function withdrawalTold(record: PaperRecord): boolean | undefined {
  if (record.withdrawn !== undefined) return record.withdrawn;
  if (record.withdrawnAt !== undefined || saysWithdrawn(record)) return true;
  // A source that knows versions also knows the state of the last one.
  const isSilent = record.version === undefined || record.abstract === '' || record.replacedOn !== undefined;
  return isSilent ? undefined : false;
}

export function saysWithdrawn({ title, abstract, comment = '' }: Words): boolean {
  if (isMarkedTitle(title)) return true;
  if (sentencesOf(comment).some(isWithdrawal)) return true;
  const [first = ''] = sentencesOf(abstract.slice(0, OPENING));
  return isWithdrawal(first);
}

function sentencesOf(text: string): string[] {
  if (!/withdr|retract|removed by arxiv/i.test(text)) return [];
  return text.split(PARTS).map((sentence) =>
    sentence
      .replace(/\s+/gu, ' ')
      .replace(/^[^\p{L}]+/u, '')
      .replace(NOTE, ''),
  );
}

function isMarkedTitle(title: string): boolean {
  if (!/withdr|retract|remov/i.test(title)) return false;
  const words = title.replace(SIGNS_BEFORE, '');
  if (MARKED_TITLES.some((form) => form.test(words))) return true;
  const [, bracketed, last] = LAST_REMARK.exec(title) ?? [];
  return isWithdrawal(bracketed ?? last ?? '');
}

function isWithdrawal(sentence: string): boolean {
  return (
    SENTENCES.some((form) => form.test(sentence)) && !ELSEWHERE.test(sentence) && !RESTORED.test(sentence)
  );
}
