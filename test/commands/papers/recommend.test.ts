import { describe, expect, it } from 'vitest';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

const ROBOTS = 'robot grasping gripper manipulation torque tactile joint policy'.split(' ');
const PROTEINS = 'protein folding residue amino structure backbone enzyme binding'.split(' ');

function about(words: readonly string[], month: string): PaperRecord[] {
  return Array.from({ length: 9 }, (_, at) => ({
    id: `${month}.${String(at + 1).padStart(5, '0')}`,
    title: `The ${words[at % 8]} of ${words[(at + 3) % 8]} in part ${words[0]}${at}`,
    abstract: `We study ${words[0]} ${words[1]} and ${words[(at + 2) % 8]} with ${words[(at + 5) % 8]}. Reinforcement learning (RL) is used for ${words[0]} ${words[1]}.`,
    authors: ['Ada Lovelace'],
    categories: ['cs.RO'],
    published: '2020-01-01T00:00:00Z',
  }));
}

const PAPERS = [...about(ROBOTS, '2001'), ...about(PROTEINS, '2002')];

async function openLab() {
  const harness = await openHarness(PAPERS);
  const saveThree = async () => {
    for (const at of [1, 2, 3]) await harness.say(`/papers save 2001.0000${at}`);
  };
  return { ...harness, saveThree };
}

describe('/papers recommend', () => {
  it('asks for papers or subjects until there are three, and takes them in words', async () => {
    const { say } = await openLab();
    expect((await say('/papers recommend')).text).toContain(
      'Nothing is known of your taste yet. Save 3 papers, or name papers or subjects that you like.',
    );
    const topical = await say('/papers recommend protein folding');
    expect((await topical.press('Search for “protein folding”')).card.title).toContain('“protein folding”');
    await say('/papers save 2001.00001');
    expect((await say('/papers recommend')).text).toContain('There is only 1 to go by. Save 2 more papers');
    const told = await say('/papers i like 2001.00002, protein folding');
    expect(told.text).toContain('You will get more papers like');
    expect((await say('/papers recommend')).card.title).toBe('Recommended for you');
  });

  it('says why for each paper, and offers more and less like it', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    const { card, text } = await say('what should i read');
    expect(text).toMatch(/Because you saved “The \w+ of \w+ in part robot\d”/);
    const [entry] = card.blocks.filter((block) => block.kind === 'entry');
    expect(entry?.actions).toMatchObject([
      {
        label: 'More like',
        line: expect.stringMatching(/^\/papers taste about:\S+ do:more$|^\/papers taste do:more about:\S+$/),
      },
      { label: 'Less like' },
    ]);
  });

  it('recommends on a subject, and after a day', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    const { card } = await say('recommend me something on protein folding');
    const papers = card.blocks.flatMap((block) => (block.kind === 'entry' ? [block.paper] : []));
    expect(papers.length).toBeGreaterThan(0);
    expect(papers.every((id) => id.startsWith('2002.'))).toBe(true);
    const late = await say('/papers recommend since:2026');
    expect(late.text).toContain('There is nothing to recommend');
    expect((await late.press('Without a limit')).card.title).toBe('Recommended for you');
  });

  it('has pages', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    const first = await say('/papers recommend limit:3');
    const second = await first.press('Next ›');
    expect(second.text).toContain('Page 2/');
  });

  it('recommends to the team from the saves of all', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    const { card, text } = await say('/papers recommend scope:team', GRACE);
    expect(card.title).toBe('Recommended for your team');
    expect(text).toContain('Because your team saved');
    expect((await say('/papers recommend', ALAN)).text).toContain('Nothing is known of your taste yet');
  });
});

