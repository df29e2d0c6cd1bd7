/** A small catalogue for tests of the framework: one command for each kind of option and of answer. */

import { UserError } from '../../src/base/errors.ts';
import { type Card, sentence } from '../../src/chat/card.ts';
import { commandsFor } from '../../src/command/define.ts';

interface SampleServices {
  readonly papers: readonly { readonly id: string; readonly title: string }[];
}

const define = commandsFor<SampleServices>();
const paper = {
  type: 'string',
  description: 'An id, a link or words of the title',
  required: true,
  maxLength: 300,
  complete: 'paper',
} as const;

function onPaper(name: string, verb: string) {
  return define({
    root: 'papers',
    name,
    description: `${verb} a paper.`,
    visibility: 'public',
    options: { paper },
    rest: 'paper',
    ...(name !== 'show' && { changes: true }),
    examples: [`/papers ${name} 2406.01574`],
    run: async ({ args, services }) => {
      const found = services.papers.find(({ id }) => id === args.paper);
      if (!found) throw new UserError(`No paper is called ${args.paper}.`);
      return { ...sentence(`${verb} ${found.title}`, 'done'), footer: [found.id] };
    },
  });
}

export const sampleCatalogue = [
  define({
    root: 'papers',
    name: 'search',
    description: 'Find papers.',
    visibility: 'public',
    options: {
      query: { type: 'string', description: 'What to look for', required: true, maxLength: 300 },
      limit: { type: 'integer', description: 'How many papers', min: 1, max: 10, default: 5 },
      page: { type: 'integer', description: 'Which page', min: 1, default: 1 },
      sort: {
        type: 'choice',
        description: 'What comes first',
        choices: ['relevance', 'newest', 'votes'],
        default: 'relevance',
      },
      since: { type: 'day', description: 'Published from', edge: 'start' },
      until: { type: 'day', description: 'Published up to', edge: 'end' },
      category: { type: 'string', description: 'arXiv category', complete: 'category' },
      author: { type: 'string', description: 'Name of an author', complete: 'author' },
      min_votes: { type: 'integer', description: 'At least so many votes', min: 1 },
    },
    rest: 'query',
    takesTheRest: true,
    examples: ['/papers search test-time training limit:3'],
    run: async ({ args, services }): Promise<Card> => ({
      tone: 'plain',
      title: `Papers for “${args.query}”, page ${args.page}`,
      blocks: services.papers
        .slice((args.page - 1) * args.limit, args.page * args.limit)
        .map((found, at) => ({
          kind: 'entry',
          paper: found.id,
          number: at + 1,
          title: found.title,
          url: `https://arxiv.org/abs/${found.id}`,
          meta: [['2024 · cs.LG · ▲ 57']],
          body: [],
          actions: [{ kind: 'link', label: 'PDF', url: `https://arxiv.org/pdf/${found.id}` }],
        })),
      actions: [
        {
          kind: 'run',
          label: 'Next ›',
          line: `/papers search query:"${args.query}" limit:${args.limit} page:${args.page + 1}`,
          effect: 'replace',
        },
      ],
    }),
  }),
  onPaper('show', 'Showing'),
  onPaper('save', 'Saved'),
  onPaper('unsave', 'Removed'),
  define({
    root: 'papers',
    name: 'random',
    description: 'A paper by chance.',
    visibility: 'private',
    options: {},
    examples: ['/papers random'],
    run: async ({ services }): Promise<Card> => ({
      tone: 'plain',
      blocks: services.papers.slice(0, 1).map(({ id, title }) => ({
        kind: 'entry',
        paper: id,
        title,
        url: `https://arxiv.org/abs/${id}`,
        meta: [],
        body: [['One sentence.']],
        actions: [
          { kind: 'run', label: 'Save', line: `/papers save ${id}`, effect: 'answer' },
          { kind: 'link', label: 'PDF', url: `https://arxiv.org/pdf/${id}` },
        ],
      })),
    }),
  }),
  define({
    root: 'papers',
    name: 'broken',
    description: 'Fails in a way that nobody foresaw.',
    visibility: 'public',
    options: {},
    examples: ['/papers broken'],
    run: async () => {
      throw new TypeError('secret detail of the inside');
    },
  }),
  define({
    root: 'papers',
    name: 'slow',
    description: 'Ends only when it is stopped.',
    visibility: 'public',
    options: {},
    examples: ['/papers slow'],
    run: ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  }),
  define({
    root: 'papers',
    name: 'help',
    description: 'What can be typed.',
    visibility: 'private',
    options: {},
    examples: ['/papers help'],
    run: async () => sentence('This is the help.'),
  }),
  define({
    root: 'paperfeed',
    name: 'follow',
    description: 'Follow a feed.',
    visibility: 'public',
    options: { topic: { type: 'string', description: 'Only about this' } },
    examples: ['/paperfeed follow topic:agents'],
    run: async () => sentence('Following.'),
  }),
];

export const sampleServices: SampleServices = {
  papers: Array.from({ length: 12 }, (_, at) => ({
    id: `2406.${String(at + 1).padStart(5, '0')}`,
    title: `Paper number ${at + 1}`,
  })),
};

export const sampleCaller = { platform: 'terminal', workspace: 'local', person: 'me', team: 'local' };
