/** What is left to do once the settings are written. */
import type { Environment } from '../../config/config.ts';
import type { AskedName } from './asked.ts';
import { isSetIn } from './environment.ts';

interface Next {
  /** Discord's, where it told. */
  readonly invite: string | undefined;
  /** As the next start reads them. */
  readonly environment: Environment;
}

/** What is written down and does nothing, because of another setting. */
export function unused(environment: Environment): string[] {
  const isSet = (name: AskedName) => isSetIn(environment, name);
  return [
    ...(isSet('SLACK_SIGNING_SECRET') && isSet('SLACK_APP_TOKEN')
      ? [
          'SLACK_SIGNING_SECRET does nothing while SLACK_APP_TOKEN is set, which opens a socket. Take one of them out of .env.',
        ]
      : []),
    ...(isSet('SLACK_BOT_TOKEN') && isSet('SLACK_CLIENT_ID')
      ? [
          'SLACK_BOT_TOKEN does nothing while SLACK_CLIENT_ID is set, by which workspaces install the bot. Take one of them out of .env.',
        ]
      : []),
  ];
}

export function nextSteps({ invite, environment }: Next): string {
  const isSet = (name: AskedName) => isSetIn(environment, name);
  const hasDiscord = isSet('DISCORD_TOKEN');
  const installs = isSet('SLACK_CLIENT_ID');
  const hasSlack = installs || isSet('SLACK_BOT_TOKEN');
  const overHttp = hasSlack && !isSet('SLACK_APP_TOKEN');
  const port = environment['SLACK_PORT']?.trim() || '3000';
  const steps = [
    'npm start',
    ...(hasDiscord && invite === undefined
      ? ['Add the bot to your Discord server by the address it prints']
      : []),
    ...(invite === undefined ? [] : [`Add the bot to your Discord server:\n${invite}`]),
    ...(overHttp || installs
      ? [`Let your proxy pass /slack/ of the public address on to port ${port} here`]
      : []),
    ...(installs ? ['Install it in a workspace: /slack/install at the public address'] : []),
    ...(hasSlack ? ['In Slack: /invite @paperboy in channels that should follow papers'] : []),
    hasDiscord || hasSlack
      ? 'In a channel: /papers trending, and /paperfeed follow for a daily thread'
      : 'Type /papers trending',
  ];
  const numbered = steps.map((step, at) => `  ${at + 1}. ${step.replaceAll('\n', '\n     ')}`);
  return [
    'Next:',
    ...numbered,
    '',
    'npm run paperboy -- doctor   checks all of it again',
    'npm run paperboy -- init     changes a setting',
  ].join('\n');
}