describe('as people say it', () => {
  const caller = { ...ALAN, person: 'ada' };

  it.each([
    ['what should i read?', 'Recommended for you'],
    ['anything new for me?', 'Recommended for you'],
    ['Recommend me something on protein folding', 'Recommended for you about “protein folding”'],
    ['why do you think i like that?', 'Your taste'],
    ['why did you recommend 2?', 'Your taste'],
    ['papers I might like', 'Recommended for you'],
    ['any recommendations?', 'Recommended for you'],
    ['show me recommendations, please', 'Recommended for you'],
    ["our team's recommendations", 'Recommended for your team'],
    ['show me what my team likes', 'What your team likes'],
    ['which papers should I read?', 'Recommended for you'],
    ['what should our team read?', 'Recommended for your team'],
    ['what does my team like?', 'What your team likes'],
    ['what is our lab interested in', 'What your team likes'],
  ])('%s', async (words, title) => {
    const { request, saveThree } = await openLab();
    await saveThree();
    expect((await request({ said: words, caller })).card.title).toBe(title);
  });

  it.each([
    ['not interested in RL', 'no more papers about RL and reinforcement learning'],
    ['stop recommending robotics please', 'no more papers about robotics.'],
    ["I'm interested in protein design", 'more papers about protein design'],
    [
      'I like 2001.00005, diffusion models',
      'more papers like “The torque of policy in part robot4” and diffusion models',
    ],
    ['forget my taste', 'This forgets the papers and subjects'],
    ['turn off recommendations', 'Recommendations are off for you'],
    ['turn my recommendations off, please', 'Recommendations are off for you'],
    ["I'm interested in protein folding again", 'more papers about protein folding.'],
    ['stop sending me robotics', 'no more papers about robotics.'],
    ['add protein folding to my interests', 'more papers about protein folding.'],
    ['forget gates', 'You have said nothing about “gates”, so nothing changes.'],
    ["I'm not interested in this one", 'Which paper is “this one”?'],
    ['what do you know about me', 'Data stored about you'],
    ['forget me', 'Data stored about you'],
    ['clear my taste', 'This forgets the papers and subjects'],
  ])('%s', async (words, answer) => {
    const { request, saveThree } = await openLab();
    await saveThree();
    expect((await request({ said: words, caller })).text).toContain(answer);
  });

  it('after a list, words about a taste are no filter of the list', async () => {
    const { request } = await openLab();
    await request({ said: 'protein folding', caller });
    expect((await request({ said: 'not interested in robotics', caller })).text).toContain(
      'You will get no more papers about robotics.',
    );
  });

  it.each([
    'forget robotics',
    'forget what I said about robotics',
    'remove robotics from my interests',
    'take robotics off my taste',
    '/papers taste forget robotics',
    '/papers forget robotics',
  ])('after “not interested in robotics”: %s', async (words) => {
    const { request, say } = await openLab();
    await request({ said: 'not interested in robotics', caller });
    const answer = words.startsWith('/') ? await say(words, caller) : await request({ said: words, caller });
    expect(answer.text).toContain('What you said about robotics no longer counts.');
  });

  it.each([
    ['not for me: 2', 'fewer papers like'],
    ["I don't want to see 2 again", 'fewer papers like'],
    ['hide 2', 'fewer papers like'],
    ['I liked the second one', 'more papers like'],
    ['thumbs up for 2', 'more papers like'],
  ])('after a list, “%s” is about a paper of it, and no filter', async (words, answer) => {
    const { request } = await openLab();
    const { card } = await request({ said: 'protein folding', caller });
    const [, second] = card.blocks.flatMap((block) => (block.kind === 'entry' ? [block] : []));
    expect((await request({ said: words, caller })).text).toContain(`${answer} “${second?.title}”`);
  });

  it('what the team likes is not shown in a direct message', async () => {
    const { request } = await openLab();
    const alone = { ...caller, isAlone: true as const };
    expect((await request({ said: 'what does my team like', caller: alone })).text).toContain(
      'Direct messages have no team list.',
    );
  });

  it('“less of 3”, “find papers similar to 1 and 2” and “something like the first one” name papers of the list', async () => {
    const { request } = await openLab();
    const list = () => request({ said: 'protein folding', caller });
    await list();
    expect((await request({ said: 'less of 3 please', caller })).text).toContain('fewer papers like “');
    await list();
    const both = await request({ said: 'find papers similar to 1 and 2', caller });
    expect(both.card.title).toMatch(/^Papers similar to “.*” and “/);
    await list();
    const one = await request({ said: 'something like the first one', caller });
    expect(one.card.title).toMatch(/^Papers similar to “/);
  });

  it.each([
    ['/papers taste reset', 'This forgets the papers and subjects'],
    ['/papers taste off', 'Recommendations are off for you'],
    ['/papers taste on', 'Your taste'],
    ['/papers taste more robots', 'You will get more papers about robots.'],
    ['/papers taste less of robots', 'You will get no more papers about robots.'],
    ['/papers taste on-policy learning', 'More or less like “on-policy learning”?'],
  ])('%s', async (line, answer) => {
    const { say, saveThree } = await openLab();
    await saveThree();
    expect((await say(line)).text).toContain(answer);
  });

  it('the number of a paper in the last list names it', async () => {
    const { request, say, saveThree } = await openLab();
    await saveThree();
    const { card } = await request({ said: 'what should i read', caller });
    const [, second] = card.blocks.flatMap((block) => (block.kind === 'entry' ? [block] : []));
    expect((await request({ said: 'less like 2', caller })).text).toContain(
      `You will get fewer papers like “${second?.title}”`,
    );
    expect((await request({ said: 'more like 1', caller })).card.title).toContain('Papers similar to');
    expect((await say('/papers taste')).text).toContain('1 paper that you want less like');
  });
});

