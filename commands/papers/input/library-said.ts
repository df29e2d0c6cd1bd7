/** Sentences about one's list: `my note for the 2nd: great ablation`, `give me a bib file of my saves`. */
import type { RawValues } from '../../../src/command/define.ts';

type SaidBy = Readonly<Record<string, RawValues>>;

const REMOVE =
  '(?:remove|delete|drop|clear|erase|scrap|discard|wipe|undo|get rid of|throw away|throw out|take off)';
const ON = '(?:on|for|about|to)';
const FROM = '(?:from|off|off of|on|of|for|about)';
const WRITE = '(?:add|write|make|leave|put|save|attach|create|take|jot down)';
const SEE = "(?:show(?: me)?|see|read|view|open|give me|what(?:'s|s| is| was| does| did))";

export const NOTE_SAID_BY: SaidBy = {
  [`(?:here(?:'s| is) )?my note ${ON} {paper:words} ?[:=] {text}`]: {},
  [`(?:(?:here(?:'s| is) )?my )?notes?(?: to (?:my)?self)? ${ON} {paper} ?[:=,–—-] {text}`]: {},
  [`${WRITE} (?:a |an |the |this |my )?(?:new |quick |short |little )*notes? (?:on|for|about|to|at|under) {paper}(?: ?[:=,–—-]| saying(?: that)?| that says(?: that)?| that)? {text}`]:
    {},
  [`(?:change|replace|edit|update|rewrite|set|overwrite) (?:my |the )?note (?:${ON}|of) {paper}(?: ?[:=,–—-]| to(?: say)?| with| by)? {text}`]:
    {},
  [`(?:${SEE} )?my note (?:${ON}|of) {paper}(?: say)?`]: {},
  [`(?:edit|change|update) (?:my |the )?note (?:${ON}|of) {paper}`]: {},
  [`what (?:did|have|do) i (?:note|noted|write|wrote|written|say|said) (?:on|about|for) {paper}`]: {},
  [`${REMOVE} (?:my|the) notes?(?: (?:that )?i (?:wrote|made|left|added|had))? ${FROM} {paper:words}`]: {
    remove: 'yes',
  },
  [`${REMOVE} notes?(?: ${FROM})? {paper}`]: { remove: 'yes' },
  ['take (?:my|the) note off(?: of)? {paper:words}']: { remove: 'yes' },
  ['unnote {paper}']: { remove: 'yes' },
  ["(?:i )?(?:don't|do not|no longer) (?:want|need) (?:my|the|a) note (?:on|for|about) {paper:words}"]: {
    remove: 'yes',
  },
};

function saidOfTags(noun: 'tag' | 'label'): SaidBy {
  return {
    [`${REMOVE} (?:all|every|each)(?: of)?(?: (?:the|its|my))? ${noun}s? ${FROM} {paper}`]: {
      remove: 'all',
      tags: 'all',
    },
    [`(?:${REMOVE}|strip|take)(?: (?:the|its|my))? ${noun}s? ${FROM} {paper}`]: {
      remove: 'all',
      tags: 'all',
    },
    [`(?:${REMOVE}|take|strip)(?: (?:the|my))? ${noun}s? {tags} ${FROM} {paper}`]: { remove: 'yes' },
    [`(?:${REMOVE}|take|strip)(?: (?:the|my))? {tags} ${noun}s? ${FROM} {paper}`]: { remove: 'yes' },
    [`(?:${REMOVE}|take|strip) (?:the|my) tags? {tags} (?:from|off) {paper:words}`]: { remove: 'yes' },
    [`(?:${REMOVE}|take) (?=#){tags} ${FROM} {paper}`]: { remove: 'yes' },
    [`un${noun} {paper}(?: ?[:,-]| from| as| with)? {tags}`]: { remove: 'yes' },
    [`un${noun} {tags} (?:from|off|on|for|at) {paper}`]: { remove: 'yes' },
    [`(?:add|put|set|attach|stick|apply)(?: (?:the|a|my))?(?: new)? ${noun}s? {tags} (?:to|on|onto|for) {paper}`]:
      {},
    [`(?:add|put|set|attach|stick|apply)(?: (?:the|a|my))?(?: new)? {tags} ${noun}s? (?:to|on|onto|for) {paper}`]:
      {},
    ['(?:add|put|attach|stick) (?=#){tags} (?:to|on|onto) {paper}']: {},
    [`give {paper}(?: (?:the|a|my))? ${noun}s? {tags}`]: {},
    [`${noun} {paper} (?:with|as) {tags}`]: {},
  };
}

export const TAG_SAID_BY: SaidBy = { ...saidOfTags('tag'), ...saidOfTags('label') };

const CANCEL =
  '(?:cancel|delete|remove|drop|clear|stop|end|turn off|switch off|call off|undo|forget|forget about|kill|scrap|dismiss|get rid of|never ?mind)';
const REMINDER = 'reminders?';
const READ_IT = '(?:about|of|on|for|to (?:read|look at|see|check))';

