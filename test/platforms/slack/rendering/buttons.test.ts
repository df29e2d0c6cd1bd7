import { describe, expect, it } from 'vitest';
import type { Action, Card, Entry } from '../../../../src/chat/card.ts';
import { buttonsOf, LINK_ID, RUN_ID, readPress } from '../../../../src/platforms/slack/rendering/buttons.ts';

function run(line: string, effect: 'replace' | 'answer' = 'replace', label = 'Next ›'): Action {
  return { kind: 'run', label, line, effect };
}

function link(url: string, label = 'PDF'): Action {
  return { kind: 'link', label, url };
}

function entry(actions: readonly Action[], number?: number): Entry {
  const facts = { kind: 'entry', paper: '1', title: 'T', meta: [], body: [], actions } as const;
  return number === undefined ? facts : { ...facts, number };
}

interface Button {
  readonly action_id: string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: string;
  readonly text: { readonly text: string };
}

function render(actions: readonly Action[], entries: readonly Entry[] = [], tone: Card['tone'] = 'plain') {
  const { blocks, lines } = buttonsOf({ tone, blocks: entries, actions }, entries);
  const rows = blocks.map(({ elements }) =>
    elements.flatMap((element): Button[] =>
      element.type === 'button' ? [{ ...element, action_id: element.action_id ?? '' }] : [],
    ),
  );
  return {
    lines,
    buttons: rows.flat(),
    labels: rows.map((row) => row.map(({ text }) => text.text)),
    presses: rows.flat().map(readPress),
  };
}

describe('a Slack button with a command line', () => {
  it('contains the line and its effect, and returns them', () => {
    const { buttons, presses, lines } = render([
      run('/papers trending page:2'),
      run('/papers save paper:1', 'answer'),
    ]);
    expect(buttons.map(({ action_id }) => action_id)).toEqual(['run.replace.0', 'run.answer.1']);
    expect(presses).toEqual([
      { effect: 'replace', line: '/papers trending page:2' },
      { effect: 'answer', line: '/papers save paper:1' },
    ]);
    expect(lines.size).toBe(0);
  });

  it('contains a line of maximum length, and the key of a longer one', () => {
    const fitting = 'x'.repeat(1_999);
    expect(render([run(fitting)]).presses).toEqual([{ effect: 'replace', line: fitting }]);
    const { presses, lines } = render([run(`${fitting}y`)]);
    const [press] = presses;
    expect(press).toEqual({ effect: 'replace', key: expect.stringMatching(/^[\w-]{22}$/) });
    expect(press && 'key' in press && lines.get(press.key)).toBe(`${fitting}y`);
    expect(render([run(`${fitting}z`)]).presses).not.toEqual(presses);
  });

  it('contains a key for a line that Slack would change', () => {
    for (const line of [
      '',
      ' /papers',
      '/papers ',
      '/papers\nhelp',
      'a \uD83D',
      'a\u0000',
      'a & b',
      'a < b',
    ]) {
      const { presses, lines } = render([run(line)]);
      expect(presses, line).toEqual([{ effect: 'replace', key: expect.any(String) }]);
      expect([...lines.values()]).toEqual([line]);
    }
  });

  it('shares the space with other buttons: lines that do not fit are stored under a key', () => {
    const { presses } = render(Array.from({ length: 25 }, () => run('x'.repeat(1_500))));
    expect(presses.filter((press) => press && 'line' in press)).toHaveLength(2);
    expect(presses.filter((press) => press && 'key' in press)).toHaveLength(23);
  });

  it('is distinguished from buttons of other apps', () => {
    for (const [action_id, value] of [
      ['', ':x'],
      ['run.replace', ':x'],
      ['run.other.0', ':x'],
      ['run.replace.0', ''],
      ['run.replace.0', ':'],
      ['run.replace.0', '#short'],
      ['link.0', ':x'],
    ] as const) {
      expect(readPress({ action_id, value }), action_id).toBeUndefined();
    }
    expect(readPress({ action_id: 'run.replace.0' })).toBeUndefined();
  });
});

