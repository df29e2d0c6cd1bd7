/** `/paperfeed disallow`: takes back what `allow` said. */
import { UserError } from '../../src/base/errors.ts';
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { PERSON, parseUser, shownPerson } from './input/parse-user.ts';
import { ownChannel } from './input/permissions.ts';

export const disallow = defineCommand({
  root: 'paperfeed',
  name: 'disallow',
  description: 'Take back that somebody else may say what this channel gets.',
  visibility: 'private',
  needs: {
    capability: 'named-managers',
    elsewhere:
      'Whoever may manage this channel can change its feeds: people get and lose that right in the channel’s settings.',
  },
  options: { person: PERSON },
  rest: 'person',
  examples: ['/paperfeed disallow person:@ada'],
  async run({ args, services: { managers }, caller }) {
    const channel = ownChannel(caller);
    const manager = parseUser(args.person, 'disallow');
    if (!(await managers.unname(channel, manager.person))) {
      throw new UserError('Nobody has let them say what this channel gets. Who may: /paperfeed list');
    }
    return {
      tone: 'done',
      blocks: [line(`${shownPerson(manager)} can no longer say what this channel gets.`)],
    };
  },
});
