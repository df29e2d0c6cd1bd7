/** The Discord entry of the platform list. */
import { catalogue } from '../../../commands/index.ts';
import { translations } from '../../../commands/locales/index.ts';
import { messageActions } from '../../../commands/message-actions.ts';
import { roots } from '../../../commands/roots.ts';
import { compact } from '../../base/compact.ts';
import { info } from '../../base/diagnostic.ts';
import { openTeams } from '../../library/teams.ts';
import { notConfigured, type Platform } from './platform.ts';

const LABEL = 'Discord';

export const discord: Platform = {
  label: LABEL,

  isConfigured: (config) => config.discord !== undefined,

  async open({ discord: settings, teams }, { sharedWork, log, announce, onDeath }) {
    if (!settings) throw notConfigured(LABEL);
    const { openDiscordChat } = await import('../../platforms/discord/adapter.ts');
    return openDiscordChat({
      ...settings,
      catalogue,
      menu: messageActions,
      roots,
      translations,
      teamOf: openTeams(teams),
      clock: sharedWork.clock,
      ...compact({ team: sharedWork.team }),
      log,
      onInvite: (url) => announce(`Add the bot to a server: ${url}`),
      onDeath,
    });
  },

  async examine({ discord: settings }) {
    if (!settings) return [info(LABEL, 'not set up. Set DISCORD_TOKEN to use it.')];
    const { examineDiscord } = await import('../../platforms/discord/examine.ts');
    return [...(await examineDiscord(settings)).diagnostics];
  },
};
