import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { Card } from '../../../src/chat/card.ts';
import { findCommand } from '../../../src/command/catalogue.ts';
import { openConversation } from '../../../src/command/conversation.ts';
import { commandNamedBy, parseLine } from '../../../src/command/parse.ts';
import { readSaid } from '../../../src/command/reading/read-said.ts';
import { readSentence } from '../../../src/command/reading/sentences.ts';
import { openLastAnswer } from '../../../src/platforms/terminal/last-answer.ts';
import { stepsFor } from '../../../src/platforms/terminal/shortcuts.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';
import { seededRandom } from '../../support/delivery.ts';

const NOW = new Date('2026-05-29T12:00:00Z');
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
const CALLER: Caller = { platform: 'terminal', workspace: 'local', person: 'ada', team: 'lab' };

type Read = readonly [name: string, values: Readonly<Record<string, unknown>>];

function readLine(line: string): Read {
  const meant = commandNamedBy(catalogue, line) ? line : `/papers search ${line}`;
  const { command, isExact, values } = parseLine(catalogue, meant);
  const isTaken = isExact && command.textIsOptions !== true;
  return [command.name, isTaken ? values : readSaid(command, values, NOW).values];
}

/** The command that a message to the bot runs after a list of three papers. */
function read(said: string): Read {
  const conversation = openConversation();
  const search = findCommand(catalogue, 'papers', 'search');
  if (search === undefined) throw new Error('There is no search');
  conversation.remember(CALLER, search, { query: 'experts' }, LIST);
  return readLine(conversation.refine(catalogue, CALLER, said, NOW) ?? said);
}

/** The same for a line in the terminal, whose steps are one for each paper. */
function typed(line: string): Read {
  const lastAnswer = openLastAnswer();
  lastAnswer.remember(LIST);
  const steps = stepsFor(line, lastAnswer, catalogue);
  const runs = steps.map((step) => {
    if (step.kind === 'address') throw new Error(`${line} opens an address`);
    return readLine(step.kind === 'run' ? step.line : step.said);
  });
  const [[name, values] = ['', {}]] = runs;
  const papers = runs.flatMap(([, { paper }]) => (paper === undefined ? [] : [paper]));
  return [name, papers.length < 2 ? values : { ...values, paper: papers.join(', ') }];
}

describe('a sentence that writes a note', () => {
  it.each([
    ['my note for the 2nd: great ablation', 'note', { paper: '2605.00002', text: 'great ablation' }],
    ['my note on 2: great ablation', 'note', { paper: '2605.00002', text: 'great ablation' }],
    ['note for the second one: check table 3', 'note', { paper: '2605.00002', text: 'check table 3' }],
    ['note on the 3rd: compare with ours', 'note', { paper: '2605.00003', text: 'compare with ours' }],
    ['my note for 2406.01574: uses 8xH100', 'note', { paper: '2406.01574', text: 'uses 8xH100' }],
    [
      'add a note to the second paper: weak baselines',
      'note',
      { paper: '2605.00002', text: 'weak baselines' },
    ],
    ["here's my note on 2: nice figures", 'note', { paper: '2605.00002', text: 'nice figures' }],
    ['note for paper 2: read the appendix', 'note', { paper: '2605.00002', text: 'read the appendix' }],
    ['add note on 2 saying great ablation', 'note', { paper: '2605.00002', text: 'great ablation' }],
    ['leave a note on the 2nd: nice figures', 'note', { paper: '2605.00002', text: 'nice figures' }],
    ['write a note for 2: good related work', 'note', { paper: '2605.00002', text: 'good related work' }],
    [
      'add a note to 2 that the code is missing',
      'note',
      { paper: '2605.00002', text: 'the code is missing' },
    ],
    [
      'put a note on 2: ask Maria about the data',
      'note',
      { paper: '2605.00002', text: 'ask Maria about the data' },
    ],
    [
      'make a note on the last one: try this on our data',
      'note',
      { paper: '2605.00003', text: 'try this on our data' },
    ],
    ['note to self on 2: try on our data', 'note', { paper: '2605.00002', text: 'try on our data' }],
    [
      'my notes on 2: strong results, weak writing',
      'note',
      { paper: '2605.00002', text: 'strong results, weak writing' },
    ],
    ['change my note on 2 to great ablation', 'note', { paper: '2605.00002', text: 'great ablation' }],
    [
      'update my note for the 2nd: not so great after all',
      'note',
      { paper: '2605.00002', text: 'not so great after all' },
    ],
    ['please add a note on the first: start here', 'note', { paper: '2605.00001', text: 'start here' }],
    [
      'my note for the second paper - great ablation',
      'note',
      { paper: '2605.00002', text: 'great ablation' },
    ],
    ['note 2 great ablation', 'note', { paper: '2605.00002', text: 'great ablation' }],
    ['note 2: why not adam?', 'note', { paper: '2605.00002', text: 'why not adam?' }],
    ['jot down a note on 2: too long', 'note', { paper: '2605.00002', text: 'too long' }],
    ['can you add a note to 2: see section 4', 'note', { paper: '2605.00002', text: 'see section 4' }],
    ["what's my note on 2?", 'note', { paper: '2605.00002' }],
    ['show my note on the second one', 'note', { paper: '2605.00002' }],
    ['my note on 2', 'note', { paper: '2605.00002' }],
  ])('is read: %s', (line, name, values) => {
    expect(read(line)).toEqual([name, values]);
    expect(typed(line)).toEqual(read(line));
  });
});

