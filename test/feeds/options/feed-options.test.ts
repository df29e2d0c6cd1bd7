import { describe, expect, it } from 'vitest';
import { defaultSettings, withOptions } from '../../../src/feeds/options/feed-options.ts';
import { formatTerms, parseTerms } from '../../../src/feeds/options/terms.ts';
import { parseWeekdays } from '../../../src/feeds/options/weekdays.ts';
import { parseTime } from '../../../src/time/times.ts';
import { parseZone, suggestZones } from '../../../src/time/zones.ts';

describe('a time of day', () => {
  it.each([
    ['9', '09:00'],
    ['9:30', '09:30'],
    ['09:00', '09:00'],
    ['9.30', '09:30'],
    ['9h30', '09:30'],
    ['0930', '09:30'],
    ['9am', '09:00'],
    ['9 AM', '09:00'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['11:45 p.m.', '23:45'],
    ['21h', '21:00'],
    ['０９：３０', '09:30'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
  ])('%s is read as %s', (typed, time) => expect(parseTime(typed)).toBe(time));

  it.each(['24', '9:60', '13pm', '0am', '', 'nine', '-3', '9:3', '9:30:15', 'x'.repeat(500)])(
    '%s is refused with an example',
    (typed) => expect(() => parseTime(typed)).toThrow(/is not a time of day\. For example: time:9:30/),
  );
});

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['America/new-york', 'America/New_York'],
    ['utc', 'UTC'],
    ['gmt', 'UTC'],
    ['UTC+0', 'UTC'],
    ['Z', 'UTC'],
    ['GMT±00:00', 'UTC'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Kyiv', 'Europe/Kyiv'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Mumbai', 'Asia/Kolkata'],
    ['san francisco', 'America/Los_Angeles'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['melbourne', 'Australia/Melbourne'],
  ])('%s is read as %s', (typed, zone) => expect(parseZone(typed)).toBe(zone));

  it.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['Berln', 'Europe/Berlin'],
    ['new yrok', 'America/New_York'],
    ['Tokio', 'Asia/Tokyo'],
    ['JST', 'Asia/Tokyo'],
    ['Japan', 'Asia/Tokyo'],
    ['WIB', 'Asia/Jakarta'],
  ])('%s is refused with the suggestion %s', (typed, zone) =>
    expect(() => parseZone(typed)).toThrow(`Did you mean ${zone}?`),
  );

  it.each([
    ['IST', 'Asia/Kolkata, Europe/Dublin, Asia/Jerusalem and Asia/Colombo'],
    ['MSK', 'Europe/Moscow, Europe/Minsk and Europe/Simferopol'],
    ['CAT', 'Africa/Harare, Africa/Maputo, Africa/Blantyre, Africa/Bujumbura and others'],
    ['Pacific Time', 'America/Los_Angeles, America/Tijuana and America/Vancouver'],
    ['PT', 'America/Los_Angeles, America/Tijuana and America/Vancouver'],
    ['CST', 'America/Chicago, Asia/Shanghai, Asia/Taipei, America/Mexico_City and others'],
    ['India Standard Time', 'Asia/Kolkata and Asia/Colombo'],
    ['British Summer Time', 'Europe/London'],
    ['UTC+2', 'Europe/Berlin, Europe/Paris, Europe/Athens, Europe/Helsinki and others'],
    ['+02:00', 'Europe/Berlin, Europe/Paris, Europe/Athens, Europe/Helsinki and others'],
    ['GMT-5', 'America/Chicago, America/New_York, America/Toronto, America/Atikokan and others'],
    ['utc − 0800', 'America/Los_Angeles'],
    ['UTC+5:30', 'Asia/Kolkata and Asia/Colombo'],
    ['+5.5', 'Asia/Kolkata and Asia/Colombo'],
    ['San Jose', 'America/Los_Angeles and America/Costa_Rica'],
  ])('%s is refused, and %s are named to choose from', (typed, zones) =>
    expect(() => parseZone(typed)).toThrow(zones),
  );

  it.each([
    'UTC+2:37',
    '+25:00',
    'UTC+',
    'Mars/Olympus',
    '',
    '🎉',
    'Kiel',
    'Nice',
    'Goa',
    'Xyzzy',
    'x'.repeat(999),
  ])('%s is refused with an example and no guess', (typed) =>
    expect(() => parseZone(typed)).toThrow('is not a time zone. Use a name such as Europe/Berlin, or UTC.'),
  );

  it('a time zone is completed by its city or its name', () => {
    expect(suggestZones('ber', 5)).toContain('Europe/Berlin');
    expect(suggestZones('Europe/Ber', 5)).toEqual(['Europe/Berlin']);
    expect(suggestZones('new y', 5)).toEqual(['America/New_York']);
    expect(suggestZones('', 5)).toHaveLength(5);
  });
});

