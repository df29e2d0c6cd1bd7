import { describe, expect, it } from 'vitest';
import { openWatchMatcher } from '../../../src/watches/matching/matcher-store.ts';
import { samplePaper } from '../../support/papers.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

const PAPERS = [
  samplePaper({ authors: ['Yann LeCun', 'Ada Lovelace'] }),
  samplePaper({
    id: '2301.00001',
    title: 'Attention for Robots in Kitchens',
    abstract: 'Robots learn where to look.',
    authors: ['Alan Turing'],
    published: '2023-01-01',
  }),
];
const MANY = Array.from({ length: 151 }, (_, at) =>
  samplePaper({ id: `2605.3${String(at).padStart(4, '0')}`, title: `Language Model ${at}` }),
);
const AT_ONCE = 'by private message, at once';
const DAILY = 'every day at 09:00 (Europe/Berlin)';

describe('a watch in words', () => {
  it.each([
    [
      'tell me when something new by Yann LeCun comes out',
      `You will be told about new papers by Yann LeCun, ${AT_ONCE}.`,
    ],
    [
      'watch diffusion models for proteins',
      `You will be told about new papers with “diffusion”, “models” and “proteins”, ${AT_ONCE}.`,
    ],
    [
      'alert me about papers like 2301.00001 once a day in this channel',
      `This channel will get new papers like “Attention for Robots in Kitchens”, ${DAILY}.`,
    ],
    [
      'alert us about robots, but not surveys',
      'This channel will get new papers with “robots”, without “surveys”, at once.',
    ],
    [
      'notify me about new papers on graph neural networks by Jure Leskovec every morning',
      `You will be told about new papers with “graph”, “neural” and “networks”, by Jure Leskovec, by private message, ${DAILY}.`,
    ],
    [
      'let me know when new work on "in-context learning" in cs.CL appears',
      `You will be told about new papers with “in-context learning”, in cs.CL, ${AT_ONCE}.`,
    ],
    [
      'keep an eye on protein folding daily',
      `You will be told about new papers with “protein” and “folding”, by private message, ${DAILY}.`,
    ],
    [
      '/papers watch 2301.00001',
      `You will be told about new papers like “Attention for Robots in Kitchens”, ${AT_ONCE}.`,
    ],
    [
      '/papers watch "protein design" -survey category:cs when:daily',
      `You will be told about new papers with “protein design”, without “survey”, in cs, by private message, ${DAILY}.`,
    ],
  ])('is read from “%s”', async (line, sentence) => {
    const { say } = await openHarness(PAPERS);
    expect((await say(line, GRACE)).text).toContain(sentence);
  });
});

describe('/papers watch', () => {
  it('by e-mail is refused, and the answer names the digest, which can be mailed', async () => {
    const { say } = await openHarness(PAPERS);
    const refused = await say('watch "chain of thought" by email', GRACE);
    expect(refused.text).toContain('/papers digest email:');
    await say('/papers watch detection of phishing by e-mail headers', GRACE);
    const watched = await say('/papers watches', GRACE);
    expect(watched.text).not.toContain('chain of thought');
    expect(watched.text).toContain('phishing');
  });

  it('says how many papers would have matched, and asks before it watches very many', async () => {
    const { say } = await openHarness([...PAPERS, ...MANY]);
    expect((await say('/papers watch author:LeCun', GRACE)).text).toContain(
      '1 stored paper of the last 30 days matches.',
    );
    expect((await say('/papers watch kitchen', GRACE)).text).toContain(
      'No stored paper of the last 30 days matches, but older ones do.',
    );
    expect((await say('/papers watch kitchn', GRACE)).text).toContain(
      'No stored paper has ever matched this. Did you mean “kitchen',
    );
    const asked = await say('/papers watch model', GRACE);
    expect(asked.text).toContain(
      '152 papers with “model” appeared in the last 30 days, about 5 a day. Nothing is watched yet',
    );
    expect((await say('what am I watching?', GRACE)).text).not.toContain('“model”');
    const pressed = await asked.press('Watch, once a day');
    expect(pressed.text).toContain(
      `You will be told about new papers with “model”, by private message, ${DAILY}.`,
    );
  });

  it('changes a watch that is there, and can be undone', async () => {
    const { say } = await openHarness(PAPERS);
    const made = await say('/papers watch robots', GRACE);
    const daily = await made.press('Once a day instead');
    expect(daily.text).toContain(
      `You are now told about new papers with “robots”, by private message, ${DAILY}.`,
    );
    expect((await say('/papers watch Robot when:daily', GRACE)).text).toContain('You are already told about');
    await made.press('Undo');
    expect((await say('/papers watches', GRACE)).text).toContain('Nothing is watched here yet');
  });

  it('asks which paper is meant when words match several', async () => {
    const { say } = await openHarness([
      ...PAPERS,
      samplePaper({ id: '2301.00002', title: 'Attention for Robots in Gardens' }),
    ]);
    const asked = await say('/papers watch like:attention robots', GRACE);
    const which = await say('/papers watch like:"attention for robots"', GRACE);
    expect(which.text).toContain('matches several papers, so nothing is watched yet. Which one?');
    const [first = ''] = which.buttons;
    expect((await which.press(first)).text).toContain(`You will be told about new papers like “${first}`);
    expect(asked.ok).toBe(false);
  });

  it.each([
    ['/papers watch', 'Say what to watch'],
    ['/papers watch the', 'has only words that every paper has'],
    ['/papers watch -survey', 'only leaves papers out'],
    ['/papers watch one two three four five six seven eight nine', 'at most 8 (got 9)'],
    ['/papers watch robots category:kitchen', '“kitchen” is not an arXiv category'],
    ['/papers watch robots when:weekly', 'when cannot be “weekly”'],
    ['/papers watch robots zone:Middle-earth', 'is not a time zone'],
    ['/papers watch like:9999.99999', 'is not an arXiv ID'],
    ['/papers unwatch robots', 'You watch nothing yet'],
  ])('answers %s with a sentence', async (line, sentence) => {
    const { say } = await openHarness(PAPERS);
    const { text, ok } = await say(line, GRACE);
    expect(text).toContain(sentence);
    expect(ok).toBe(false);
  });

  it('lets only those who manage a channel change its watches, and shows them to everyone', async () => {
    const { say } = await openHarness(PAPERS);
    const member = { ...ALAN, person: 'member', ...(GRACE.channel && { channel: GRACE.channel }) };
    const refused = await say('/papers watch robots to:channel', member);
    expect(refused.text).toContain('Only channel managers can change this channel’s watches.');
    expect((await say('/papers watch robots to:channel', ALAN)).text).toContain(
      'Papers cannot be posted here.',
    );
    await say('/papers watch robots to:channel', GRACE);
    await say('/papers watch protein', GRACE);
    const seen = await say('/papers watches', member);
    expect(seen.text).toMatch(/Posted in this channel\n1 · Papers with “robots”/);
    expect(seen.text).not.toContain('protein');
    for (const line of ['/papers unwatch 1', '/papers watches watch:1 do:pause', '/papers unwatch robots']) {
      expect((await say(line, member)).text).toContain('Only channel managers');
    }
    expect((await say('/papers unwatch 1', GRACE)).text).toContain(
      'This channel no longer gets new papers with “robots”.',
    );
  });
});