export const LATER_SAID_BY: SaidBy = {
  [`${CANCEL} (?:the|my|that|this) ${REMINDER} (?:${READ_IT}|from|of) {paper:words}`]: { when: 'never' },
  [`${CANCEL}(?: (?:the|my))? ${REMINDER}(?: (?:${READ_IT}|from))? {paper}`]: { when: 'never' },
  [`(?:don't|do not|stop|no need to|never) remind(?:ing)? me (?:any ?more )?${READ_IT} {paper:words}`]: {
    when: 'never',
  },
  [`(?:i )?(?:don't|do not|no longer) (?:need|want)(?: (?:the|my|a|any))? ${REMINDER} ${READ_IT} {paper:words}`]:
    { when: 'never' },
  [`no (?:more )?${REMINDER} ${READ_IT} {paper}`]: { when: 'never' },
  [`unremind(?: me)?(?: ${READ_IT})? {paper}`]: { when: 'never' },
  [`(?:set|create|make|add|schedule)(?: up)?(?: me)? (?:a |an |another )?${REMINDER} ${READ_IT} {paper}(?: ?[:,–—-])? {when}`]:
    {},
  [`(?:move|postpone|delay|shift|reschedule|push(?: back)?|snooze|change)(?: (?:the|my))? ${REMINDER} ${READ_IT} {paper} (?:to|until|till|for) {when}`]:
    {},
  [`remind me {when} (?:about|of|to (?:read|look at|see|check)) {paper}`]: {},
};

const THINGS =
  '(?:saves|saved papers|saved ones|papers|articles|list|library|reading list|bookmarks|collection|favou?rites|references|bibliography)';
const I_SAVED = "i(?:'ve| have)? (?:saved|bookmarked|have saved)";
const WE_SAVED =
  "(?:we|the team|the lab|the group|our team|our lab|our group|everyone|everybody)(?:'ve|'s| have| has)? saved";
const WHICH = '(?:(?:all|everything|what|whatever|(?:all )?(?:the )?papers)(?: (?:that|which))? )';
const MINE = `(?:(?:all )?(?:of )?my (?:whole |entire |complete )?${THINGS}|${WHICH}${I_SAVED})`;
const OURS = `(?:(?:all )?(?:of )?(?:our|(?:the|my|our) (?:team|lab|group)(?:'s)?) (?:whole |entire )?${THINGS}|${WHICH}${WE_SAVED})`;
const MAKE =
  "(?:(?:(?:give|get|make|send|create|generate|build|write|produce|prepare|download|export|save|bring|show|put|turn|convert|dump)(?: me| us)?|can (?:i|we) (?:have|get)|(?:i|we)(?:'d like| would like| need| want)) )";
const FILE = '(?: (?:file|format|export|list|version|entries))?';

export const EXPORT_SAID_BY: SaidBy = {
  [`${MAKE}?(?:an? |the )?{format}${FILE} (?:of|from|with|for)(?: all)?(?: of)? ${MINE}(?: {words})?`]: {},
  [`${MAKE}?(?:an? |the )?{format}${FILE} (?:of|from|with|for)(?: all)?(?: of)? my (?=unread ){words}`]: {},
  [`${MAKE}?(?:an? |the )?{format}${FILE} (?:of|from|with|for)(?: all)?(?: of)? ${OURS}(?: {words})?`]: {
    scope: 'team',
  },
  [`${MAKE}?(?:an? |the )?{format}${FILE} (?:of|from|with|for) (?:everything|all|(?:all )?(?:the )?papers)(?: that (?:is|are))? {words}`]:
    {},
  [`${MAKE}?${MINE}(?: {words})? (?:as|in|to|into)(?: an?)? {format}${FILE}`]: {},
  [`${MAKE}?${OURS}(?: {words})? (?:as|in|to|into)(?: an?)? {format}${FILE}`]: { scope: 'team' },
  [`(?:export|download|dump)(?: all)? ${MINE}(?: {words})?`]: {},
  [`(?:export|download|dump)(?: all)? ${OURS}(?: {words})?`]: { scope: 'team' },
};

const PEOPLE = '(?:we|us|people|everyone|everybody|the team|the lab|the group|colleagues|our team|our lab)';

/** Nothing else may follow: “most saved memory” is a search. */
const WHEN =
  '(?: (?=(?:this|the|of|in|for|here|ever|all|by|so far|last|since|today|yesterday)(?: |$|[?.!])){words})?';

export const LEADERBOARD_SAID_BY: SaidBy = {
  [`who(?:'s| has)? (?:saved?|saves|saving|bookmarked|been saving) (?:the )?(?:most|more)(?: papers)?${WHEN}`]:
    { people: 'yes' },
  [`who (?:is|are|was)(?: the)? (?:top|best|biggest|most active) savers?${WHEN}`]: { people: 'yes' },
  [`(?:what(?:'s| is| are| was| were)|which are|show(?: me)?) (?:the |our )?(?:most|top)[- ]saved(?: papers?)?${WHEN}`]:
    {},
  [`(?:the |our )?(?:most|top)[- ]saved(?: papers?)?${WHEN}`]: {},
  [`(?:what|which)(?: papers?)? (?:did|do|have|has) ${PEOPLE}(?: all)? saved?(?: the)? most(?: often)?${WHEN}`]:
    {},
  [`(?:what|which)(?: papers?)?(?: (?:was|were|is|are|got|has been|have been))? saved(?: the)? most(?: often)?${WHEN}`]:
    {},
  [`what(?:'s| is| are| has| have) ${PEOPLE}(?: been)? saving${WHEN}`]: {},
  [`what(?:'s| is) popular (?:here|with us|in (?:the|our|my) (?:team|lab|group))${WHEN}`]: {},
  [`(?:show me )?(?:our|the (?:team|lab|group)(?:'s)?) favou?rites?(?: papers?)?${WHEN}`]: {},
  [`(?:show me )?(?:the |our )?leader ?board(?: (?:for|of))?${WHEN}`]: {},
  "(?:what(?:'s| is| was) )?(?:the |our )?paper of the month": { period: 'month' },
};
