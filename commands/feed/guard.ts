/** Who may say what a channel gets: every `/paperfeed` command takes its channel from here and from nowhere else. */
import type { Place } from '../../src/chat/port.ts';
import type { Caller } from '../../src/command/define.ts';
import { UserError } from '../../src/errors.ts';

/**
 * The channel in which it was asked, for somebody who manages it. The platform's word counts, whatever its menus showed or a forged
 * request says.
 * @throws UserError for everybody else, and where nothing can be posted
 */
export function managedPlace({ place, manages }: Caller): Place {
  if (place === undefined) {
    throw new UserError(
      'Nothing can be posted here. Use /paperfeed in the channel that is to get the papers.',
    );
  }
  if (manages !== true) {
    throw new UserError(
      'Only those who manage this channel can say what it gets. For yourself there is /papers trending',
    );
  }
  return place;
}
