/** `/papers taste`: shows what recommendations go by, and changes it. */
import { parsedOrNothing, UserError } from '../../src/base/errors.ts';
import { type TasteChange, tasteLine } from '../../src/cards/like-actions.ts';
import { pageButton } from '../../src/cards/paper-list.ts';
import type { Caller } from '../../src/chat/caller.ts';
import { type Card, sentence } from '../../src/chat/card.ts';
import type { CommandContext } from '../../src/command/define.ts';
import { formatLine } from '../../src/command/line.ts';
import { FEWEST_SIGNALS } from '../../src/recommend/recommend.ts';
import { parsePaperReference } from '../../src/text/ids.ts';
import { defineCommand, type Services } from '../services.ts';
import { textBlock } from '../views/feed-card.ts';
import { quoteInput } from '../views/quote.ts';
import {
  changedTasteCard,
  type NamedTaste,
  offCard,
  tasteCard,
  teamTasteCard,
  tooFewCard,
} from '../views/taste-card.ts';
import { paperNamesIn } from './input/paper-names.ts';
import { findByReference, isPaper } from './input/resolve-paper.ts';
import { personOf, refuseAlone, SCOPE, teamOf } from './input/saved-by.ts';
import { TASTE_NAMES, TASTE_NAMES_WITH, TASTE_SAID } from './input/taste-said.ts';

/** Papers and subjects in one line. */
const MOST_NAMED = 10;
const LONGEST_SUBJECT = 60;

export const taste = defineCommand({
  root: 'papers',
  name: 'taste',
  description: 'See what recommendations go by, and change it.',
  visibility: 'private',
  options: {
    about: {
      type: 'string',
      description: 'Papers or subjects, separated by commas',
      maxLength: 300,
      list: true,
      complete: 'papers',
      reads: 'plain',
      alsoCalled: ['subject', 'paper', 'of', 'like'],
    },
    do: {
      type: 'choice',
      description: 'More or less of it, or neither; reset forgets all; off stops',
      choices: ['more', 'less', 'neither', 'reset', 'on', 'off'],
      synonyms: {
        more: ['like'],
        less: ['fewer', 'avoid', 'not'],
        neither: ['remove', 'undo'],
        reset: ['forget'],
      },
    },
    scope: { ...SCOPE, inMenu: false, description: 'What your team likes, from its saves', saidAs: {} },
    sure: {
      type: 'choice',
      inMenu: false,
      description: 'yes forgets your taste at once',
      choices: ['no', 'yes'],
      default: 'no',
      input: 'none',
    },
  },
  rest: 'about',
  changes: true,
  alsoCalled: TASTE_NAMES,
  calledWith: TASTE_NAMES_WITH,
  saidBy: TASTE_SAID,
  examples: [
    '/papers taste',
    '/papers taste do:more about:"2406.01574, diffusion models"',
    '/papers taste do:less about:robotics',
  ],
  async run({ args, services, caller, now, signal }): Promise<Card> {
    const { tastes } = services;
    const person = personOf(caller);
    const { sure } = args;
    const { about, change } =
      args.do === undefined ? changeIn(args.about) : { about: args.about ?? '', change: args.do };
    if (args.scope === 'team') return teamTaste(services, caller);
    if (change === undefined) return about.trim() === '' ? shownTaste(services, caller) : askWhich(about);
    if (change === 'on' || change === 'off') {
      await tastes.turn(person, change);
      return change === 'off' ? offCard() : shownTaste(services, caller);
    }
    const at = now.toISOString();
    if (change === 'reset') {
      if (sure === 'no') return askReset();
      await tastes.reset(person, at);
      return sentence(
        'Your taste is forgotten. Your saved papers stay, but only those that you save from now on count.',
        'done',
      );
    }
    const named = await readNamed({ services, signal }, about, change);
    if (!Array.isArray(named)) return named;
    const before = await Promise.all(
      named.map(({ paper, name }) =>
        paper === undefined
          ? tastes.say(person, name, OPINION[change], at).then((opinion) => opinion && VERDICT_OF[opinion])
          : tastes.judge(person, paper, change === 'neither' ? undefined : change, at),
      ),
    );
    const isUnknown = change === 'neither' && before.every((opinion) => opinion === undefined);
    return isUnknown ? neverSaid(about) : changedTasteCard(named, change, before);
  },
});

const ALONE = /^(?:(on|off)|reset|forget(?: it| all| everything)?)$/iu;
const LEADING =
  /^(?:(more)|(forget|remove|neither)|less|fewer) (?:(?:of|about|on|papers (?:about|on|like)) )?(\S.*)$/iu;

/** `/papers taste reset`, `/papers taste more robots`: the change as the first word. */
function changeIn(typed = ''): { readonly about: string; readonly change?: TasteChange } {
  const text = typed.trim();
  const alone = ALONE.exec(text);
  if (alone)
    return {
      about: '',
      change: alone[1] === undefined ? 'reset' : alone[1].toLowerCase() === 'on' ? 'on' : 'off',
    };
  const [, more, neither, about] = LEADING.exec(text) ?? [];
  if (about === undefined) return { about: text };
  return { about, change: more !== undefined ? 'more' : neither === undefined ? 'less' : 'neither' };
}

