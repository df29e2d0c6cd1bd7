/**
 * The Slack entry of the platform list: one workspace by its token, or all workspaces that install the app.
 */
import { catalogue } from '../../../commands/index.ts';
import { messageActions } from '../../../commands/message-actions.ts';
import { roots } from '../../../commands/roots.ts';
import { compact } from '../../base/compact.ts';
import type { Config } from '../../config/config.ts';
import { openTeams } from '../../library/teams.ts';
import type { Installing } from '../../platforms/slack/workspaces/install.ts';
import { systemClock } from '../../time/clock.ts';
import { openInstallations } from '../../workspaces/installations.ts';
import { openSealing } from '../../workspaces/sealing.ts';
import type { Stores } from '../stores.ts';
import { notConfigured, type Platform } from './platform.ts';
import { examineSlack } from './slack-examination.ts';

const LABEL = 'Slack';

export const slack: Platform = {
  label: LABEL,

  isConfigured: (config) => config.slack !== undefined,

  async open({ slack: settings, saveEmoji, teams }, { stores, sharedWork, log, onDeath }) {
    if (!settings) throw notConfigured(LABEL);
    const teamOf = openTeams(teams);
    const { openSlackChat } = await import('../../platforms/slack/adapter.ts');
    return openSlackChat({
      ...settings,
      catalogue,
      menu: messageActions,
      roots,
      saveEmoji,
      teamOf: (workspace) => teamOf({ platform: 'slack', workspace }),
      installing: await installingOf(settings, stores),
      clock: sharedWork.clock,
      ...compact({ openSharedPace: sharedWork.team?.openSharedPace }),
      log,
      onListening: (port) => log.info({ port }, 'slack: listening'),
      onDeath,
    });
  },

  examine: examineSlack,
};

/** Stores the tokens of workspaces that install the app themselves. */
async function installingOf(
  { install }: NonNullable<Config['slack']>,
  { workspaces }: Stores,
): Promise<Installing | undefined> {
  if (!install) return undefined;
  const { clientId, clientSecret, secretKey } = install;
  const sealing = await openSealing(secretKey);
  return {
    clientId,
    clientSecret,
    stateSecret: sealing.keyFor('the state of an installation'),
    installations: openInstallations({ workspaces, sealing, clock: systemClock }),
  };
}
