/** Questions about Discord, the language model, papers and this machine. */
import type { Session } from './session.ts';

const OPENAI = 'https://api.openai.com/v1';
/** Ollama's address. */
const LOCAL_SERVER = 'http://127.0.0.1:11434/v1';

/** Returns `false` to leave Discord out. */
export async function askDiscord(session: Session): Promise<boolean> {
  let explained = session.value('DISCORD_TOKEN') === undefined;
  if (explained) {
    session.prompts.explain('Discord bot', [
      '1. https://discord.com/developers/applications → New Application',
      '2. Bot (on the left) → Reset Token → Copy. Discord shows the token only once.',
      'The bot needs no privileged intents.',
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
      'Which language model should write summaries and answers?',
      [
        { value: 'openai', label: 'An OpenAI model', hint: 'needs an API key' },
        { value: 'other', label: 'A model on another server', hint: 'Ollama, vLLM, llama.cpp or a provider' },
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
    'New papers in these categories are loaded every morning. Full list: https://arxiv.org/category_taxonomy',
  );
  return session.settle(['ARXIV_CATEGORIES'], () => session.ask('ARXIV_CATEGORIES'), 'changed');
}

export async function askZone(session: Session): Promise<boolean> {
  session.prompts.say('Used for channels without a time zone of their own. The name of a city is enough.');
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  await session.ask('DEFAULT_ZONE', { proposed: timeZone });
  return true;
}

export async function askFolder(session: Session): Promise<boolean> {
  session.prompts.say('For the database, its backups and the log. Existing data is not moved.');
  return session.settle(['DATA_DIR'], () => session.ask('DATA_DIR'), 'changed');
}
