/**
 * The pages `/slack/install` and `/slack/oauth_redirect`, which are Slack's own library's: a state that is signed, holds for ten
 * minutes and is bound to the browser, and the code exchanged for the token. What comes of it is kept by the program.
 */
import type { ServerResponse } from 'node:http';
import { HTTPReceiver, type HTTPReceiverOptions, type Installation } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { InstallationStore } from '../../../chat/handlers.ts';
import { clientOptions, toSlackLogger } from '../connection/client.ts';
import { describeError } from '../connection/errors.ts';
import { type Listening, type ListeningOptions, openListening } from '../connection/listening.ts';
import { HISTORY_SCOPES, SCOPES } from './manifest.ts';

export interface Installing {
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the state is signed with. */
  readonly stateSecret: string;
  readonly installations: InstallationStore;
}

export interface InstallOptions {
  readonly installing: Installing;
  readonly apiUrl: string;
  readonly log: Logger;
  /** Keeps what a workspace gave, in its turn after what else is done about that workspace. */
  readonly save: (installation: Installation) => Promise<void>;
  /** True the first time it is asked about a state: each state is for one installation. */
  readonly isUnused: (state: string) => Promise<boolean>;
}

const PATH = '/slack/install';

/** What makes an HTTP receiver of Bolt's serve the pages. */
export function installPages({
  installing,
  apiUrl,
  log,
  save: keep,
  isUnused,
}: InstallOptions): Partial<HTTPReceiverOptions> {
  const { clientId, clientSecret, stateSecret } = installing;
  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: [...SCOPES, ...HISTORY_SCOPES],
    installationStore: {
      storeInstallation: keep,
      // The library asks for tokens only where it authorizes events, which `installed.ts` does.
      fetchInstallation: () => Promise.reject(new Error('Tokens are read by the program itself')),
    },
    installerOptions: {
      clientOptions: clientOptions(apiUrl, log),
      callbackOptions: {
        async beforeInstallation(_, request, response) {
          const state = new URL(request.url ?? '/', 'http://localhost').searchParams.get('state') ?? '';
          if (await isUnused(state)) return true;
          log.warn('somebody came back with the state of an installation that was made already');
          refuse(response, USED_STATE);
          return false;
        },
        failure(error, _, __, response) {
          log.warn(describeError(error), 'a workspace could not install the app');
          refuse(response, error.code);
        },
      },
    },
  };
}

/** The pages alone, where events come through a socket. Nothing that is posted there is taken. */
export function openInstallPages(
  options: InstallOptions,
  where: Omit<ListeningOptions, 'answer'>,
): Listening {
  const receiver = new HTTPReceiver({
    ...installPages(options),
    endpoints: [],
    signingSecret: '',
    signatureVerification: false,
    logger: toSlackLogger(options.log),
  });
  return openListening({
    ...where,
    answer: (request, response) => receiver.requestListener(request, response),
  });
}

function refuse(response: ServerResponse, code: string): void {
  response.writeHead(statusOf(code), { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Paperboy</title><p>${whyNot(code)}</p>`);
}

/** Our own word among the library's. */
const USED_STATE = 'used_state';

/** Faults of the request, by the library's words for them. */
const OF_THE_REQUEST: Readonly<Record<string, string>> = {
  slack_oauth_installer_authorization_error: 'The installation was cancelled.',
  slack_oauth_invalid_state: 'This address is too old, or was opened in another browser.',
  slack_oauth_missing_state: 'This address is too old, or was opened in another browser.',
  [USED_STATE]: 'This address was used already.',
  slack_oauth_missing_code: 'Slack sent nothing along to install with.',
};

function statusOf(code: string): number {
  return Object.hasOwn(OF_THE_REQUEST, code) ? 400 : 500;
}

function whyNot(code: string): string {
  const reason = OF_THE_REQUEST[code] ?? 'Slack did not let the app in, or what it gave could not be kept.';
  return `${reason} <a href="${PATH}">Install Paperboy again</a>.`;
}
