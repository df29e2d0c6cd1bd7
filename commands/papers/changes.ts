/** `/papers changes`: lists how papers changed that the caller or the team saved. */

import { counted } from '../../src/cards/counts.ts';
import { publishedInWords } from '../../src/cards/dates.ts';
import { briefEntry, listCard, offsetOf, pageButton } from '../../src/cards/paper-list.ts';
import type { SeenChange } from '../../src/changes/changes.ts';
import type { Card, Entry } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { pageLine } from '../../src/command/line.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage } from '../views/empty-results.ts';
import { LIMIT, PAGE } from './input/options.ts';
import { refuseAlone, teamOf } from './input/saved-by.ts';

export const changes: Command<Services> = defineCommand({
  root: 'papers',
  name: 'changes',
  description: 'List new versions, publications and withdrawals of saved papers.',
  visibility: 'private',
  options: {
    scope: {
      type: 'choice',
      description: 'Papers that you saved, or that your team saved',
      choices: ['mine', 'team'],
      default: 'mine',
      synonyms: { mine: ['me', 'my', 'own'], team: ['all', 'everyone', 'us', 'ours', 'lab', 'group'] },
    },
    page: PAGE,
  },
  alsoMeantBy: {
    'what changed': '',
    'what has changed': '',
    "what's changed": '',
    'what changed in my papers': '',
    'what has changed in my papers': '',
    'what changed in my list': '',
    'has anything changed': '',
    'did anything change': '',
    'have my papers changed': '',
    'did my papers change': '',
    'any changes': '',
    'any news': '',
    "what's new in my papers": '',
    'what is new in my papers': '',
    "what's new in my list": '',
    'news about my papers': '',
    'news about my saved papers': '',
    'news on my papers': '',
    'news of my papers': '',
    'changes to my papers': '',
    'changes in my papers': '',
    'changes of my papers': '',
    'updates to my papers': '',
    'updates on my papers': '',
    'new versions of my papers': '',
    'new versions of my saved papers': '',
    'new versions': '',
    'any news about my papers': '',
    'any news about my saved papers': '',
    'any news on my papers': '',
    'any news of my papers': '',
    'any changes to my papers': '',
    'any changes in my papers': '',
    'any changes of my papers': '',
    'any updates to my papers': '',
    'any updates on my papers': '',
    'any new versions of my papers': '',
    'any new versions of my saved papers': '',
    'any new versions': '',
  },
  examples: ['/papers changes', '/papers changes scope:team'],
  async run({ args, services, caller }) {
    const { scope, page } = args;
    const limit = LIMIT.default;
    const offset = offsetOf({ page, limit });
    const isMine = scope === 'mine';
    if (!isMine) refuseAlone(caller, '/papers changes scope:team');
    const list = isMine
      ? await services.changes.forPerson(caller, limit, offset)
      : await services.changes.forTeam(teamOf(caller), limit, offset);
    const lineOf = (to: number) => pageLine(changes, args, { page: to });
    const other = isMine && caller.isAlone ? [] : [otherScope(isMine ? 'team' : 'mine')];
    if (list.total === 0) return nothingChanged(isMine, other);
    const pages = { page, limit, total: list.total };
    if (list.changes.length === 0) return beyondLastPage(pages, lineOf, 'change');
    const papers = await services.papers.findMany([...new Set(list.changes.map(({ paper }) => paper))]);
    const byId = new Map(papers.map((paper) => [paper.id, paper]));
    const entries = list.changes.flatMap((change, at) => {
      const paper = byId.get(change.paper);
      return paper ? [changeEntry(change, paper, offset + at + 1)] : [];
    });
    const what = counted(list.total, 'change');
    const title = isMine ? `Your saved papers · ${what}` : `Papers saved by your team · ${what}`;
    const card = listCard({ title, entries, pages, lineOf });
    return { ...card, actions: [...(card.actions ?? []), ...other] };
  },
});

function changeEntry({ seenAt, sentence }: SeenChange, paper: Paper, number: number): Entry {
  const seen = publishedInWords(seenAt);
  return {
    ...briefEntry(paper, { number, meta: seen === undefined ? [] : [[seen]] }),
    // Not shortened: the sentence is all that the list is about.
    body: [[sentence]],
  };
}

function otherScope(scope: 'mine' | 'team') {
  return pageButton(scope === 'team' ? 'Team’s papers' : 'My papers', pageLine(changes, { scope }));
}

function nothingChanged(isMine: boolean, actions: Card['actions'] = []): Card {
  const text = isMine
    ? 'None of your saved papers has changed since you saved it. New versions, publications and withdrawals are listed here.'
    : 'None of your team’s saved papers has changed. New versions, publications and withdrawals are listed here.';
  return { tone: 'plain', blocks: [{ kind: 'text', text: [text] }], ...(actions.length > 0 && { actions }) };
}
