/** `/paperfeed allow`: lets another person manage this channel's feeds. */
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { PERSON, parseUser, shownPerson } from './input/parse-user.ts';
import { ownChannel } from './input/permissions.ts';

export const allow = defineCommand({
  root: 'paperfeed',
  name: 'allow',
  description: 'Let another person manage this channel’s feeds.',
  visibility: 'private',
  needs: {
    capability: 'named-managers',
    elsewhere:
      'Everyone with permission to manage this channel can change its feeds. Give that permission in the channel’s settings.',
  },
  options: { person: PERSON },
  rest: 'person',
  changes: true,
  examples: ['/paperfeed allow person:@ada'],
  async run({ args, services: { managers }, caller, now }) {
    const channel = ownChannel(caller);
    const manager = parseUser(args.person, 'allow');
    const isNew = await managers.name(channel, manager, caller.person, now.toISOString());
    return {
      tone: 'done',
      blocks: [line(`${shownPerson(manager)} ${isNew ? MAY : 'can already manage this channel’s feeds.'}`)],
      footer: ['Undo: ', { kind: 'code', text: '/paperfeed disallow' }],
    };
  },
});

const MAY = 'can now manage this channel’s feeds.';
