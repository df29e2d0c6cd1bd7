/** Questions about Slack: workspaces, connection, app and secrets. */
import { randomBytes } from 'node:crypto';
import { messageOf } from '../../base/errors.ts';
import { demandPublicAddress, manifestText } from '../slack-manifest.ts';
import { SLACK_APPS } from './asked.ts';
import type { Session } from './session.ts';

/** Bytes, as in `openssl rand -base64 32`. */
const KEY_BYTES = 32;

export function newSecretKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

/** Returns `false` to leave Slack out. */
export async function askSlack(session: Session): Promise<boolean> {
  const { prompts } = session;
  const several = await askWorkspaces(session);
  const overHttp = await askWay(session);
  const url = several || overHttp ? await askAddress(session) : undefined;
  const exists = await prompts.confirm(
    `Have you already created the app at ${SLACK_APPS}?`,
    session.value('SLACK_BOT_TOKEN') !== undefined || session.value('SLACK_CLIENT_ID') !== undefined,
  );
  if (exists) sayManifestCommand(session, { overHttp, url });
  else showManifest(session, { overHttp, several, url });

  // The settings that are present select the mode, so those of other modes are removed.
  if (!several)
    for (const name of ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const) session.set(name, undefined);
  if (overHttp) session.set('SLACK_APP_TOKEN', undefined);

  const known = several ? await settleClient(session) : await settleBot(session);
  if (!known) return false;
  if (several || overHttp) await session.ask('SLACK_PORT');
  return overHttp ? settleSigning(session) : settleApp(session);
}

async function askWorkspaces(session: Session): Promise<boolean> {
  const choice = await session.prompts.choose(
    'Which Slack workspaces should the bot serve?',
    [
      { value: 'one', label: 'Only mine' },
      { value: 'several', label: 'Every workspace that installs it', hint: 'needs a public https address' },
    ],
    session.value('SLACK_CLIENT_ID') === undefined ? 'one' : 'several',
  );
  return choice === 'several';
}

async function askWay(session: Session): Promise<boolean> {
  const isHttp =
    session.value('SLACK_SIGNING_SECRET') !== undefined && session.value('SLACK_APP_TOKEN') === undefined;
  const choice = await session.prompts.choose(
    'How should events from Slack reach the bot?',
    [
      {
        value: 'socket',
        label: 'Socket Mode',
        hint: 'needs no public address',
      },
      { value: 'http', label: 'HTTP', hint: 'needs a public https address' },
    ],
    isHttp ? 'http' : 'socket',
  );
  return choice === 'http';
}

async function askAddress({ prompts }: Session): Promise<string> {
  const address = await prompts.text({
    message: 'Public address of the bot, such as https://bot.example.org',
    initial: 'https://',
    validate: (text) => whyNot(() => demandPublicAddress(text.trim())),
  });
  return address.trim().replace(/\/+$/, '');
}

function whyNot(demand: () => void): string | undefined {
  try {
    demand();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

interface App {
  readonly overHttp: boolean;
  readonly url: string | undefined;
}

/** Addresses for the manifest. */
export function addressesOf({ overHttp, url }: App) {
  if (url === undefined) return {};
  return overHttp ? { url } : { install: url };
}

function showManifest({ prompts }: Session, app: App & { readonly several: boolean }): void {
  // Printed first, so that the steps stay visible.
  prompts.print(`\n${manifestText({ history: true, ...addressesOf(app) })}\n`);
  prompts.explain('Slack app', [
    `1. ${SLACK_APPS} → Create New App → From a manifest`,
    '2. Choose your workspace. Under JSON, paste the text above, from { to }.',
    `   To get it as a file: ${manifestCommand(app)} > slack-app.json`,
    '3. Next → Create',
    app.several
      ? '4. Manage Distribution → Public Distribution → Activate'
      : '4. Install App → Install to Workspace → Allow',
  ]);
}

function sayManifestCommand({ prompts }: Session, app: App): void {
  prompts.say(
    `If you chose other options when you created it, paste the new manifest on the app’s App Manifest page: ${manifestCommand(app)}`,
  );
}

function manifestCommand(app: App): string {
  const options = Object.entries(addressesOf(app)).map(([name, address]) => `--${name} ${address}`);
  return ['npm run -s paperboy --', 'manifest', ...options].join(' ');
}

function settleBot(session: Session): Promise<boolean> {
  return session.settle(['SLACK_BOT_TOKEN'], () => session.ask('SLACK_BOT_TOKEN'));
}

async function settleClient(session: Session): Promise<boolean> {
  const isWorking = await session.settle(['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'], async () => {
    await session.ask('SLACK_CLIENT_ID');
    await session.ask('SLACK_CLIENT_SECRET');
  });
  if (isWorking && session.value('SECRET_KEY') === undefined) {
    session.set('SECRET_KEY', newSecretKey());
    session.prompts.say(
      'A new SECRET_KEY encrypts the workspaces’ tokens in the database. Keep a copy, but not next to the backups.',
    );
  }
  return isWorking;
}

function settleApp(session: Session): Promise<boolean> {
  return session.settle(['SLACK_APP_TOKEN'], () => session.ask('SLACK_APP_TOKEN'));
}

function settleSigning(session: Session): Promise<boolean> {
  return session.settle(['SLACK_SIGNING_SECRET'], () => session.ask('SLACK_SIGNING_SECRET'));
}
