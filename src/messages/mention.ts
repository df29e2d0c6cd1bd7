/** Interprets a mention of the bot in reply to one of its messages. */

import type { CommandAnswer, CommandHandlers, Mention } from '../chat/handlers.ts';
import type { ShownPaper } from '../chat/refs.ts';

/** A command of `/papers`, with the papers of the message as its values. */
export interface MeantCommand {
  readonly kind: 'command';
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

export type MeantByMention =
  | MeantCommand
  /** Neither a command nor a question about one paper; `words` says what is missing. */
  | { readonly kind: 'unclear'; readonly words: string };

/** `3 what data?`, `#3: what data?`, `paper 3, what data?` */
const NUMBERED = /^\s*(?:paper\s+|no\.?\s*)?#?(\d{1,4})\b[\s:.,)–-]*/iu;
/** `save`, `summary 3`: nothing else may follow, as `show me the data` is a question. */
const COMMAND = /^\s*(?:\/?papers\s+)?(save|unsave|show|summary|similar)(?:\s+#?(\d{1,4}))?[\s.]*$/iu;
/** `compare 1 3`, `compare 1, 2 and 4` */
const COMPARE = /^\s*(?:\/?papers\s+)?compare((?:[\s,#]+(?:and\s+|with\s+)?#?\d{1,4})+)[\s.]*$/iu;
/** `why is this here?` */
const WHY =
  /^\s*(?:why|how come)(?: (?:is|was)(?: (?:this|that|it|the paper))?(?: paper)?(?: (?:here|posted|chosen|shown|on the list|in the list))?)?\s*[?.!]*$/iu;
const ASK = /^\s*(?:\/?papers\s+)?ask\s+/iu;

/** @param shown papers of the message, not empty */
export function readMention(said: string, shown: readonly ShownPaper[]): MeantByMention {
  const compared = COMPARE.exec(said)?.[1];
  if (compared !== undefined) return comparing(compared, shown);
  const [, name, chosen] = COMMAND.exec(said) ?? [];
  const [first, ...others] = shown;
  const numbered = (number: string | undefined) => shown.find((each) => each.number === Number(number));
  const only = others.length === 0 ? first : undefined;
  if (name !== undefined) {
    const paper = chosen === undefined ? only : numbered(chosen);
    if (paper) return { kind: 'command', name: name.toLowerCase(), values: { paper: paper.paper } };
    return {
      kind: 'unclear',
      words: `Which of these papers? Add its number, for example: “${name} ${exampleOf(shown)}”`,
    };
  }
  if (only && WHY.test(said)) return { kind: 'command', name: 'why', values: { paper: only.paper } };
  const question = said.replace(ASK, '');
  if (only) return aboutPaper(only.paper, question);
  const [prefix = '', number] = NUMBERED.exec(question) ?? [];
  const listed = numbered(number);
  if (listed) return aboutPaper(listed.paper, question.slice(prefix.length));
  return {
    kind: 'unclear',
    words: `Which of these papers? Begin with its number, for example: “${exampleOf(shown)} what data did they use?”`,
  };
}

/** A number that the message shows; later pages have no 2. */
function exampleOf([first, second]: readonly ShownPaper[]): number {
  return second?.number ?? first?.number ?? 2;
}

function comparing(numbers: string, shown: readonly ShownPaper[]): MeantByMention {
  const papers: string[] = [];
  for (const number of numbers.match(/\d+/g) ?? []) {
    const paper = shown.find((each) => each.number === Number(number))?.paper;
    if (paper === undefined) return { kind: 'unclear', words: `This message shows no paper ${number}.` };
    papers.push(paper);
  }
  return { kind: 'command', name: 'compare', values: { papers: papers.join(', ') } };
}

function aboutPaper(paper: string, said: string): MeantByMention {
  const question = said.trim();
  if (/[\p{L}\p{N}]/u.test(question)) return { kind: 'command', name: 'ask', values: { question, paper } };
  return {
    kind: 'unclear',
    words: 'What is your question about the paper? Add it to the mention.',
  };
}

// A mention below a paper runs a command for its author, with the same answer, limits and errors.

export function runningMentions({ answer }: Pick<CommandHandlers, 'answer'>) {
  return async ({ caller, signal }: Mention, { name, values }: MeantCommand): Promise<CommandAnswer> => {
    const answered = await answer({ caller, root: 'papers', name, values, ...(signal && { signal }) });
    // What was wrong with a public line is no secret.
    return answered.ok ? answered : { ...answered, visibility: 'public' };
  };
}
