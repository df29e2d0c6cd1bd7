/** `/paperfeed allow`: somebody else may say what this channel gets. */
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { PERSON, parseUser, shownPerson } from './input/parse-user.ts';
import { ownChannel } from './input/permissions.ts';

export const allow = defineCommand({
  root: 'paperfeed',
  name: 'allow',
  description: 'Let somebody else say what this channel gets.',
  visibility: 'private',
  needs: {
    capability: 'named-managers',
    elsewhere:
      'Whoever may manage this channel can already change its feeds: people get that right in the channel’s settings.',
  },
  options: { person: PERSON },
  rest: 'person',
  examples: ['/paperfeed allow person:@ada'],
  async run({ args, services: { managers }, caller, now }) {
    const channel = ownChannel(caller);
    const manager = parseUser(args.person, 'allow');
    const isNew = await managers.name(channel, manager, caller.person, now.toISOString());
    return {
      tone: 'done',
      blocks: [line(`${shownPerson(manager)} ${isNew ? MAY : 'may do that already.'}`)],
      footer: ['Take it back: ', { kind: 'code', text: '/paperfeed disallow' }],
    };
  },
});

const MAY = 'may say from now on what this channel gets.';
