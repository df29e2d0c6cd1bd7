/**
 * Serves the pages `/slack/install` and `/slack/oauth_redirect` with Slack's own library, which signs the
 * state, limits it to ten minutes, binds it to the browser, and exchanges the code for a token. The program
 * stores the result.
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
  /** Key that signs the state. */
  readonly stateSecret: string;
  readonly installations: InstallationStore;
}

export interface InstallOptions {
  readonly installing: Installing;
  readonly apiUrl: string;
  readonly log: Logger;
  /** Stores an installation, after other pending work for that workspace. */
  readonly save: (installation: Installation) => Promise<void>;
  /** Returns true for the first use of a state, and false for a replay. */
  readonly isUnused: (state: string) => Promise<boolean>;
}

const PATH = '/slack/install';

/** Options for Bolt's HTTP receiver to serve the pages. */
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
      // Only used by the library to authorize events, which `installed.ts` does here.
      fetchInstallation: () => Promise.reject(new Error('Tokens are not read by the library')),
    },
    installerOptions: {
      clientOptions: clientOptions(apiUrl, log),
      callbackOptions: {
        async beforeInstallation(_, request, response) {
          const state = new URL(request.url ?? '/', 'http://localhost').searchParams.get('state') ?? '';
          if (await isUnused(state)) return true;
          log.warn('slack: install state reused');
          refuse(response, USED_STATE);
          return false;
        },
        failure(error, _, __, response) {
          log.warn(describeError(error), 'slack: install failed');
          refuse(response, error.code);
        },
      },
    },
  };
}

/** Serves only the pages, for events through Socket Mode. Rejects POST requests. */
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

/** Our own code among the library's. */
const USED_STATE = 'used_state';

/** Messages for client errors, by the library's code. */
const OF_THE_REQUEST: Readonly<Record<string, string>> = {
  slack_oauth_installer_authorization_error: 'The installation was cancelled.',
  slack_oauth_invalid_state: 'This link has expired, or was opened in another browser.',
  slack_oauth_missing_state: 'This link has expired, or was opened in another browser.',
  [USED_STATE]: 'This link was already used.',
  slack_oauth_missing_code: 'Slack sent no installation code.',
};

function statusOf(code: string): number {
  return Object.hasOwn(OF_THE_REQUEST, code) ? 400 : 500;
}

function whyNot(code: string): string {
  const reason = OF_THE_REQUEST[code] ?? 'Slack rejected the installation, or it could not be stored.';
  return `${reason} <a href="${PATH}">Install Paperboy again</a>.`;
}