describe('the watches of a person', () => {
  it('are paused, resumed and ended in words', async () => {
    const { say } = await openHarness(PAPERS);
    await say('/papers watch "protein design"', GRACE);
    await say('/papers watch robots', GRACE);
    expect((await say('pause watching robots', GRACE)).text).toContain(
      'The watch for papers with “robots” is paused until you resume it.',
    );
    expect((await say('what am I watching?', GRACE)).text).toMatch(
      /“robots” · paused · nothing found in 30 days/,
    );
    expect((await say('pause watching robots', GRACE)).text).toContain('is already paused');
    expect((await say('resume watching robots', GRACE)).text).toContain('is looking for new papers again');
    expect((await say('unwatch', GRACE)).text).toContain(
      'Choose a watch by its number: 1 (with “protein design”), 2 (with “robots”).',
    );
    expect((await say('stop watching papers', GRACE)).text).toContain('No watch here is “papers”');
    const ended = await say('/papers stop watching protein', GRACE);
    expect(ended.text).toContain('You are no longer told about new papers with “protein design”.');
    await ended.press('Undo');
    expect((await say('/papers watches', GRACE)).text).toContain('2 watches');
  });

  it('are listed five to a page, with buttons for each', async () => {
    const { say } = await openHarness(PAPERS);
    for (const topic of ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'])
      await say(`/papers watch ${topic}`, GRACE);
    const first = await say('/papers watches', GRACE);
    expect(first.buttons).toHaveLength(11);
    const second = await first.press('Next');
    expect(second.text).toMatch(/Page 2 of 2/);
    expect(second.text).toContain('“zeta”');
    expect((await second.press('End 6')).text).toContain('no longer told about new papers with “zeta”');
  });

  it('list what they found, a page at a time, to everyone who can see them', async () => {
    const { say, papers, connection, clock } = await openHarness(PAPERS);
    await say('/papers watch language models to:channel', GRACE);
    await say('/papers watch robots', GRACE);
    await clock.advance(60_000);
    await papers.importBatch(MANY, { source: 'hugging-face', at: clock.now().toISOString() });
    const matcher = openWatchMatcher(connection);
    while (!(await matcher.step(clock.now())).isDone);
    const member = { ...ALAN, person: 'member', ...(GRACE.channel && { channel: GRACE.channel }) };
    const found = await say('what did my watch on language models find', member);
    expect(found.text).toMatch(/^151 papers with “language” and “models”\n1\. Language Model/);
    expect(found.text).toContain('matches “language” and “models” in the title');
    const next = await (await say('/papers watches watch:1 do:papers', GRACE)).press('Next ›');
    expect(next.text).toMatch(/Page 2\/\d/);
    expect((await say('/papers watches watch:2 do:papers', GRACE)).text).toContain(
      'The watch for papers with “robots” has found nothing in the last months.',
    );
  });

  it('are suggested while one is typed', async () => {
    const { say, suggest } = await openHarness(PAPERS);
    await say('/papers watch robots', GRACE);
    await say('/papers watch "protein design"', GRACE);
    expect(await suggest('unwatch', 'watch', 'prot', GRACE)).toEqual([
      { label: '2: with “protein design”', value: '2' },
    ]);
  });
});
