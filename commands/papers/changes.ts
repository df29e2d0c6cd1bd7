/** `/papers changes`: lists how saved papers changed. Also sets which people and channels are told. */

import { UserError } from '../../src/base/errors.ts';
import { counted } from '../../src/cards/counts.ts';
import { publishedInWords } from '../../src/cards/dates.ts';
import { briefEntry, listCard, offsetOf, pageButton, undoButton } from '../../src/cards/paper-list.ts';
import type { SeenChange } from '../../src/changes/changes.ts';
import type { Caller } from '../../src/chat/caller.ts';
import type { Card, Entry } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine, pageLine } from '../../src/command/line.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { mayManage } from '../may-manage.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage } from '../views/empty-results.ts';
import { line } from '../views/feed-card.ts';
import { CHANGES_SAID_BY } from './input/list-said.ts';
import { LIMIT, PAGE } from './input/options.ts';
import { refuseAlone, teamOf } from './input/saved-by.ts';

export const changes: Command<Services> = defineCommand({
  root: 'papers',
  name: 'changes',
  group: { name: 'watch', as: 'changes' },
  description: 'List new versions, publications and withdrawals of saved papers.',
  visibility: 'private',
  forManagers: true,
  changes: true,
  options: {
    scope: {
      type: 'choice',
      description: 'Papers that you saved, or that your team saved',
      choices: ['mine', 'team'],
      default: 'mine',
      synonyms: { mine: ['me', 'my', 'own'], team: ['all', 'everyone', 'us', 'ours', 'lab', 'group'] },
    },
    tell: {
      type: 'choice',
      description: 'Tell you once a day when your saved papers change',
      choices: ['me', 'off'],
      synonyms: { me: ['on', 'yes'], off: ['no', 'never', 'nobody'] },
    },
    here: {
      type: 'choice',
      description: 'Reply in threads here when papers change; for managers',
      choices: ['on', 'off'],
      synonyms: { on: ['yes'], off: ['no', 'never'] },
    },
    page: PAGE,
  },
  saidBy: CHANGES_SAID_BY,
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
    'tell me when my papers change': 'tell:me',
    'tell me when my saved papers change': 'tell:me',
    'tell me when papers change that i saved': 'tell:me',
    'tell me when a paper changes that i saved': 'tell:me',
    'tell me about changes to my papers': 'tell:me',
    'tell me about changes to my saved papers': 'tell:me',
    'let me know when my papers change': 'tell:me',
    'notify me when my papers change': 'tell:me',
    'stop telling me when my papers change': 'tell:off',
    'stop telling me about changes': 'tell:off',
    'stop telling me about changes to my papers': 'tell:off',
    "don't tell me when my papers change": 'tell:off',
    "don't tell me about changes to my papers": 'tell:off',
    'stop telling us about changes here': 'here:off',
    'stop telling us about changes': 'here:off',
    'stop telling us when papers change': 'here:off',
    "don't tell us about changes": 'here:off',
    "don't tell us when papers change": 'here:off',
    'tell us about changes here': 'here:on',
    'tell us about changes': 'here:on',
    'tell us when papers change': 'here:on',
  },
  examples: [
    '/papers changes',
    '/papers changes scope:team',
    '/papers changes tell:me',
    '/papers changes here:off',
  ],
  async run({ args, services, caller, now }) {
    const { scope, page, tell, here } = args;
    if (tell !== undefined) return tellCaller(services, caller, tell === 'me', now);
    if (here !== undefined) return tellHere(services, caller, here === 'on');
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

async function tellCaller(
  { changeSettings, delivery: { defaultZone } }: Services,
  caller: Caller,
  isTold: boolean,
  now: Date,
): Promise<Card> {
  const isNew = await changeSettings.tellPerson(caller, isTold, defaultZone, now);
  const already = isNew ? '' : 'already ';
  const told = `You ${already}get a private message at 09:00 (${defaultZone}) on days when papers changed that you saved.`;
  const untold = `You get no private messages ${isNew ? 'any more ' : ''}when papers change that you saved. /papers changes lists the changes.`;
  return settingCard(isTold ? told : untold, isNew, { tell: isTold ? 'off' : 'me' });
}

/** @throws UserError if the caller may not decide what the channel gets */
async function tellHere(services: Services, caller: Caller, isTold: boolean): Promise<Card> {
  // In a thread, its channel is meant.
  const channel = caller.parentChannel ?? caller.channel;
  if (channel === undefined) {
    throw new UserError('This works in a channel that gets papers. For yourself: /papers changes tell:me');
  }
  if (!(await mayManage(services, caller))) {
    throw new UserError(
      'Only channel managers can change what this channel is told. For yourself: /papers changes tell:me',
    );
  }
  const isNew = await services.changeSettings.tellChannel(channel, isTold);
  const told = 'When a paper changes that was posted here in a thread, the thread gets a reply.';
  const untold = `Threads in this channel get no replies ${isNew ? 'any more ' : ''}when their papers change.`;
  return settingCard(isTold ? told : untold, isNew, { here: isTold ? 'off' : 'on' });
}

function settingCard(text: string, isNew: boolean, undo: Readonly<Record<string, string>>): Card {
  const actions = isNew ? [undoButton(formatLine({ root: 'papers', name: 'changes', args: undo }))] : [];
  return { tone: isNew ? 'done' : 'plain', blocks: [line(text)], actions };
}

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
