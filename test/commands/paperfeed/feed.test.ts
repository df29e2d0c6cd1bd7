import { describe, expect, it } from 'vitest';
import { feedCommands } from '../../../commands/paperfeed/commands.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import { extraSlot, slotOf } from '../../../src/delivery/planning/slots.ts';
import { LAB, sampleFeed } from '../../support/feeds.ts';
import { listedPapers } from '../../support/papers.ts';
import { ALAN, GRACE, openHarness } from '../harness.ts';

const FRIDAY = '2026-05-29';
const friday = listedPapers(FRIDAY, 9);

/** Friday noon in UTC, two in the afternoon in Berlin. */
async function openChannel(records = friday) {
  const harness = await openHarness(records);
  const say = (line: string, caller: Caller = GRACE) => harness.say(line, caller);
  const text = async (line: string) => (await say(line)).text;
  const only = async () => {
    const [feed] = await harness.feeds.of(LAB);
    if (!feed) throw new Error('nothing is followed');
    return feed;
  };
  return { ...harness, say, text, only };
}

describe('feeds of a channel are changed by its managers only', () => {
  const { channel: _place, ...nowhere } = GRACE;
  const { canManageChannel: _, ...member } = GRACE;
  const others: ReadonlyArray<readonly [string, Caller, RegExp]> = [
    ['a member', member, /^Only (channel managers|the channel’s creator)/],
    [
      'a member who is said not to manage it',
      { ...GRACE, canManageChannel: false },
      /^Only (channel managers|the channel’s creator)/,
    ],
    ['somebody outside of a channel', nowhere, /^Papers cannot be posted here\./],
  ];

  it.each(
    others.flatMap(([who, caller, sentence]) =>
      feedCommands
        .filter(({ name }) => !['why', 'dismiss', 'subjects'].includes(name))
        .map((command) => [who, command.name, command, caller, sentence] as const),
    ),
  )(
    '%s cannot run %s, by a typed line or a forged request',
    async (_who, _name, command, caller, sentence) => {
      const harness = await openChannel();
      await harness.say('/paperfeed follow');
      const before = await harness.feeds.of(LAB);
      const values = 'paper' in command.options ? { paper: '2605.10001' } : {};
      const answers = [
        await harness.say(command.examples[0], caller),
        await harness.request({ root: 'paperfeed', name: command.name, values, caller }),
      ];
      for (const { ok, text } of answers)
        expect([ok, text]).toEqual([false, expect.stringMatching(sentence)]);
      expect(await harness.feeds.of(LAB)).toEqual(before);
    },
  );

  it('completion offers feeds only to channel managers', async () => {
    const { say, suggest } = await openChannel();
    await say('/paperfeed follow');
    expect(await suggest('edit', 'feed', '', GRACE, 'paperfeed')).toEqual([
      { label: 'a: 5 trending papers every weekday at 09:00 (Europe/Berlin)', value: 'a' },
    ]);
    expect(await suggest('edit', 'feed', '', member, 'paperfeed')).toEqual([]);
    expect(await suggest('edit', 'feed', '', nowhere, 'paperfeed')).toEqual([]);
    expect((await suggest('follow', 'zone', 'berl', GRACE, 'paperfeed')).map(({ value }) => value)).toEqual([
      'Europe/Berlin',
    ]);
  });
});

