/** Checks the application behind a token over HTTP, without a gateway connection. */
import { type RESTGetAPIGatewayBotResult, type RESTGetCurrentApplicationResult, Routes } from 'discord.js';
import { type Diagnostic, failing, info, ok } from '../../base/diagnostic.ts';
import { systemClock } from '../../time/clock.ts';
import { type DiscordSettings, openPostingRest } from './connection/client.ts';
import { connectedTooOften, startFault } from './connection/connect.ts';

export interface ExaminedApplication {
  /** Absent when Discord does not return it. */
  readonly id?: string;
  readonly diagnostics: readonly Diagnostic[];
}

const SUBJECT = 'Discord';
const PORTAL = 'discord.com/developers/applications';
/** A supervisor's restarts can use up this many connections in a day. */
const FEW_LEFT = 50;

/** Sends two small requests. Never throws. */
export async function examineApplication(settings: DiscordSettings): Promise<ExaminedApplication> {
  const rest = openPostingRest(settings);
  try {
    const application = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    const gateway = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    const name = application.bot?.username ?? application.name;
    return {
      id: application.id,
      diagnostics: [
        ok(SUBJECT, `the token belongs to ${name}; no privileged intents needed`),
        ...examinePortal(application),
        ...examineSessions(gateway),
      ],
    };
  } catch (error) {
    return { diagnostics: [failing(SUBJECT, startFault(error).message)] };
  }
}

/** Settings in the developer portal that prevent a bot from being added, or from receiving commands. */
function examinePortal(application: RESTGetCurrentApplicationResult): Diagnostic[] {
  const { interactions_endpoint_url: endpoint, bot_require_code_grant, bot_public } = application;
  return [
    ...(endpoint
      ? [
          failing(
            SUBJECT,
            `commands go to ${endpoint} instead of the bot. Clear Interactions Endpoint URL at ${PORTAL} (General Information).`,
          ),
        ]
      : []),
    ...(bot_require_code_grant
      ? [
          failing(
            SUBJECT,
            `the bot cannot be added to a server. Switch off Requires OAuth2 Code Grant at ${PORTAL} (Bot).`,
          ),
        ]
      : []),
    ...(bot_public
      ? []
      : [
          info(
            SUBJECT,
            `only the owner of the application can add the bot to a server. To let others add it, switch on Public Bot at ${PORTAL} (Bot).`,
          ),
        ]),
  ];
}

function examineSessions({ session_start_limit: limit }: RESTGetAPIGatewayBotResult): Diagnostic[] {
  const until = new Date(systemClock.now().getTime() + limit.reset_after).toISOString();
  if (limit.remaining === 0) return [failing(SUBJECT, connectedTooOften(until).message)];
  if (limit.remaining >= FEW_LEFT) return [];
  return [
    info(
      SUBJECT,
      `only ${limit.remaining} of ${limit.total} connections are left until ${until}. The bot restarts too often; check its log for the cause.`,
    ),
  ];
}
