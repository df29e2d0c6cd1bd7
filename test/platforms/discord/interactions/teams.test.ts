/** Papers saved on a server are on the list for that server only. */
import { describe, expect, it } from 'vitest';
import { openTeams } from '../../../../src/library/teams.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';
const OTHER = '2605.10002';
const BY_SERVER = openTeams({ joined: false, strangers: new Set() });
const ONE = openTeams({ joined: true, strangers: new Set() });

async function openServers(teamOf = BY_SERVER) {
  const frame = await openFrame({ chat: { teamOf } });
  const { discord, channel, ada } = frame;
  const elsewhere = discord.addGuild({ name: 'Another lab' }).channel('papers');
  const team = async (where = channel, person = frame.alan) =>
    shownText(await person.command(where, 'papers', 'saved', { scope: 'team' }).answered);
  const save = (where: typeof channel, paper = PAPER) =>
    ada.command(where, 'papers', 'save', { paper }).answered;
  return { ...frame, elsewhere, team, save };
}

describe('the list of a team', () => {
  it('holds what was saved on its server, by command and by reaction, and nothing from another', async () => {
    const { channel, elsewhere, ada, save, team } = await openServers();
    await save(channel);
    const list = await ada.command(channel, 'papers', 'trending').answered;
    ada.react(list, '2️⃣');
    await expect.poll(() => team()).toContain('2 papers');
    expect(await team(elsewhere)).toMatch(/^Nobody in your team has saved a paper yet/);
    const found = await ada.command(elsewhere, 'papers', 'saved', { scope: 'team', query: 'routing' })
      .answered;
    expect(shownText(found)).toMatch(/^No paper on the team’s list matches/);
  });

  it('counts in a trending list where it was saved alone', async () => {
    const { channel, elsewhere, alan, save } = await openServers();
    await save(channel, OTHER);
    const trending = async (where: typeof channel) =>
      shownText(await alan.command(where, 'papers', 'trending').answered);
    expect(await trending(channel)).toContain('1 save');
    expect(await trending(elsewhere)).not.toContain('1 save');
  });

  it('is none alone with the bot, where the own list is whole', async () => {
    const { channel, elsewhere, ada, save, team } = await openServers();
    await save(channel);
    await save(elsewhere, OTHER);
    await save(ada.dm(), '2605.10003');
    expect(await team(ada.dm(), ada)).toMatch(/^Direct messages have no team list\./);
    expect(shownText(await ada.command(ada.dm(), 'papers', 'saved').answered)).toContain(
      'Your list · 3 papers',
    );
    expect(await team(channel)).toContain('1 paper');
  });

  it('is one of all servers where the bot is for one lab', async () => {
    const { channel, elsewhere, ada, save, team } = await openServers(ONE);
    await save(channel);
    await save(ada.dm(), OTHER);
    expect(await team(elsewhere)).toContain('2 papers');
    expect(await team(ada.dm())).toContain('2 papers');
  });
});

describe('a reaction on one server', () => {
  it('that is taken back leaves what was saved on another', async () => {
    const { channel, elsewhere, ada, save, team, savedBy } = await openServers();
    await save(channel);
    const card = await ada.command(elsewhere, 'papers', 'show', { paper: PAPER }).answered;
    ada.react(card, '🔖');
    await expect.poll(() => team(elsewhere)).toContain('1 paper');
    ada.unreact(card, '🔖');
    await expect.poll(() => team(elsewhere)).toMatch(/^Nobody/);
    expect(await savedBy(ada.id)).toEqual([PAPER]);
    expect(await team(channel)).toContain('1 paper');
  });
});

describe('what was saved when all servers had one list', () => {
  async function openBefore(servers: number) {
    const frame = await openFrame({ chat: { teamOf: BY_SERVER } });
    const { discord, chat, startBot, channel, ada, alan, library } = frame;
    await chat.stop();
    const who = { platform: 'discord', workspace: 'discord', person: ada.id, team: 'local' };
    await library.save(who, PAPER, '2026-05-01T12:00:00Z');
    const others = Array.from({ length: servers - 1 }, (_, more) =>
      discord.addGuild({ name: `Lab ${more}` }),
    );
    const again = await startBot();
    const team = async () =>
      shownText(await alan.command(channel, 'papers', 'saved', { scope: 'team' }).answered);
    const isOnOneLeft = async () => {
      await again.stop();
      for (const other of others) other.kickBot();
      await startBot();
    };
    return { team, isOnOneLeft };
  }

  it('is the list of the only server that the bot is on', async () => {
    const { team } = await openBefore(1);
    expect(await team()).toContain('Routing Tokens');
  });

  it('is on nobody’s list but that of who saved it where there are several', async () => {
    const { team, isOnOneLeft } = await openBefore(2);
    expect(await team()).toMatch(/^Nobody in your team has saved a paper yet/);
    await isOnOneLeft();
    expect(await team()).toMatch(/^Nobody in your team has saved a paper yet/);
  });
});
