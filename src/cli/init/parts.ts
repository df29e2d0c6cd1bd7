/** What an interview asks about Discord and the language model, and about papers and this machine. */
import type { Session } from './session.ts';

const OPENAI = 'https://api.openai.com/v1';
/** Where Ollama listens. */
const LOCAL_SERVER = 'http://127.0.0.1:11434/v1';

/** `false`: it is to be left out. */
export async function askDiscord(session: Session): Promise<boolean> {
  let explained = session.value('DISCORD_TOKEN') === undefined;
  if (explained) {
    session.prompts.explain('A bot for Discord', [
      '1. https://discord.com/developers/applications → New Application',
      '2. Bot (at the left) → Reset Token → Copy. Discord shows it once.',
      'No privileged intent is needed.',
    ]);
  }
  return session.settle(['DISCORD_TOKEN'], async () => {
    await session.ask('DISCORD_TOKEN', { explained });
    explained = false;
  });
}

export async function askModel(session: Session): Promise<boolean> {
  return session.settle(['OPENAI_MODEL'], async () => {
    const present = session.value('OPENAI_BASE_URL') ?? OPENAI;
    const where = await session.prompts.choose(
      'Which language model writes summaries and answers?',
      [
        { value: 'openai', label: 'One of OpenAI’s', hint: 'needs an API key' },
        { value: 'other', label: 'One on another server', hint: 'Ollama, vLLM, llama.cpp or a provider' },
      ],
      present === OPENAI ? 'openai' : 'other',
    );
    if (where === 'openai') session.set('OPENAI_BASE_URL', OPENAI);
    else await session.ask('OPENAI_BASE_URL', { proposed: present === OPENAI ? LOCAL_SERVER : present });
    await session.ask('OPENAI_API_KEY', { optional: where === 'other' });
    await session.ask('OPENAI_MODEL');
  });
}

export async function askPapers(session: Session): Promise<boolean> {
  session.prompts.say(
    'New papers in these are loaded each morning. The full list: https://arxiv.org/category_taxonomy',
  );
  return session.settle(['ARXIV_CATEGORIES'], () => session.ask('ARXIV_CATEGORIES'), 'changed');
}

export async function askZone(session: Session): Promise<boolean> {
  session.prompts.say('Used for channels that name no time zone. The name of a city will do.');
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  await session.ask('DEFAULT_ZONE', { proposed: timeZone });
  return true;
}

export async function askFolder(session: Session): Promise<boolean> {
  session.prompts.say(
    'For the database, its backups and the log. Nothing is moved from the folder used before.',
  );
  return session.settle(['DATA_DIR'], () => session.ask('DATA_DIR'), 'changed');
}
