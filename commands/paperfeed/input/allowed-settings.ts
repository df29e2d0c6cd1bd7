/** Checks feed settings against what the platform lets the bot do in a channel. */

import { UserError } from '../../../src/base/errors.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import type { FeedSettings } from '../../../src/feeds/feed.ts';

export interface AllowedSettings {
  /** The requested settings, as far as the channel allows them. */
  readonly settings: FeedSettings;
  /** Notes for the answer. */
  readonly remarks: readonly string[];
}

/**
 * @param command its name, for the suggested line
 * @throws UserError if nothing can be posted, or a permission to open threads is missing
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
    throw new UserError(`${reason} Or post the list as one message: /paperfeed ${command} style:single`);
  }
  return {
    settings: { ...settings, style: 'single' },
    remarks: [`${reason}, so the list is posted as one message.`, ...remarks],
  };
}