describe('a sentence that removes a note', () => {
  it.each([
    ['delete my note on 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['remove my note on the second', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['remove the note from 2406.01574', 'note', { paper: '2406.01574', remove: 'yes' }],
    ['delete the note for 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['clear my note on 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['erase my note on 3', 'note', { paper: '2605.00003', remove: 'yes' }],
    ['delete note 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['remove note on 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['drop my note on 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['get rid of my note on the 2nd', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['take my note off 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['delete my note about the 2nd one', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['please delete my note on 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['can you remove the note on the first', 'note', { paper: '2605.00001', remove: 'yes' }],
    ['delete my notes on 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['scrap my note on the last one', 'note', { paper: '2605.00003', remove: 'yes' }],
    ['unnote 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ["I don't want my note on 2 any more", 'note', { paper: '2605.00002', remove: 'yes' }],
    ['delete the note I wrote on 2', 'note', { paper: '2605.00002', remove: 'yes' }],
    ['remove my notes from 1 and 3', 'note', { paper: '2605.00001, 2605.00003', remove: 'yes' }],
  ])('is read: %s', (line, name, values) => {
    expect(read(line)).toEqual([name, values]);
    expect(typed(line)).toEqual(read(line));
  });
});

describe('a sentence that changes tags', () => {
  it.each([
    ['remove the tag llm from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['remove tag llm from the second', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['delete the tag llm from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['untag 2 llm', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['take the llm tag off 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['remove the llm tag from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['remove llm tag from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['drop the tag llm on 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['remove #llm from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: '#llm' }],
    ['untag llm from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['take #llm off the second one', 'tag', { paper: '2605.00002', remove: 'yes', tags: '#llm' }],
    ['delete llm tag on 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['remove tags llm and rl from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm, rl' }],
    [
      'remove the tags llm, rl from the first two',
      'tag',
      { paper: '2605.00001, 2605.00002', remove: 'yes', tags: 'llm, rl' },
    ],
    ['remove all tags from 2', 'tag', { paper: '2605.00002', remove: 'all', tags: 'all' }],
    ['remove the label llm from 2', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['strip the tag llm from 2406.01574', 'tag', { paper: '2406.01574', remove: 'yes', tags: 'llm' }],
    ['remove my tag llm from the last one', 'tag', { paper: '2605.00003', remove: 'yes', tags: 'llm' }],
    ['please take the tag rl off the first', 'tag', { paper: '2605.00001', remove: 'yes', tags: 'rl' }],
    ['untag 2: llm', 'tag', { paper: '2605.00002', remove: 'yes', tags: 'llm' }],
    ['add the tag llm to 2', 'tag', { paper: '2605.00002', tags: 'llm' }],
    ['put the tag llm on the second', 'tag', { paper: '2605.00002', tags: 'llm' }],
    ['add llm tag to 2', 'tag', { paper: '2605.00002', tags: 'llm' }],
    ['add #llm to 2', 'tag', { paper: '2605.00002', tags: '#llm' }],
    ['give 2 the tag llm', 'tag', { paper: '2605.00002', tags: 'llm' }],
    ['tag the second one as llm', 'tag', { paper: '2605.00002', tags: 'llm' }],
    ['tag 1 and 3 with llm', 'tag', { paper: '2605.00001, 2605.00003', tags: 'llm' }],
    ['label 2 as llm', 'tag', { paper: '2605.00002', tags: 'llm' }],
  ])('is read: %s', (line, name, values) => {
    expect(read(line)).toEqual([name, values]);
    expect(typed(line)).toEqual(read(line));
  });
});

describe('a sentence that changes a reminder', () => {
  it.each([
    ['cancel the reminder for 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['cancel my reminder on the second', 'later', { paper: '2605.00002', when: 'never' }],
    ['delete the reminder for 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['remove my reminder about 2', 'later', { paper: '2605.00002', when: 'never' }],
    ["don't remind me of 2", 'later', { paper: '2605.00002', when: 'never' }],
    ["don't remind me about the second any more", 'later', { paper: '2605.00002', when: 'never' }],
    ['stop reminding me about 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['no reminder for 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['forget the reminder for 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['unremind 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['cancel reminder 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['never mind the reminder for 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['turn off the reminder for 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['drop the reminder for the last one', 'later', { paper: '2605.00003', when: 'never' }],
    ["I don't need the reminder for 2 any more", 'later', { paper: '2605.00002', when: 'never' }],
    ['cancel the reminder about 2406.01574', 'later', { paper: '2406.01574', when: 'never' }],
    ['clear my reminder for 2 please', 'later', { paper: '2605.00002', when: 'never' }],
    ['call off the reminder for 2', 'later', { paper: '2605.00002', when: 'never' }],
    ['cancel reminders for 1 and 3', 'later', { paper: '2605.00001, 2605.00003', when: 'never' }],
    ['cancel all my reminders', 'later', {}],
    ['set a reminder for 2 tomorrow at 9', 'later', { paper: '2605.00002', when: 'tomorrow at 9' }],
    ['move the reminder for 2 to friday', 'later', { paper: '2605.00002', when: 'friday' }],
    ['remind me tomorrow about 2', 'later', { paper: '2605.00002', when: 'tomorrow' }],
    ['remind me on friday to read the second one', 'later', { paper: '2605.00002', when: 'on friday' }],
  ])('is read: %s', (line, name, values) => {
    expect(read(line)).toEqual([name, values]);
    expect(typed(line)).toEqual(read(line));
  });
});

describe('a sentence that exports a list', () => {
  it.each([
    ['give me a bib file of my saves', 'export', { format: 'bib' }],
    ['give me a bibtex of my list', 'export', { format: 'bibtex' }],
    ['send me my papers as bibtex', 'export', { format: 'bibtex' }],
    ['I need a bib of everything tagged llm', 'export', { format: 'bib', tag: 'llm' }],
    ['make a bibtex file of my saved papers', 'export', { format: 'bibtex' }],
    ['get me a .bib of what the team saved', 'export', { scope: 'team', format: '.bib' }],
    ['create a bib file for my library', 'export', { format: 'bib' }],
    ['bibtex of my list', 'export', { format: 'bibtex' }],
    ['bibtex for my saved papers tagged rl', 'export', { format: 'bibtex', tag: 'rl' }],
    ['can I have my saves as RIS?', 'export', { format: 'RIS' }],
    ['can I get a csv of my list', 'export', { format: 'csv' }],
    ['export everything I saved as bibtex', 'export', { format: 'bibtex' }],
    ['export my saves', 'export', {}],
    ['export my library as ris', 'export', { format: 'ris' }],
    ['export all my papers', 'export', {}],
    ['download my library', 'export', {}],
    ['download my saves as csv', 'export', { format: 'csv' }],
    ['give me my library as markdown', 'export', { format: 'markdown' }],
    ['my saved papers as csv', 'export', { format: 'csv' }],
    ['a bib file of our papers', 'export', { scope: 'team', format: 'bib' }],
    ['zotero file of my papers', 'export', { format: 'zotero' }],
    ['I want a spreadsheet of my saved papers', 'export', { format: 'spreadsheet' }],
    ['turn my list into a bib file', 'export', { format: 'bib' }],
    ['give me a bib file of everything the team saved', 'export', { scope: 'team', format: 'bib' }],
    ['give me a bib file of my saves since last month', 'export', { format: 'bib', since: '2026-04-01' }],
    ['bib file of my unread papers', 'export', { format: 'bib', state: 'unread' }],
  ])('is read: %s', (line, name, values) => {
    expect(read(line)).toEqual([name, values]);
    expect(typed(line)).toEqual(read(line));
  });
});

describe('a sentence that adds a watch', () => {
  it.each([
    ['notify me daily about diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['tell me daily about new papers on diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['alert me every day about diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['notify me once a day about diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['notify me immediately about new papers on diffusion', 'watch', { when: 'at-once', query: 'diffusion' }],
    ['let me know daily about diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['keep me posted daily on diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['give me daily alerts for diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['set up a daily alert for diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['daily alerts about diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['I want to be notified daily about diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['I want to be notified about diffusion', 'watch', { query: 'diffusion' }],
    ['notify us daily about diffusion', 'watch', { when: 'daily', to: 'channel', query: 'diffusion' }],
    ['tell us every morning about diffusion', 'watch', { when: 'daily', to: 'channel', query: 'diffusion' }],
    [
      'alert us at once when there is something new on diffusion',
      'watch',
      { when: 'at-once', to: 'channel', query: 'diffusion' },
    ],
    ['watch daily for diffusion', 'watch', { when: 'daily', query: 'diffusion' }],
    ['watch diffusion daily', 'watch', { when: 'daily', query: 'diffusion' }],
    ['message me when Yann LeCun publishes', 'watch', { query: 'Yann LeCun' }],
    ['send me alerts for diffusion', 'watch', { query: 'diffusion' }],
    ['send me a notification when something new on diffusion appears', 'watch', { query: 'diffusion' }],
    ['ping me about diffusion', 'watch', { query: 'diffusion' }],
    [
      'notify me daily about "protein design" but not survey',
      'watch',
      { when: 'daily', query: '"protein design" -survey' },
    ],
  ])('is read: %s', (line, name, values) => {
    expect(read(line)).toEqual([name, values]);
    expect(typed(line)).toEqual(read(line));
  });
});

describe('a sentence that lists what most people saved', () => {
  it.each([
    ['who saved the most this month?', 'leaderboard', { people: 'yes', period: 'month' }],
    ['who saved the most?', 'leaderboard', { people: 'yes' }],
    ['who saves the most papers in our team', 'leaderboard', { people: 'yes' }],
    ['who has saved the most ever', 'leaderboard', { people: 'yes', period: 'ever' }],
    ['what did we save most this week', 'leaderboard', { period: 'week' }],
    ['what are the most saved papers this month', 'leaderboard', { period: 'month' }],
    ['which papers were saved the most this week', 'leaderboard', { period: 'week' }],
    ['most saved this month', 'leaderboard', { period: 'month' }],
    ['most saved papers of all time', 'leaderboard', { period: 'ever' }],
    ['what has everyone been saving?', 'leaderboard', {}],
    ['what is the team saving this month', 'leaderboard', { period: 'month' }],
    ["what's popular here", 'leaderboard', {}],
    ['our favourites this month', 'leaderboard', { period: 'month' }],
    ["the lab's favourite papers", 'leaderboard', {}],
    ['top saved this week', 'leaderboard', { period: 'week' }],
    ['paper of the week', 'leaderboard', {}],
    ['paper of the month', 'leaderboard', { period: 'month' }],
    ['what did the team save most this month?', 'leaderboard', { period: 'month' }],
    ['which papers did we all save most', 'leaderboard', {}],
    ['show me the leaderboard for this month', 'leaderboard', { period: 'month' }],
    ['leaderboard of the month', 'leaderboard', { period: 'month' }],
    ["what's most saved here this week?", 'leaderboard', { period: 'week' }],
  ])('is read: %s', (line, name, values) => {
    expect(read(line)).toEqual([name, values]);
    expect(typed(line)).toEqual(read(line));
  });
});

describe('words that are no sentence of a command', () => {
  it.each([
    'note on the complexity of learning',
    'notes on diffusion models',
    'a note on the 2 sample test',
    'label noise',
    'remove the bias from embeddings',
    'removing label noise from datasets',
    'remove tags from html documents',
    'remove the noise from images',
    'delete edges from graphs',
    'tag prediction',
    'tag recommendation with llm',
    'add noise to labels',
    'stop words',
    'bib extraction',
    'generate latex from images',
    'bibtex parsing',
    'csv of tables',
    'json from text',
    'table of contents generation',
    'daily activity recognition',
    'alert systems',
    'notification fatigue',
    'alerts on diffusion of innovations',
    'most similar papers',
    'who said what',
    'who wins the most',
    'most saved memory',
    'popular music generation',
    'label 3d point clouds',
    'cancel noise in speech',
    'give attention to tags',
    'what is popular music',
    'turn images into latex',
    'convert text to csv',
    'make a bib for papers',
    'put tags on images',
    'untagged data',
  ])('are a search: %s', (line) => {
    expect(read(line)[0]).toBe('search');
    expect(typed(line)[0]).toBe('search');
  });
});

describe('a sentence about a paper', () => {
  it('names it by its title, too', () => {
    const line = 'cancel the reminder for attention is all you need';
    expect(read(line)).toEqual(['later', { paper: 'attention is all you need', when: 'never' }]);
  });

  it('keeps the text of a note as it was typed, however long it is', () => {
    const text = `I’d read this first, now! ${'and then the appendix; '.repeat(60)}please?`;
    expect(read(`my note for 2: ${text}`)).toEqual(['note', { paper: '2605.00002', text }]);
  });

  it('is about no other paper if the list is shorter', () => {
    expect(read('remove the tag llm from 7')).toEqual(['tag', { paper: '7', tags: 'llm', remove: 'yes' }]);
  });
});

it('no line takes long to be compared with all sentences', () => {
  const random = seededRandom(7);
  const words =
    'my the note for on of tag remove 2 second paper reminder me daily about saved most bib :'.split(' ');
  const lines = Array.from({ length: 300 }, () =>
    Array.from(
      { length: 3 + Math.floor(random() * 60) },
      () => words[Math.floor(random() * words.length)],
    ).join(' '),
  );
  lines.push(
    `my note for ${'2 '.repeat(3_000)}`,
    `remove the tag ${'a, '.repeat(3_000)} from`,
    `note ${'1 and '.repeat(2_000)}`,
  );
  for (const line of lines) {
    const took = leastCpuTime(100, () => readSentence(catalogue, line));
    expect(took, line).toBeLessThan(100);
  }
});

describe('a sentence about the list', () => {
  it.each([
    ['what do i have to read', 'saved', { state: 'unread' }],
    ['what is left to read?', 'saved', { state: 'unread' }],
    ['which papers do I still have to read', 'saved', { state: 'unread' }],
    ["what's unread", 'saved', { state: 'unread' }],
    ["what's on my reading list", 'saved', {}],
    ['what do i have in my library?', 'saved', {}],
    ['show me what i saved', 'saved', {}],
    ['show me everything I have bookmarked', 'saved', {}],
    ['which papers changed', 'changes', {}],
    ['did any of my papers change?', 'changes', {}],
    ['which of my papers were withdrawn', 'changes', {}],
    ['have any papers I saved been updated', 'changes', {}],
    ['which papers have a new version', 'changes', {}],
    ['do any of my saved papers have new versions', 'changes', {}],
    ['has anything on my list changed', 'changes', {}],
    ['save 1 for the reading group', 'save', { paper: '2605.00001', tags: 'reading group' }],
    ['save 2 under thesis', 'save', { paper: '2605.00002', tags: 'thesis' }],
    ['bookmark the second one as baseline', 'save', { paper: '2605.00002', tags: 'baseline' }],
    ['save 2406.01574 tagged with rl and robots', 'save', { paper: '2406.01574', tags: 'rl, robots' }],
    ['save 3 for later', 'save', { paper: '2605.00003' }],
    ['save 3 to my list', 'save', { paper: '2605.00003' }],
    ['which papers changed robotics', 'search', { query: 'which papers changed robotics' }],
    ['what is left to right decoding', 'search', { query: 'what is left to right decoding' }],
  ])('is read: %s', (said, name, values) => {
    expect(read(said)).toEqual([name, values]);
  });
});

describe('a question about a paper of the list', () => {
  it.each([
    ['how many tasks does 1 have?', '2605.00001', 'how many tasks does it have?'],
    ['what data does the second one use?', '2605.00002', 'what data does it use?'],
    ['does 3 have code?', '2605.00003', 'does it have code?'],
    ['Is the code of 2 public?', '2605.00002', 'Is the code of it public?'],
    ['which baselines are in paper 3', '2605.00003', 'which baselines are in it'],
    ['what is the main result of #2?', '2605.00002', 'what is the main result of it?'],
    ['what are the limitations of 2', '2605.00002', 'what are the limitations of it'],
    ['is 2 open source', '2605.00002', 'is it open source'],
  ])('is asked of it: %s', (said, paper, question) => {
    expect(read(said)).toEqual(['ask', { paper, question }]);
  });

  it.each([
    'does 3 layers help',
    'how does GPT 4 compare',
    'what is the effect of 8 heads',
    'can 2 agents cooperate',
    'what happens with a batch size of 2',
    'how does accuracy increase by 2',
    'does paper 9 use code',
  ])('is a search where no paper of the list is meant: %s', (said) => {
    expect(read(said)[0]).toBe('search');
  });
});
