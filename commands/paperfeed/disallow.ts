/** `/paperfeed disallow`: undoes `allow`. */
import { UserError } from '../../src/base/errors.ts';
import { defineCommand } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { PERSON, parseUser, shownPerson } from './input/parse-user.ts';
import { ownChannel } from './input/permissions.ts';

export const disallow = defineCommand({
  root: 'paperfeed',
  name: 'disallow',
  description: 'Stop letting a person manage this channel’s feeds.',
  visibility: 'private',
  needs: {
    capability: 'named-managers',
    elsewhere:
      'Everyone with permission to manage this channel can change its feeds. Remove that permission in the channel’s settings.',
  },
  options: { person: PERSON },
  rest: 'person',
  changes: true,
  examples: ['/paperfeed disallow person:@ada'],
  async run({ args, services: { managers }, caller }) {
    const channel = ownChannel(caller);
    const manager = parseUser(args.person, 'disallow');
    if (!(await managers.unname(channel, manager.person))) {
      throw new UserError(
        'This person was not allowed to manage this channel’s feeds. See who is: /paperfeed list',
      );
    }
    return {
      tone: 'done',
      blocks: [line(`${shownPerson(manager)} can no longer manage this channel’s feeds.`)],
    };
  },
});
