/** What the platform lets the bot keep in a channel, before anything is promised there. */

import { UserError } from '../../../src/base/errors.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { FeedSettings } from '../../../src/feeds/feed.ts';

export interface AllowedSettings {
  /** What can be kept of the settings that were asked for. */
  readonly settings: FeedSettings;
  /** What is to be said beside the promise. */
  readonly remarks: readonly string[];
}

/**
 * @param command its name, as a way on
 * @throws UserError where nothing can be posted, or no thread be opened for want of a right
 */
export function allowedSettings(
  { postingRights = {} }: Caller,
  settings: FeedSettings,
  command: string,
): AllowedSettings {
  const { refusal, noThreads, remark } = postingRights;
  if (refusal !== undefined) throw new UserError(refusal);
  const remarks = remark === undefined ? [] : [remark];
  if (noThreads === undefined || settings.style === 'single') return { settings, remarks };
  const { reason, isForever } = noThreads;
  if (!isForever) {
    throw new UserError(`${reason} Or take the list as one message: /paperfeed ${command} style:single`);
  }
  return {
    settings: { ...settings, style: 'single' },
    remarks: [`${reason}: the list comes as one message.`, ...remarks],
  };
}