const OPINION = { more: 'like', less: 'avoid', neither: undefined } as const;
const VERDICT_OF = { like: 'more', avoid: 'less' } as const;

async function shownTaste({ recommender }: Services, caller: Caller): Promise<Card> {
  const view = await recommender.tasteOf({ kind: 'person', person: personOf(caller) });
  if (view.isOff) return offCard();
  const known = view.saves + view.more + view.less + view.liked.length + view.avoided.length;
  return known === 0 ? tooFewCard(0, FEWEST_SIGNALS, false) : tasteCard(view);
}

async function teamTaste({ recommender }: Services, caller: Caller): Promise<Card> {
  refuseAlone(caller, '/papers taste scope:team');
  const view = await recommender.tasteOf({ kind: 'team', team: teamOf(caller) });
  return view.saves === 0 ? tooFewCard(0, FEWEST_SIGNALS, true) : teamTasteCard(view);
}

/** “this one” names no paper, and is no subject. */
const POINTING = /^(?:this|that|these|those|it|them)(?: (?:ones?|papers?))?$/iu;
/** “robotics any more”, “protein folding again”. */
const TIMES =
  /(?:[\s,]+(?:again|any ?more|any longer|at all|for now|right now|at the moment|please|now))+$/iu;

/**
 * The papers and subjects in a text, or a card that says why a paper was not found. An abbreviation to leave
 * out is spelled out too, because papers on it may not use it.
 */
async function readNamed(
  { services, signal }: Pick<CommandContext<Services>, 'services' | 'signal'>,
  about: string,
  change: 'more' | 'less' | 'neither',
): Promise<NamedTaste[] | Card> {
  const names = paperNamesIn(about.replace(TIMES, '')).flatMap((name) =>
    isReference(name) ? [name] : name.split(/\s+(?:and|or|&)\s+/iu),
  );
  const pointing = names.find((name) => POINTING.test(name));
  if (pointing !== undefined) {
    throw new UserError(
      `Which paper is “${pointing}”? Give its number in the last list, or its ID: /papers taste do:${change} about:2406.01574`,
    );
  }
  if (names.length === 0) {
    throw new UserError(`Name papers or subjects. For example: /papers taste do:${change} about:robotics`);
  }
  if (names.length > MOST_NAMED) {
    throw new UserError(`Name at most ${MOST_NAMED} papers or subjects at once (got ${names.length}).`);
  }
  const named: NamedTaste[] = [];
  for (const name of names) {
    const reference = isReference(name) ? parsePaperReference(name) : undefined;
    if (reference) {
      const found = await findByReference(services, reference.id, signal);
      if (!isPaper(found)) return found;
      named.push({ name: found.title, paper: found.id });
      continue;
    }
    if (name.length > LONGEST_SUBJECT) {
      throw new UserError(
        `A subject has at most ${LONGEST_SUBJECT} characters. Name it in a few words: ${quoteInput(name, LONGEST_SUBJECT)} is too long.`,
      );
    }
    named.push({ name });
    const spelledOut = change === 'more' ? undefined : await services.recommender.spelledOut(name);
    if (spelledOut !== undefined) named.push({ name: spelledOut });
  }
  return named;
}

function isReference(name: string): boolean {
  return parsedOrNothing(() => parsePaperReference(name)) !== undefined;
}

/** A name alone does not say which is meant. */
function askWhich(about: string): Card {
  return {
    tone: 'plain',
    blocks: [textBlock([`More or less like ${quoteInput(about)}?`])],
    actions: (['more', 'less'] as const).map((change) =>
      pageButton(change === 'more' ? 'More' : 'Less', tasteLine(change, about)),
    ),
  };
}

/** As “forget gates” may also be meant as a search. */
function neverSaid(about: string): Card {
  return {
    tone: 'plain',
    blocks: [textBlock([`You have said nothing about ${quoteInput(about)}, so nothing changes.`])],
    actions: [
      pageButton('Less of it', tasteLine('less', about)),
      pageButton('More of it', tasteLine('more', about)),
      pageButton(
        'Search',
        formatLine({ root: 'papers', name: 'search', args: { query: `forget ${about}` } }),
      ),
    ],
    footer: ['All of it: ', { kind: 'code', text: '/papers taste' }],
  };
}

function askReset(): Card {
  return {
    tone: 'plain',
    blocks: [
      textBlock([
        'This forgets the papers and subjects that you wanted more or less of. Your saved papers stay, but no longer count: recommendations begin anew with what you save next. This cannot be undone.',
      ]),
    ],
    actions: [pageButton('Forget my taste', tasteLine('reset', undefined, { sure: 'yes' }))],
  };
}
