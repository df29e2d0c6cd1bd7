import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../commands/index.ts';
import { UserError } from '../../../src/base/errors.ts';
import { parseLine } from '../../../src/command/parse.ts';
import { readSaid } from '../../../src/command/reading/read-said.ts';
import { validate } from '../../../src/command/validate.ts';
import { leastCpuTime } from '../../support/cpu-time.ts';
import { seededRandom } from '../../support/delivery.ts';

const NOW = new Date('2026-05-29T12:00:00Z');

/** The command and the options that were typed or said, without defaults. */
function read(line: string): readonly [name: string, values: Readonly<Record<string, unknown>>] {
  const { command, isExact, values } = parseLine(catalogue, line);
  const said = isExact ? values : readSaid(command, values, NOW).values;
  const args = validate(command, said, NOW);
  return [command.name, Object.fromEntries(Object.keys(said).map((name) => [name, args[name]]))];
}

describe('a search in words', () => {
  it.each([
    ['show me papers about world models, please', { query: 'world models' }],
    ['papers on diffusion from 2024', { query: 'diffusion', since: '2024-01-01', until: '2024-12-31' }],
    [
      'diffusion between March and June 2025',
      { query: 'diffusion', since: '2025-03-01', until: '2025-06-30' },
    ],
    ['diffusion before 2025', { query: 'diffusion', until: '2024-12-31' }],
    ['diffusion in the last two weeks', { query: 'diffusion', since: '2026-05-15' }],
    ['diffusion since:3 months ago', { query: 'diffusion', since: '2026-02-28' }],
    [
      '"graph neural network" 2023',
      { query: '"graph neural network"', since: '2023-01-01', until: '2023-12-31' },
    ],
    ['latest papers on mamba', { query: 'mamba', sort: 'newest' }],
    ["what's new in mamba", { query: 'mamba', sort: 'newest' }],
    ['anything new about mamba', { query: 'mamba', sort: 'newest' }],
    ["what's the latest on mamba", { query: 'mamba', sort: 'newest' }],
    ['are there any recent papers on mamba', { query: 'mamba', sort: 'newest' }],
    ['recent advances in mamba', { query: 'recent advances in mamba' }],
    ['agents, most voted first, top 3', { query: 'agents', sort: 'votes', limit: 3 }],
    ['vision by Ming-Hsuan Yang in cs.CV', { query: 'vision', author: 'Ming-Hsuan Yang', category: 'cs.CV' }],
    ['agents with at least 20 votes', { query: 'agents', min_votes: 20 }],
    [
      'agents min votes: 20 --limit 3 sort = votes',
      { query: 'agents', min_votes: 20, limit: 3, sort: 'votes' },
    ],
    ['diffusion, but not video', { query: 'diffusion -video' }],
    ['papers from yesterday', { since: '2026-05-28', until: '2026-05-28' }],
  ])('is read: %s', (words, values) => {
    expect(read(`/papers search ${words}`)).toEqual(['search', values]);
  });

  it.each([
    'learning from human feedback',
    'top-k sampling',
    'top 1 accuracy',
    'SemEval-2024 task 8',
    'CLEF 2024',
    '3D gaussian splatting',
    'recent work on 3D reconstruction',
    'news recommendation',
    'learning by doing',
    'last layer retraining',
    'papers with code leaderboard',
    'summaries of scientific papers',
    'the first order logic of may and must',
  ])('stays as it is where words only look like options: %s', (words) => {
    expect(read(`/papers search ${words}`)).toEqual(['search', { query: words }]);
  });

  it('that is set by its name is taken as it is', () => {
    const query = 'papers on diffusion from 2024';
    expect(read(`/papers search query:"${query}"`)).toEqual(['search', { query }]);
  });
});

describe('a feed in words', () => {
  it.each([
    ['daily at 9', { days: 'daily', time: '9' }],
    [
      'robotics every monday 8:30 Berlin top 3',
      { include: 'robotics', days: 'monday', time: '8:30', zone: 'Berlin', count: 3 },
    ],
    ['cs.CL weekly, no surveys', { include: 'cs.CL', period: 'week', exclude: 'surveys' }],
    [
      'world models or video at noon with 10+ votes',
      { include: 'world models, video', time: 'noon', min_votes: 10 },
    ],
    ['papers by Ada Lovelace as a single message', { include: 'author:"Ada Lovelace"', style: 'single' }],
  ])('is read: %s', (words, values) => {
    expect(read(`/paperfeed follow ${words}`)).toEqual(['follow', values]);
  });

  it.each([
    'time series',
    'day trading',
    'SAT solvers',
    'weekend effect',
    '24h weather forecasting',
    'search for new physics',
    'top quark physics',
    'vision at 30 fps',
  ])('stays a topic: %s', (include) => {
    expect(read(`/paperfeed follow ${include}`)).toEqual(['follow', { include }]);
  });

  it.each([
    'robotics at 9 and at 17:30',
    'daily, but only on mondays',
    'robotics twice a week',
    'robotics at half past eight',
  ])('is not made where it could mean two things: %s', (words) => {
    expect(() => read(`/paperfeed follow ${words}`)).toThrow(UserError);
  });
});

describe('a command called otherwise', () => {
  it.each([
    ['summarize 2406.01574 in one line', ['summary', { paper: '2406.01574', level: 'line' }]],
    ['/papers 2406.01574', ['show', { paper: '2406.01574' }]],
    ['/papers diffusion models', ['search', { query: 'diffusion models' }]],
    ['please save 2406.01574 for later', ['save', { paper: '2406.01574' }]],
    ['papers of the week', ['trending', { period: 'week' }]],
    ['/papers ask MMLU-Pro: is CoT better?', ['ask', { question: 'is CoT better?', paper: 'MMLU-Pro' }]],
    ['/paperfeed unsubscribe', ['unfollow', {}]],
    ['unfollow b', ['unfollow', { feed: 'b' }]],
    ['resume 2', ['resume', { feed: '2' }]],
    ['pause until friday', ['pause', { until: 'until friday' }]],
    ['pause 2 weeks', ['pause', { until: '2 weeks' }]],
    ['/papers search --help', ['help', { command: 'search' }]],
  ])('is understood: %s', (line, meant) => {
    expect(read(line)).toEqual(meant);
  });

  it.each([
    'stop words removal',
    'question answering',
    'add noise to images',
    'open set recognition',
    'pause tokens until convergence',
    'preview control of robots',
    'library learning',
  ])('is not meant by words of a search: %s', (line) => {
    expect(() => read(line)).toThrow(/is not a command|^There is no \/\w+\./);
  });
});

const PIECES =
  'papers on about from since until 2024 2025-01 may last week top 3 newest first by Ada Lovelace cs.CV page 2 votes >=20 limit: : = -- " “ ” \' « , . ( ) and not without every monday at 9 9:30 Berlin daily weekly 3D state-of-the-art 模型 é ؟ \u0000'.split(
    ' ',
  );

it('a line of any words is read in a few milliseconds, or refused with a sentence', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 3_000; round++) {
    const words = Array.from(
      { length: 1 + Math.floor(random() * 40) },
      () => PIECES[Math.floor(random() * PIECES.length)],
    );
    const line = `${random() < 0.5 ? '/papers search' : '/paperfeed follow'} ${words.join(random() < 0.9 ? ' ' : '')}`;
    const took = leastCpuTime(100, () => {
      try {
        read(line);
      } catch (error) {
        expect(error, line).toBeInstanceOf(UserError);
      }
    });
    expect(took, line).toBeLessThan(100);
  }
});