describe('following', () => {
  it('follow says what will be posted and when, in the channel’s time zone', async () => {
    const { say, only } = await openChannel();
    const said = await say('/paperfeed follow');
    expect([said.ok, said.text]).toEqual([
      true,
      [
        'This channel will get 5 trending papers every weekday at 09:00 (Europe/Berlin). Next: Mon 1 June, 09:00, in 3 days.',
        'Preview it: /paperfeed preview · Change it: /paperfeed edit · Stop: /paperfeed unfollow',
      ].join('\n'),
    ]);
    expect(await only()).toMatchObject({ manager: 'grace', channel: LAB, from: 'command' });
  });

  it('follow accepts all options in one line, including quoted lists', async () => {
    const { text, only } = await openChannel();
    const said = await text(
      '/paperfeed follow "reinforcement learning", cs.RO min_votes:10 exclude:survey, "large language model" time:3pm zone:"new york" days:mon-thu',
    );
    expect(said).toMatch(
      /^This channel will get 5 trending papers every Monday, Tuesday, Wednesday and Thursday at 15:00 \(America\/New_York\)\. Next: Mon 1 June, 15:00, in 3 days\.\nOnly papers about “reinforcement learning” or cs\.RO, with at least 10 votes; never “survey” or “large language model”\.\n/,
    );
    expect((await only()).settings).toMatchObject({
      include: ['reinforcement learning', 'cs.RO'],
      exclude: ['survey', 'large language model'],
    });
  });

  it.each([
    ['period:week count:10', /the top 10 papers of the past week every Monday at 09:00/],
    ['period:month count:1', /the top paper of the past month on the 1st of every month at 09:00/],
    ['days:daily', /every day at 09:00 \(Europe\/Berlin\)\. Next: Sat 30 May, 09:00, tomorrow\./],
    ['time:16:30', /Next: Fri 29 May, 16:30, in 3 hours\./],
    ['time:14:20', /Next: Fri 29 May, 14:20, in 20 minutes\./],
    ['thin:skip', /Posts nothing if fewer than 5 papers match\./],
    ['author:"Ada Lovelace"', /Only papers by Ada Lovelace\./],
    ['exclude:survey', /\nNever “survey”\.\n/],
    ['min_votes:10', /\nOnly papers with at least 10 votes\.\n/],
    ['style:single', /Posts a single message, without a thread\./],
  ])('follow describes %s in words', async (options, words) => {
    const { text } = await openChannel();
    expect(await text(`/paperfeed follow ${options}`)).toMatch(words);
  });

  it('follow refuses a duplicate feed and too many feeds', async () => {
    const { text, say } = await openChannel();
    await say('/paperfeed follow');
    expect(await text('/paperfeed follow count:5')).toBe(
      'This channel already has that feed, a: 5 trending papers every weekday at 09:00 (Europe/Berlin). See it: /paperfeed list',
    );
    for (let hour = 10; hour < 19; hour++) await say(`/paperfeed follow time:${hour}`);
    expect(await text('/paperfeed follow time:20')).toMatch(/^This channel already has 10 feeds/);
  });

  it('a command without feed: lists the feeds if the channel has several', async () => {
    const { text, say } = await openChannel();
    await say('/paperfeed follow');
    expect(await text('/paperfeed follow period:week')).toMatch(
      /This is feed b, one of 2 here\.\n.*preview feed:b/,
    );
    const listed =
      'a (5 trending papers every weekday at 09:00 (Europe/Berlin)), b (the top 5 papers of the past week every Monday at 09:00 (Europe/Berlin))';
    expect(await text('/paperfeed unfollow')).toBe(
      `This channel has 2 feeds. Add feed:a to choose one: ${listed}.`,
    );
    expect(await text('/paperfeed unfollow feed:x')).toBe(
      `This channel has no feed x. Available: ${listed}.`,
    );
    expect(await text('/paperfeed unfollow B')).toMatch(/^This channel no longer gets the top 5 papers/);
  });
});