describe('/papers taste', () => {
  it('says in words what recommendations go by', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    const { text } = await say('/papers taste');
    expect(text).toContain('3 saved papers');
    expect(text).toMatch(/robot grasping \(3\)/);
    expect(text).toContain('Ada Lovelace (3)');
    expect(text).toContain('cs.RO (3)');
  });

  it('takes a subject off by a button, and allows it again', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    const off = await (await say('/papers taste')).press('Less robot grasping');
    expect(off.text).toContain('You will get no more papers about robot grasping.');
    expect((await say('/papers recommend')).text).not.toContain('robot');
    await off.press('Undo');
    expect((await say('/papers recommend')).text).toContain('robot');
  });

  it('takes off a subject in other words, and an abbreviation with what it stands for', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    expect((await say('not interested in RL')).text).toContain(
      'You will get no more papers about RL and reinforcement learning.',
    );
    expect((await say('/papers taste')).text).toContain('Not for you: reinforcement learning · RL');
    expect((await say('stop recommending galaxies')).text).toContain('no more papers about galaxies');
  });

  it('a paper that somebody wants less like is not recommended again', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    const { card } = await say('/papers recommend');
    const [, second] = card.blocks.filter((block) => block.kind === 'entry');
    const less = await say(`/papers taste do:less about:${second?.paper}`);
    expect(less.text).toContain('You will get fewer papers like');
    const next = await say('/papers recommend');
    const papers = next.card.blocks.flatMap((block) => (block.kind === 'entry' ? [block.paper] : []));
    expect(papers).not.toContain(second?.paper);
    await less.press('Undo');
  });

  it('asks which way is meant when a name stands alone', async () => {
    const { say } = await openLab();
    const asked = await say('/papers taste robotics');
    expect(asked.text).toContain('More or less like “robotics”?');
    expect((await asked.press('Less')).text).toContain('no more papers about robotics');
  });

  it('turns recommendations off, and on again', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    expect((await say('turn off recommendations')).text).toContain('Recommendations are off for you.');
    const off = await say('/papers recommend');
    expect(off.text).toContain('Recommendations are off for you.');
    await off.press('Turn them on');
    expect((await say('/papers recommend')).card.title).toBe('Recommended for you');
  });

  it('forgets the taste after a second question, and keeps the saved papers', async () => {
    const { say, saveThree } = await openLab();
    await saveThree();
    await say('not interested in galaxies');
    const asked = await say('/papers forget my taste');
    expect(asked.text).toContain('This cannot be undone.');
    expect((await say('/papers taste')).text).toContain('galaxies');
    await asked.press('Forget my taste');
    expect((await say('/papers recommend')).text).toContain('Nothing is known of your taste yet');
    expect((await say('/papers saved')).text).toContain('3 papers');
  });

  it('says what is wrong with what was named', async () => {
    const { say } = await openLab();
    expect((await say('/papers taste do:less')).text).toContain('Name papers or subjects.');
    expect((await say('/papers taste do:less about:"the of"')).text).toContain(
      'has no word that a paper could be about',
    );
    expect((await say(`/papers taste do:less about:"${'long '.repeat(20)}"`)).text).toContain(
      'at most 60 characters',
    );
  });
});
