/** Chooses the event receiver, and adds the installation pages. */
import { UserError } from '../../base/errors.ts';
import type { Listening } from './connection/listening.ts';
import { openRequests, type RequestOptions } from './connection/requests.ts';
import { type EventReceiver, openSockets, type SocketOptions } from './connection/sockets.ts';
import {
  type Installing,
  type InstallOptions,
  installPages,
  openInstallPages,
} from './workspaces/install.ts';
import type { WorkspaceRegistry } from './workspaces/workspace-registry.ts';

export interface ReceiverOptions
  extends Omit<SocketOptions, 'appToken'>,
    Omit<RequestOptions, 'signingSecret' | 'pages'> {
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly installing?: Installing | undefined;
}

/**
 * Uses Socket Mode if there is an app token, because it needs no public address except for the installation
 * pages.
 * @throws UserError when neither is set
 */
export function openReceiver(
  options: ReceiverOptions,
  keep: WorkspaceRegistry['save'],
  isUnused: InstallOptions['isUnused'],
): EventReceiver {
  const { appToken, signingSecret, installing } = options;
  const install = installing && keep && { ...options, installing, save: keep, isUnused };
  if (appToken !== undefined) {
    const sockets = openSockets({ ...options, appToken });
    return install ? beside(openInstallPages(install, options), sockets) : sockets;
  }
  if (signingSecret !== undefined) {
    return openRequests({ ...options, signingSecret, ...(install && { pages: installPages(install) }) });
  }
  throw new UserError(
    'Slack needs SLACK_APP_TOKEN or SLACK_SIGNING_SECRET. Set one in .env or the environment.',
  );
}

function beside(pages: Listening, events: EventReceiver): EventReceiver {
  return {
    ...events,
    async start() {
      await pages.start();
      await events.start();
    },
    async stop() {
      await Promise.all([pages.stop(), events.stop()]);
    },
  };
}