describe('the Undo button', () => {
  it.each([
    ['of a new feed removes it', [], 'follow robotics, cs.CL weekly'],
    ['of a change brings the old settings back', ['follow robotics daily at 8:15, no surveys'], 'edit cs.CV'],
    ['of a change of the period brings the days back', ['follow days:mon,wed count:3'], 'edit period:month'],
    [
      'of a removal brings the feed back',
      ['follow "world models", author:"Ada Lovelace" at 7 in Berlin'],
      'unfollow',
    ],
    ['of a pause ends it', ['follow'], 'pause until monday'],
  ])('%s', async (_, before, change) => {
    const { say, feeds } = await openChannel();
    for (const line of before) await say(`/paperfeed ${line}`);
    const settings = async () => (await feeds.of(LAB)).map((feed) => [feed.settings, feed.pausedUntil]);
    const were = await settings();
    const { card } = await say(`/paperfeed ${change.replace(' cs.CV', ' include:cs.CV exclude:none')}`);
    const undo = card.actions?.find(({ label }) => label === 'Undo');
    expect(await settings()).not.toEqual(were);
    await say(undo?.kind === 'run' ? undo.line : 'nothing to press');
    expect(await settings()).toEqual(were);
  });
});

describe('changing a feed', () => {
  it('edit changes only the given options and shows the whole feed', async () => {
    const { text, only } = await openChannel();
    await text('/paperfeed follow robots min_votes:10');
    expect(await text('/paperfeed edit count:3 include:none')).toMatch(
      /^This channel now gets 3 trending papers every weekday at 09:00 .*\nOnly papers with at least 10 votes\.\n/,
    );
    expect((await only()).settings).toMatchObject({ count: 3, include: [], minVotes: 10 });
    expect(await text('/paperfeed edit')).toBe(
      'Name an option to change, for example: /paperfeed edit count:3',
    );
  });

  it.each([
    ['follow robotics daily at 9 utc+2', 'Europe/Berlin'],
    ['follow robotics at 9am in GMT -5', 'America/New_York'],
    ['follow robotics at 9:00 +05:30', 'Asia/Kolkata'],
    ['edit zone:UTC+2', 'Europe/Berlin'],
  ])('an offset from UTC is refused with places, and no topic: %s', async (line, place) => {
    const { text, feeds } = await openChannel();
    if (line.startsWith('edit')) await text('/paperfeed follow');
    const were = await feeds.of(LAB);
    expect(await text(`/paperfeed ${line}`)).toMatch(
      new RegExp(`is not a time zone\\. It can mean .*${place}.*Use the one you mean\\.`),
    );
    expect(await feeds.of(LAB)).toEqual(were);
  });

  it('pause stops a feed until a day or until it is resumed', async () => {
    const { text, only } = await openChannel();
    await text('/paperfeed follow');
    expect(await text('/paperfeed pause until:2026-06-08')).toMatch(
      /^Paused until Mon 8 June\. Next: Mon 8 June, 09:00, in 10 days\./,
    );
    expect(await text('/paperfeed pause until 29 feb')).toMatch(
      /^Paused until Tue 29 February 2028\. Next: Tue 29 February 2028, 09:00, in 641 days\./,
    );
    expect(await text('/paperfeed pause')).toMatch(/^Paused until it is resumed\./);
    expect(await text('/paperfeed list')).toContain('Paused until it is resumed.');
    expect(await text('/paperfeed resume')).toMatch(
      /^This channel gets 5 trending papers .* Next: Mon 1 June/,
    );
    expect((await only()).pausedUntil).toBeUndefined();
    expect(await text('/paperfeed resume')).toMatch(/^This feed was not paused\.\n/);
    expect(await text('/paperfeed pause until:2026-05-29')).toMatch(
      /^“2026-05-29” is not a future date\. For example:/,
    );
  });

  it('a feed from a file cannot be edited by a command', async () => {
    const { text, feeds } = await openChannel();
    await feeds.replaceFileFeeds([{ ...sampleFeed(), id: 'robots' }], '2026-05-01T00:00:00Z');
    for (const line of ['/paperfeed edit count:3', '/paperfeed unfollow']) {
      expect(await text(line)).toBe(
        'Feed robots is defined in the file set by FEEDS_FILE. Change it there, then restart the bot.',
      );
    }
    expect(await text('/paperfeed list')).toContain('Defined in the file set by FEEDS_FILE.');
    expect(await text('/paperfeed pause')).toMatch(/^Paused/);
  });
});