describe('days of the week', () => {
  it.each([
    ['weekdays', [1, 2, 3, 4, 5]],
    ['Weekday', [1, 2, 3, 4, 5]],
    ['daily', [1, 2, 3, 4, 5, 6, 7]],
    ['every day', [1, 2, 3, 4, 5, 6, 7]],
    ['weekends', [6, 7]],
    ['mon,wed,fri', [1, 3, 5]],
    ['Fri, Mon', [1, 5]],
    ['mon-thu', [1, 2, 3, 4]],
    ['mon – thu', [1, 2, 3, 4]],
    ['monday to wednesday', [1, 2, 3]],
    ['sat-mon', [1, 6, 7]],
    ['tue and thursdays', [2, 4]],
    ['weekdays, sun', [1, 2, 3, 4, 5, 7]],
    ['mon mon', [1]],
  ])('%s are read as %j', (typed, days) => expect(parseWeekdays(typed)).toEqual(days));

  it.each(['blursday', '', ',', 'mon-', '-', 'mon-tue-wed', 'm', '1'])('%s is refused', (typed) =>
    expect(() => parseWeekdays(typed)).toThrow(/is not a day of the week/),
  );
});

describe('terms', () => {
  it.each([
    ['robots', ['robots']],
    ['reinforcement learning', ['reinforcement learning']],
    ['reinforcement learning, cs.RO', ['reinforcement learning', 'cs.RO']],
    ['"reinforcement learning" robots', ['reinforcement learning', 'robots']],
    ['“world model”,„agents“', ['world model', 'agents']],
    ['cs.RO cs.LG', ['cs.RO', 'cs.LG']],
    ['diffusion cs.CV', ['diffusion', 'cs.CV']],
    ['author:Hinton, safety', ['author:Hinton', 'safety']],
    ['author:"Ada Lovelace" robots', ['author:Ada Lovelace', 'robots']],
    ['Author: Ada Lovelace', ['author:Ada Lovelace']],
    ['a,,a, a ', ['a']],
    ['none', []],
  ])('%s are read as %j', (typed, terms) => expect(parseTerms('include', typed)).toEqual(terms));

  it.each([
    [['graphs, trees', 'cs.RO']],
    [['author:Lovelace, Ada', 'world model']],
    [['vision cs.CV', 'a; b']],
    [['none', 'robots']],
    [['none']],
  ])('%j are parsed back from their formatted text', (terms) =>
    expect(parseTerms('include', formatTerms(terms))).toEqual(terms),
  );

  it.each([
    ['🎉', /must contain words/],
    ['author:', /must contain words/],
    [Array.from({ length: 21 }, (_, at) => `word${at}`).join(), /at most 20 terms \(got 21\)/],
    ['x'.repeat(81), /too long/],
  ])('the terms %s are refused with a sentence', (typed, sentence) =>
    expect(() => parseTerms('include', typed)).toThrow(sentence),
  );
});

describe('the settings of a feed', () => {
  const base = defaultSettings('Europe/Berlin');

  it('default settings are five papers every weekday at nine', () => {
    expect(withOptions(base, {})).toEqual({
      time: '09:00',
      zone: 'Europe/Berlin',
      days: [1, 2, 3, 4, 5],
      period: 'day',
      count: 5,
      include: [],
      exclude: [],
      minVotes: 0,
      thin: 'fewer',
      outage: 'post',
      style: 'thread',
      rank: 'votes',
    });
  });

  it('options change only the settings that they name', () => {
    const edited = withOptions({ ...base, include: ['robots'], minVotes: 10 }, { include: 'none', count: 3 });
    expect(edited).toEqual({ ...base, include: [], minVotes: 10, count: 3 });
  });

  it('days are allowed only for daily feeds', () => {
    expect(() => withOptions(base, { period: 'week', days: 'mon' })).toThrow(
      /A weekly feed posts on Mondays/,
    );
    expect(() => withOptions(base, { period: 'month', days: 'mon' })).toThrow(
      /A monthly feed posts on the 1st/,
    );
  });

  it('a term cannot be both included and excluded', () => {
    expect(() => withOptions(base, { include: 'robots', exclude: 'robots' })).toThrow(/no paper would match/);
  });
});
