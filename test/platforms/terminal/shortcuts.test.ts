import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { paperNamesIn } from '../../../commands/papers/input/paper-names.ts';
import type { Card } from '../../../src/chat/card.ts';
import { parseLine } from '../../../src/command/parse.ts';
import { openLastAnswer } from '../../../src/platforms/terminal/last-answer.ts';
import { type ShortcutStep, stepsFor } from '../../../src/platforms/terminal/shortcuts.ts';

const LIST: Card = {
  tone: 'plain',
  blocks: ['2605.00001', '2605.00002', '2605.00003'].map((paper, at) => ({
    kind: 'entry',
    number: at + 1,
    paper,
    title: paper,
    meta: [],
    body: [],
    actions: [],
  })),
};

function shown(step: ShortcutStep): string {
  if (step.kind === 'run') return step.line;
  return step.kind === 'say' ? step.said : step.url;
}

/** The command that runs for a line after a list of three papers. */
function run(line: string, list: Card = LIST): string[] {
  const lastAnswer = openLastAnswer();
  lastAnswer.remember(list);
  return stepsFor(line, lastAnswer, catalogue).map(shown);
}

describe('numbers of the last list', () => {
  it.each([
    ['compare 1 3', ['2605.00001', '2605.00003']],
    ['/papers compare 1, 2', ['2605.00001', '2605.00002']],
    ['compare 1-3', ['2605.00001', '2605.00002', '2605.00003']],
  ])('are compared on one line that names the papers: %s', (typed, papers) => {
    const [line = '', ...others] = run(typed);
    expect(others).toEqual([]);
    expect(paperNamesIn(String(parseLine(catalogue, line).values['papers']))).toEqual(papers);
  });

  it('name several papers that results should be like on one line, and one as before', () => {
    expect(run('similar 1 3 limit:5')).toEqual(['/papers similar 2605.00001, 2605.00003 limit:5']);
    expect(run('similar 3')).toEqual(['/papers similar paper:2605.00003']);
  });

  it.each([
    ['tag the first two with #llm', ['2605.00001', '2605.00002'], '#llm'],
    ['tag 1 and 3 with rl, to-read', ['2605.00001', '2605.00003'], 'rl, to-read'],
    ['label the second one as rl', ['2605.00002'], 'rl'],
  ])('name the papers that get a text: %s', (typed, papers, tags) => {
    const lines = run(typed).map((line) => parseLine(catalogue, line));
    expect(lines.map(({ command, values }) => [command.name, values])).toEqual(
      papers.map((paper) => ['tag', { paper, tags }]),
    );
  });

  it.each(['compare with ours', 'with care'])('leave “with” in a note: %s', (text) => {
    expect(run(`note 2 ${text}`).map((line) => parseLine(catalogue, line).values)).toEqual([
      { paper: '2605.00002', text },
    ]);
  });

  it('are those of papers for commands about feeds, too', () => {
    expect(run('/paperfeed dismiss 2')).toEqual(['/paperfeed dismiss paper:2605.00002']);
    expect(run('/paperfeed why the second one')).toEqual(['/paperfeed why paper:2605.00002']);
  });

  it('are accepted after an option that takes a paper', () => {
    expect(run('ask what data did they use? paper:2')).toEqual([
      'ask what data did they use? paper:2605.00002',
    ]);
    expect(run('/papers ask Paper:3 which corpora?')).toEqual([
      '/papers ask paper:2605.00003 which corpora?',
    ]);
  });

  it.each(['search attention page:2', '/papers compare 2605.00001, 2605.00002', 'ask why? paper:2605.00002'])(
    'have no special meaning elsewhere: %s',
    (typed) => {
      expect(run(typed)).toEqual([typed]);
    },
  );

  it('can count down', () => {
    expect(run('show 3-2')).toEqual(['/papers show paper:2605.00003', '/papers show paper:2605.00002']);
  });

  it('are refused if they are on no list', () => {
    expect(() => run('compare 1 9')).toThrow('The last list has no number 9. Choose a number from 1 to 3.');
    expect(() => run('ask why? paper:7')).toThrow(
      'The last list has no number 7. Choose a number from 1 to 3.',
    );
    expect(() => run('compare 1 2', { tone: 'plain', blocks: [] })).toThrow(
      'There is no list to choose from.',
    );
  });
});

describe('the paper that was opened last', () => {
  const opened: Card = {
    tone: 'plain',
    blocks: [{ kind: 'entry', paper: '2605.00002', title: 'It', meta: [], body: [], actions: [] }],
  };

  it.each([
    ['save', '/papers save paper:2605.00002'],
    ['/papers save', '/papers save paper:2605.00002'],
    ['summary level:line', '/papers summary paper:2605.00002 level:line'],
    ['ask which data did they use?', 'ask which data did they use? paper:2605.00002'],
  ])('is meant by %s', (typed, line) => {
    expect(run(typed, opened)).toEqual([line]);
  });

  it.each([
    '/papers ask which data?',
    'ask which data? paper:2605.00003',
    'save 2605.00003',
    '/papers show paper:2605.00003',
    '/papers show https://arxiv.org/abs/2605.00003',
    'save arXiv:2605.00003',
    'summary doi:10.48550/arXiv.2605.00003',
    'search attention',
  ])('is not meant by %s', (typed) => {
    expect(run(typed, opened)).toEqual([typed]);
  });

  it('is meant after a saved paper, and not after another list', () => {
    const lastAnswer = openLastAnswer();
    const line = (typed: string) => stepsFor(typed, lastAnswer, catalogue).map(shown);
    lastAnswer.remember(LIST);
    lastAnswer.remember(opened);
    lastAnswer.remember({ tone: 'done', blocks: [] });
    expect(line('ask why?')).toEqual(['ask why? paper:2605.00002']);
    expect(line('compare 1 3')).toEqual(run('compare 1 3'));
    lastAnswer.remember(LIST);
    expect(line('ask why?')).toEqual(['ask why?']);
  });
});

describe('words that begin like a command', () => {
  it('are searched for if the command accepts no such text', () => {
    expect(run('random forests')).toEqual(['random forests']);
    expect(run('random')).toEqual(['random']);
    expect(run('random cs.RO min_votes:20')).toEqual(['random cs.RO min_votes:20']);
    expect(run('/papers random forests')).toEqual(['/papers random forests']);
  });
});

it.each(['undo', 'take that back', 'Undo that.'])('“%s” is the button of the last card', (line) => {
  const undo = { kind: 'run', label: 'Undo', line: '/papers unsave 2605.00001', effect: 'replace' } as const;
  expect(run(line, { tone: 'done', blocks: [], actions: [undo] })).toEqual(['/papers unsave 2605.00001']);
});