describe('Slack’s blocks of buttons', () => {
  const labelled = (count: number, name: string) =>
    Array.from({ length: count }, (_, at) => run('/x', 'answer', `${name}${at}`));

  it('are one block for up to five actions; with more, links are separate', () => {
    const five = [...labelled(3, 'a'), link('https://x.org/1'), link('https://x.org/2')];
    expect(render([], [entry(five)]).labels).toEqual([['a0', 'a1', 'a2', 'PDF', 'PDF']]);
    expect(render([], [entry([...five, link('https://x.org/3', 'Code')])]).labels).toEqual([
      ['a0', 'a1', 'a2'],
      ['PDF', 'PDF', 'Code'],
    ]);
  });

  it('are at most five blocks of five, one of them for the card itself, with unique IDs', () => {
    const { labels, buttons } = render(labelled(100, 'own'), [entry(labelled(100, 'a'))]);
    expect(labels.map((row) => row.length)).toEqual([5, 5, 5, 5, 5]);
    expect(labels[4]).toEqual(['own0', 'own1', 'own2', 'own3', 'own4']);
    expect(new Set(buttons.map(({ action_id }) => action_id)).size).toBe(25);
    expect(render([]).buttons).toEqual([]);
  });

  it('include the number of an entry in the labels of a list', () => {
    const entries = [1, 2].map((number) => entry([run(`/x ${number}`, 'answer', 'Unsave')], number));
    expect(render([run('/y')], entries).labels).toEqual([['Unsave 1', 'Unsave 2'], ['Next ›']]);
  });
});

describe('the menu under a list in Slack', () => {
  const listed = (count: number, title = 'Paper'): Entry[] =>
    Array.from({ length: count }, (_, at) => ({
      ...entry([], at + 1),
      title: `${title} ${at + 1}`,
      opens: `/papers show paper:${at + 1}`,
    }));
  const menuIn = (entries: readonly Entry[], actions: readonly Action[] = []) => {
    const { blocks, lines } = buttonsOf({ tone: 'plain', blocks: entries, actions }, entries);
    const [menu] = blocks[0]?.elements ?? [];
    return { blocks, lines, menu, options: menu?.type === 'static_select' ? (menu.options ?? []) : [] };
  };

  it('offers its papers by number and title, above the pages', () => {
    const { blocks, menu } = menuIn(listed(2), [run('/papers saved page:2')]);
    expect(menu).toEqual({
      type: 'static_select',
      action_id: 'run.answer.0',
      placeholder: { type: 'plain_text', text: 'Open a paper…', emoji: false },
      options: [1, 2].map((number) => ({
        text: { type: 'plain_text', text: `${number}. Paper ${number}`, emoji: false },
        value: `:/papers show paper:${number}`,
      })),
    });
    expect(blocks).toHaveLength(2);
  });

  it('has labels of at most 75 and values of at most 150 characters, within the room of all buttons', () => {
    const [long] = listed(1, 'x'.repeat(100));
    const opens = `/papers show ${'y'.repeat(150)}`;
    const { options, lines } = menuIn([{ ...entry([], 1), ...long, opens }]);
    expect(options[0]?.text.text).toBe(`1. ${'x'.repeat(71)}…`);
    const press = readPress({ action_id: 'run.answer.0', selected_option: options[0] ?? null });
    expect(press && 'key' in press && lines.get(press.key)).toBe(opens);
    const many = menuIn(listed(100, 'x'.repeat(100)));
    expect(JSON.stringify(many.options.map(({ text, value }) => text.text + value)).length).toBeLessThan(
      4_200,
    );
    expect(many.options.length).toBeGreaterThan(25);
  });

  it('is read by the option that was chosen', () => {
    const selected_option = { value: ':/papers show paper:1' };
    expect(readPress({ action_id: 'run.answer.0', selected_option })).toEqual({
      effect: 'answer',
      line: '/papers show paper:1',
    });
    expect(readPress({ action_id: 'run.answer.0', selected_option: null })).toBeUndefined();
  });
});

describe('a Slack button', () => {
  it('has a label of 1 to 75 characters', () => {
    expect(render([run('/x', 'answer', 'x'.repeat(75))]).labels).toEqual([['x'.repeat(75)]]);
    expect(render([run('/x', 'answer', 'x'.repeat(76))]).labels).toEqual([[`${'x'.repeat(74)}…`]]);
    expect(render([run('/x', 'answer', ' \u200B '), run('/y', 'answer', ':b:')]).labels).toEqual([[':b:']]);
  });

  it('links only to web addresses, and is distinguished from one with a command', () => {
    const { buttons } = render([link('https://x.org/'), link('javascript:alert(1)'), run('/x')]);
    expect(buttons.map(({ url }) => url)).toEqual(['https://x.org/', undefined]);
    expect(buttons.map(({ action_id }) => [LINK_ID.test(action_id), RUN_ID.test(action_id)])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('is highlighted only if it is the way out of a problem', () => {
    const styles = (tone: Card['tone']) =>
      render([run('/x'), run('/y')], [], tone).buttons.map(({ style }) => style);
    expect(styles('problem')).toEqual(['primary', undefined]);
    expect(styles('plain')).toEqual([undefined, undefined]);
  });
});
