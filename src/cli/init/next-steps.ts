/** Next steps after the settings are written. */
import type { Environment } from '../../config/environment.ts';
import type { AskedName } from './asked.ts';
import { isSetIn } from './environment.ts';

interface Next {
  /** Address to add the bot to a Discord server, if known. */
  readonly invite: string | undefined;
  /** Settings that the next start will use. */
  readonly environment: Environment;
}

/** Warnings about settings that have no effect because of another setting. */
export function unused(environment: Environment): string[] {
  const isSet = (name: AskedName) => isSetIn(environment, name);
  return [
    ...(isSet('SLACK_SIGNING_SECRET') && isSet('SLACK_APP_TOKEN')
      ? [
          'SLACK_SIGNING_SECRET has no effect while SLACK_APP_TOKEN is set (Socket Mode). Remove one of them from .env.',
        ]
      : []),
    ...(isSet('SLACK_BOT_TOKEN') && isSet('SLACK_CLIENT_ID')
      ? [
          'SLACK_BOT_TOKEN has no effect while SLACK_CLIENT_ID is set (workspaces install the bot). Remove one of them from .env.',
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
      ? ['Add the bot to your Discord server: open the link that npm start prints']
      : []),
    ...(invite === undefined ? [] : [`Add the bot to your Discord server:\n${invite}`]),
    ...(overHttp || installs
      ? [`Have your proxy forward /slack/ at the public address to port ${port} on this machine`]
      : []),
    ...(installs ? ['Install it in a workspace: open /slack/install at the public address'] : []),
    ...(hasSlack ? ['In Slack: type /invite @paperboy in the channels that should get papers'] : []),
    hasDiscord || hasSlack
      ? 'In a channel: type /papers trending, and /paperfeed follow for a daily thread'
      : 'Type /papers trending',
  ];
  const numbered = steps.map((step, at) => `  ${at + 1}. ${step.replaceAll('\n', '\n     ')}`);
  return [
    'Next:',
    ...numbered,
    '',
    'npm run paperboy -- doctor   checks all settings',
    'npm run paperboy -- init     changes settings',
  ].join('\n');
}
