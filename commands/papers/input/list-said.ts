/** Sentences about the list as a whole: `what is left to read?`, `did any of my papers change?`. */
import type { RawValues } from '../../../src/command/define.ts';

type SaidBy = Readonly<Record<string, RawValues>>;

const TO_READ = "(?:to|that i(?:'ve| have)? (?:wanted|want) to) read";

export const SAVED_SAID_BY: SaidBy = {
  [`what (?:do|should) i (?:still )?(?:have|need|want)(?: left)? ${TO_READ}`]: { state: 'unread' },
  [`what(?:'s| is| have i got| do i have)(?: still)?(?: left)?(?: for me)? ${TO_READ}`]: { state: 'unread' },
  [`(?:which|what) papers (?:do|should) i (?:still )?(?:have|need|want) ${TO_READ}`]: { state: 'unread' },
  "(?:what(?:'s| is| are)|which(?: papers| ones)?(?: of mine)? are)(?: still)? unread": { state: 'unread' },
  "what(?:'s| is| are| do i have| have i got)(?: there)? (?:on|in) my (?:reading )?(?:list|library|bookmarks|collection|saves)":
    {},
  "(?:show|list|see|give)(?: me)? (?:what|everything|all(?: (?:the )?papers)?|the papers|papers)(?: that| which)? i(?:'ve| have)? (?:saved|bookmarked)":
    {},
};

const CHANGED =
  '(?:chang(?:e|ed|es)|(?:(?:been|got|get|gotten) )?(?:updated|revised|withdrawn|retracted|published)|(?:(?:have|has|had|get|got|gotten) )?(?:an? )?(?:new|newer) versions?)';
const MINE =
  "(?:papers (?:that )?i(?:'ve| have)? saved|(?:of )?(?:my|the)(?: saved)? (?:papers|saves|list|library)(?: (?:that )?i(?:'ve| have)? saved)?)";

export const CHANGES_SAID_BY: SaidBy = {
  [`(?:which|what)(?: saved)? papers(?: (?:that )?i(?:'ve| have)? saved)?(?: (?:have|has|did|were|was|got))? ${CHANGED}`]:
    {},
  [`(?:which|what|how many|did|do|have|has|were|was|are)(?: (?:any|some|one))? ${MINE}(?: (?:have|has|did|were|was|got))? ${CHANGED}`]:
    {},
  [`(?:did|has|have) (?:anything|something)(?: (?:on|in) my (?:list|library)| (?:that )?i(?:'ve| have)? saved)? ${CHANGED}`]:
    {},
};

/** After the paper: what it is saved for becomes its tag. Times are no tags. */
const NO_TAG =
  '(?!(?:later|me|now|us|today|tonight|tomorrow|next|this|mon|tue|wed|thu|fri|sat|sun|\\d)|(?:my|the|our) (?:reading )?(?:list|library|bookmarks|papers|saves|favou?rites|collection)[\\s.!?]*$)';

export const SAVE_SAID_BY: SaidBy = {
  [`(?:save|bookmark|keep|store) {paper} (?:for|under|as|in|into|to) ${NO_TAG}(?:the |my |our )?{tags}`]: {},
  [`(?:save|bookmark|keep|store|add) {paper} (?:with|under)(?: the| a)? (?:tag|label)s? {tags}`]: {},
  '(?:save|bookmark|keep|store|add) {paper} tagged(?: as| with)? {tags}': {},
};