describe('the list of feeds', () => {
  it('list shows the next and the last post of each feed', async () => {
    const { text, outside, feeds, only } = await openChannel();
    expect(await text('/paperfeed list')).toBe('This channel has no feeds yet. Start with /paperfeed follow');
    await text('/paperfeed follow');
    expect(await text('/paperfeed list')).toBe(
      [
        'This channel’s feed',
        'a  5 trending papers every weekday at 09:00 (Europe/Berlin).',
        'Next: Mon 1 June, 09:00, in 3 days.',
        'Nothing has been posted yet.',
      ].join('\n'),
    );
    outside.health = {
      lastPost: '2026-05-28T07:01:00Z',
      lastTrouble: { at: '2026-05-29T07:30:00Z', reason: 'there is no list for that day' },
    };
    await feeds.disable(await only(), 'Discord says: missing access');
    expect((await text('/paperfeed list')).split('\n').slice(2)).toEqual([
      'Stopped: Discord says: missing access.',
      'Last post: Thu 28 May, 09:01.',
      'Fri 29 May, 09:30: there is no list for that day.',
    ]);
  });
});

describe('a preview', () => {
  it('preview shows the digest and counts the papers left out', async () => {
    const { say, digestComposer, only, clock } = await openChannel();
    await say('/paperfeed follow exclude:robots count:2 min_votes:30');
    const feed = await only();
    const composed = await digestComposer.compose(feed, extraSlot(feed, clock.now()), clock.now(), false);
    if (composed.kind !== 'ready') throw new Error(composed.reason);
    const { card } = await say('/paperfeed preview');
    const { root } = composed.digest;
    expect({ ...card, blocks: card.blocks.slice(0, -1) }).toEqual(root);
    expect(card.blocks.at(-1)).toEqual({
      kind: 'text',
      text: ['Left out: 2 with “robots”, 4 ranked lower, 1 with fewer than 30 votes.'],
    });
  });

  it('preview on a day without a list shows the newest list', async () => {
    const { text, clock } = await openChannel();
    await text('/paperfeed follow');
    await clock.advance(24 * 3_600_000);
    expect(await text('/paperfeed preview')).toMatch(
      /\nNothing would be posted now: there is no list for that day\. From the newest list \(Friday 29 May\), it would post:\n1\. /,
    );
  });

  it('preview without matches gives the reasons', async () => {
    const { say } = await openChannel();
    await say('/paperfeed follow dragons');
    const { text, ok } = await say('/paperfeed preview');
    expect([ok, text]).toEqual([
      false,
      [
        'Nothing would be posted now: none of the 9 papers on the list is new and matches. A scheduled post would wait for a while.',
        'Left out: 9 on other topics.',
      ].join('\n'),
    ]);
  });
});

describe('posting now', () => {
  it('post reports the outcome and the next post', async () => {
    const { text, outside } = await openChannel();
    await text('/paperfeed follow');
    expect(await text('/paperfeed post')).toBe(
      'Posted 5 papers. They will not be posted here again.\nNext: Mon 1 June, 09:00, in 3 days.',
    );
    outside.postNow = async () => ({ kind: 'nothing', reason: 'there is no list for that day' });
    expect(await text('/paperfeed post')).toBe(
      'Nothing was posted: there is no list for that day. See why: /paperfeed preview',
    );
    outside.postNow = async () => ({ kind: 'failed', reason: 'The channel is archived.' });
    expect(await text('/paperfeed post')).toBe('The channel is archived.');
  });
});

