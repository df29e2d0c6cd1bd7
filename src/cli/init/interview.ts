/** Interviews the operator: asks what to set up, asks for each value, and confirms before writing. */
import { faultOf } from '../../config/config.ts';
import { SETTINGS, type SettingName } from '../../config/settings.ts';
import { ASKED_NAMES, type AskedName, isSecret } from './asked.ts';
import { isSetIn } from './environment.ts';
import { askDiscord, askFolder, askModel, askPapers, askZone } from './parts.ts';
import type { Choice } from './prompts.ts';
import type { Session } from './session.ts';
import { askSlack } from './slack.ts';

interface Part {
  readonly label: string;
  /** Current state, as a hint for the choice. */
  readonly state: (session: Session) => string;
  /** Returns `false` to leave this part out. */
  readonly ask: (session: Session) => Promise<boolean>;
}

const PARTS = {
  discord: {
    label: 'Discord',
    state: (session) => (session.value('DISCORD_TOKEN') === undefined ? NOT_SET : 'a token is set'),
    ask: askDiscord,
  },
  slack: { label: 'Slack', state: slackState, ask: askSlack },
  model: {
    label: 'Language model',
    state: (session) => session.value('OPENAI_MODEL') ?? 'not set; summaries and answers are extracted',
    ask: askModel,
  },
  papers: {
    label: 'arXiv categories',
    state: (session) => session.value('ARXIV_CATEGORIES') ?? NOT_SET,
    ask: askPapers,
  },
  zone: { label: 'Time zone', state: (session) => session.value('DEFAULT_ZONE') ?? NOT_SET, ask: askZone },
  folder: { label: 'Data folder', state: (session) => session.value('DATA_DIR') ?? NOT_SET, ask: askFolder },
} as const satisfies Record<string, Part>;

type PartName = keyof typeof PARTS;

const PART_NAMES = Object.keys(PARTS) as PartName[];
const NOT_SET = 'not set';
/** Preselected for a new operator. */
const FIRST: readonly PartName[] = ['papers', 'zone'];

function slackState(session: Session): string {
  if (session.value('SLACK_CLIENT_ID') !== undefined) return 'installed by workspaces themselves';
  if (session.value('SLACK_BOT_TOKEN') === undefined) return NOT_SET;
  return session.value('SLACK_APP_TOKEN') === undefined ? 'set, over HTTP' : 'set, with Socket Mode';
}

/** @returns true if the answers should be written. @throws Cancelled */
export async function interview(session: Session): Promise<boolean> {
  const { prompts, before } = session;
  const isFirst = ASKED_NAMES.every((name) => !isSetIn(before, name));
  sayFaults(session);
  const choices = PART_NAMES.map((value): Choice<PartName> => {
    const { label, state }: Part = PARTS[value];
    return { value, label, hint: state(session) };
  });
  if (!isFirst) {
    const states = choices.map(({ label, hint }) => `${label}: ${hint}`);
    prompts.explain('Current settings', states);
  }
  const question = isFirst ? 'What do you want to set up?' : 'What do you want to set up or change?';
  const chosen = await prompts.chooseSeveral(question, choices, isFirst ? FIRST : []);
  for (const name of PART_NAMES.filter((each) => chosen.includes(each))) await askPart(session, PARTS[name]);
  if (session.changes.size === 0) return false;
  prompts.explain(
    'Changes to .env',
    [...session.changes].map(([name, value]) => line(session, name, value)),
  );
  return prompts.confirm('Write these changes?', true);
}

async function askPart(session: Session, { ask }: Part): Promise<void> {
  const before = new Map(session.changes);
  if (await ask(session)) return;
  session.changes.clear();
  for (const [name, value] of before) session.changes.set(name, value);
}

/** Never shows a secret. */
function line(session: Session, name: AskedName, value: string | undefined): string {
  if (value === undefined) return `${name}: removed`;
  if (isSecret(name)) return `${name}: ${isSetIn(session.before, name) ? 'replaced' : 'new'}`;
  const now = session.before[name]?.trim();
  return `${name}=${value}${now ? ` (now ${now})` : ''}`;
}

/** Warns about settings that would prevent a start, before the first question. */
function sayFaults({ prompts, before }: Session): void {
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const fault = faultOf(before, name);
    if (fault !== undefined) prompts.warn(`${name} ${fault}. Fix it in .env or the environment.`);
  }
}
