/** Checks the application behind a token by what Discord tells of it, without connecting. */
import { type RESTGetAPIGatewayBotResult, type RESTGetCurrentApplicationResult, Routes } from 'discord.js';
import { systemClock } from '../../clock.ts';
import { broken, type Finding, note, works } from '../../finding.ts';
import { type DiscordSettings, openPostingRest } from './client.ts';
import { connectedTooOften, startFault } from './connect.ts';

export interface ExaminedApplication {
  /** Of the application; absent when Discord does not tell. */
  readonly id?: string;
  readonly findings: readonly Finding[];
}

const SUBJECT = 'Discord';
const PORTAL = 'discord.com/developers/applications';
/** Connections that a day of restarts by a supervisor can use up. */
const FEW_LEFT = 50;

/** Two small requests. Never throws. */
export async function examineApplication(settings: DiscordSettings): Promise<ExaminedApplication> {
  const rest = openPostingRest(settings);
  try {
    const application = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    const gateway = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    const name = application.bot?.username ?? application.name;
    return {
      id: application.id,
      findings: [
        works(SUBJECT, `the token is that of ${name}; no privileged intent is needed`),
        ...examinePortal(application),
        ...examineSessions(gateway),
      ],
    };
  } catch (error) {
    return { findings: [broken(SUBJECT, startFault(error).message)] };
  }
}

/** Switches of the developer portal that keep a bot from being added, or from hearing its commands. */
function examinePortal(application: RESTGetCurrentApplicationResult): Finding[] {
  const { interactions_endpoint_url: endpoint, bot_require_code_grant, bot_public } = application;
  return [
    ...(endpoint
      ? [
          broken(
            SUBJECT,
            `commands go to ${endpoint} and not to the bot. Empty Interactions Endpoint URL at ${PORTAL} (General Information).`,
          ),
        ]
      : []),
    ...(bot_require_code_grant
      ? [
          broken(
            SUBJECT,
            `the bot cannot be added to a server. Switch Requires OAuth2 Code Grant off at ${PORTAL} (Bot).`,
          ),
        ]
      : []),
    ...(bot_public
      ? []
      : [
          note(
            SUBJECT,
            `only the owner of the application can add the bot to a server. To let others add it, switch Public Bot on at ${PORTAL} (Bot).`,
          ),
        ]),
  ];
}

function examineSessions({ session_start_limit: limit }: RESTGetAPIGatewayBotResult): Finding[] {
  const until = new Date(systemClock.now().getTime() + limit.reset_after).toISOString();
  if (limit.remaining === 0) return [broken(SUBJECT, connectedTooOften(until).message)];
  if (limit.remaining >= FEW_LEFT) return [];
  return [
    note(
      SUBJECT,
      `only ${limit.remaining} of ${limit.total} connections are left until ${until}. Something starts the bot again and again; the log says why.`,
    ),
  ];
}