describe('why', () => {
  it('why before the first post says if the paper would be chosen', async () => {
    const { text } = await openChannel();
    await text('/paperfeed follow exclude:robots');
    expect(await text('/paperfeed why 2605.10001')).toBe(
      [
        'Mixture of Experts for robots, Part 1',
        'Nothing has been posted here yet. It would not be chosen from the list for Friday 29 May: it matches “robots”, which this feed excludes.',
        'Now: rank 1 of 9 · score 18.5 · ▲ 90',
      ].join('\n'),
    );
  });

  it.each(['/papers why', '/paperfeed why'])(
    '%s answers people who do not manage the channel',
    async (why) => {
      const { say, text } = await openChannel();
      await text('/paperfeed follow exclude:robots');
      const member = { ...ALAN, channel: LAB };
      expect((await say(`${why} 2605.10001`, member)).text).toContain(
        'it matches “robots”, which this feed excludes.',
      );
      for (const line of ['/paperfeed edit count:2', '/paperfeed unfollow', '/paperfeed list'])
        expect((await say(line, member)).text, line).toMatch(/^Only channel managers can change/);
    },
  );

  it('why outside of channels says where it works', async () => {
    const { say } = await openChannel();
    expect((await say('/papers why 2605.10001', ALAN)).text).toBe(
      'There are no feeds here. Use /papers why in a channel that gets papers.',
    );
  });

  it('a withdrawn paper is in no thread, and why says that it was withdrawn', async () => {
    const comment = 'This paper has been withdrawn';
    const { text } = await openChannel(friday.map((paper, at) => (at === 0 ? { ...paper, comment } : paper)));
    await text('/paperfeed follow');
    expect(await text('/paperfeed why 2605.10001')).toContain(
      'Withdrawn\nNothing has been posted here yet. It would not be chosen from the list for Friday 29 May: it was withdrawn.',
    );
    expect(await text('/paperfeed preview')).not.toContain('Mixture of Experts for robots, Part 1');
  });

  it('why explains each reason for the last thread', async () => {
    const { text, only, posted } = await openChannel([
      ...friday,
      ...listedPapers('2026-05-27', 1).map(older),
    ]);
    await text('/paperfeed follow count:2 min_votes:30');
    const feed = await only();
    await posted.record(feed, slotOf(feed, '2026-05-28', false), ['2605.10001']);
    await posted.record(feed, slotOf(feed, FRIDAY, false), ['2605.10002', '2605.10003']);
    const why = async (id: string) => (await text(`/paperfeed why ${id}`)).split('\n')[1];
    const thread = 'the last post here, for Friday 29 May';
    expect(await why('2605.10002')).toBe(`It was in ${thread}.`);
    expect(await why('2605.10001')).toBe(
      `It was not in ${thread}: it was posted here on Thursday 28 May, from the day’s list.`,
    );
    expect(await why('2605.10009')).toBe(
      `It was not in ${thread}: it has 10 votes, and this feed needs at least 30.`,
    );
    expect(await why('2605.10004')).toBe(
      `It was not in ${thread}: it matches, but 2 other matches rank above it.`,
    );
    expect(await why('2605.20001')).toBe(
      `It was not in ${thread}: it was not on the list for Friday 29 May, but on the list for Wednesday 27 May.`,
    );
    expect(await text('/paperfeed why 9999.99999')).toContain('is not an arXiv ID');
  });

  it('why says that a paper has risen since the last thread', async () => {
    const { text, only, posted } = await openChannel();
    await text('/paperfeed follow count:1');
    const feed = await only();
    await posted.record(feed, slotOf(feed, FRIDAY, false), ['2605.10005']);
    expect(await text('/paperfeed why 2605.10001')).toContain(
      'other papers ranked above it then; it has risen since.',
    );
  });
});

function older<T extends { id?: string; title: string }>(record: T): T {
  return { ...record, id: '2605.20001', title: `${record.title}, Earlier` };
}

describe('a bare /paperfeed', () => {
  it.each(['/paperfeed', '/paperfeed help', '/paperfeed ?', '/paperfeed --help'])(
    'and help with it explain its commands: %s',
    async (line) => {
      const { text } = await openChannel();
      expect(await text(line)).toMatch(/^Channel feeds\n.*\/paperfeed follow.*\/paperfeed why/s);
    },
  );
});
