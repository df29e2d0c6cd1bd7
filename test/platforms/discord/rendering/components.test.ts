import { describe, expect, it } from 'vitest';
import type { Action, Card, Entry } from '../../../../src/chat/card.ts';
import { buttonsOf, readCustomId } from '../../../../src/platforms/discord/rendering/components.ts';

function run(line: string, effect: 'replace' | 'answer' = 'replace', label = 'Next ›'): Action {
  return { kind: 'run', label, line, effect };
}

function link(url: string, label = 'PDF'): Action {
  return { kind: 'link', label, url };
}

function entry(actions: readonly Action[], number?: number): Entry {
  return {
    kind: 'entry',
    paper: '1',
    title: 'T',
    meta: [],
    body: [],
    actions,
    ...(number !== undefined && { number }),
  };
}

function render(actions: readonly Action[], entries: readonly Entry[] = [], tone: Card['tone'] = 'plain') {
  const { components, lines } = buttonsOf({ tone, blocks: entries, actions }, entries);
  const rows = components.map((row) => row.components);
  return {
    lines,
    buttons: rows.flat(),
    labels: rows.map((row) => row.map((button) => ('label' in button ? button.label : ''))),
    ids: rows.flat().flatMap((button) => ('custom_id' in button ? [button.custom_id] : [])),
  };
}

describe('a button that runs a line', () => {
  it('holds the line and its effect, and gives them back', () => {
    const { ids, lines } = render([
      run('/papers trending page:2'),
      run('/papers save paper:1', 'answer', 'Save'),
    ]);
    expect(ids).toEqual(['r0:/papers trending page:2', 'a1:/papers save paper:1']);
    expect(ids.map(readCustomId)).toEqual([
      { effect: 'replace', line: '/papers trending page:2' },
      { effect: 'answer', line: '/papers save paper:1' },
    ]);
    expect(lines.size).toBe(0);
  });

  it('holds the longest line that an id has room for, and of one longer its key', () => {
    const fitting = `/papers search ${'x'.repeat(97 - 15)}`;
    expect(render([run(fitting)]).ids).toEqual([`r0:${fitting}`]);
    expect(render([run(fitting)]).ids[0]).toHaveLength(100);

    const { ids, lines } = render([run(`${fitting}y`)]);
    const press = readCustomId(ids[0] ?? '');
    expect(press).toEqual({ effect: 'replace', key: expect.stringMatching(/^[\w-]{22}$/) });
    expect(press && 'key' in press && lines.get(press.key)).toBe(`${fitting}y`);
    expect(render([run(`${fitting}y`)]).ids).toEqual(ids);
    expect(render([run(`${fitting}z`)]).ids).not.toEqual(ids);
  });

  it('keys a line that would not come back from Discord as it went', () => {
    for (const line of ['', ' /papers', '/papers ', '/papers\nhelp', '/papers \uD83D', 'a\u0000']) {
      const { ids, lines } = render([run(line)]);
      expect(ids[0]).toMatch(/^r0#/);
      expect([...lines.values()]).toEqual([line]);
    }
  });

  it('has an id of its own, though another runs the same', () => {
    const { ids } = render(Array.from({ length: 25 }, () => run('/papers help')));
    expect(new Set(ids).size).toBe(25);
    expect(ids.map(readCustomId)).toEqual(ids.map(() => ({ effect: 'replace', line: '/papers help' })));
  });

  it('is told from the buttons of others', () => {
    for (const id of [
      '',
      'r',
      'r0',
      'r0:',
      'x0:/papers help',
      'r:/papers help',
      'r123:/papers help',
      'r0#short',
      'page_2',
    ]) {
      expect(readCustomId(id), id).toBeUndefined();
    }
  });
});

describe('the rows', () => {
  const labelled = (count: number, name: string) =>
    Array.from({ length: count }, (_, at) => run('/x', 'answer', `${name}${at}`));

  it('are one for up to five actions, and of more part what runs from what leads away', () => {
    const five = [...labelled(3, 'a'), link('https://x.org/1'), link('https://x.org/2')];
    expect(render([], [entry(five)]).labels).toEqual([['a0', 'a1', 'a2', 'PDF', 'PDF']]);
    expect(render([], [entry([...five, link('https://x.org/3', 'Code')])]).labels).toEqual([
      ['a0', 'a1', 'a2'],
      ['PDF', 'PDF', 'Code'],
    ]);
  });

  it('are five of five at most, one of them for the card itself', () => {
    const { labels, ids } = render(labelled(100, 'own'), [entry(labelled(100, 'a'))]);
    expect(labels.map((row) => row.length)).toEqual([5, 5, 5, 5, 5]);
    expect(labels[4]).toEqual(['own0', 'own1', 'own2', 'own3', 'own4']);
    expect(ids).toHaveLength(25);
    expect(render(labelled(26, 'own')).ids).toHaveLength(25);
    expect(render([]).buttons).toEqual([]);
  });

  it('name the entries of a list by their number', () => {
    const entries = [1, 2, 3].map((number) =>
      entry([run(`/papers unsave ${number}`, 'answer', 'Unsave')], number),
    );
    expect(render([run('/papers saved page:2')], entries).labels).toEqual([
      ['Unsave 1', 'Unsave 2', 'Unsave 3'],
      ['Next ›'],
    ]);
  });
});

describe('the menu under a list', () => {
  const listed = (count: number, actions: readonly Action[] = []) =>
    Array.from(
      { length: count },
      (_, at): Entry => ({
        ...entry(actions, at + 1),
        title: `Paper ${at + 1}`,
        opens: `/papers show paper:${at + 1}`,
      }),
    );

  it('offers its papers by number and title, above the pages', () => {
    const { labels, buttons } = render([run('/papers saved page:2')], listed(2));
    expect(buttons[0]).toEqual({
      type: 3,
      custom_id: 'open',
      placeholder: 'Open a paper…',
      options: [
        { label: '1. Paper 1', value: 'a0:/papers show paper:1' },
        { label: '2. Paper 2', value: 'a1:/papers show paper:2' },
      ],
    });
    expect(labels).toEqual([[''], ['Next ›']]);
  });

  it('has 25 options at most, with labels and values of at most 100 characters', () => {
    const [first, ...others] = listed(30);
    const long: Entry = { ...entry([], 1), title: 'x'.repeat(200), opens: `/papers show ${'y'.repeat(100)}` };
    const { buttons, lines } = render([], [long, ...others]);
    const options = buttons.flatMap((menu) => ('options' in menu ? menu.options : []));
    expect(options).toHaveLength(25);
    expect(options[0]?.label).toBe(`1. ${'x'.repeat(96)}…`);
    const press = readCustomId(options[0]?.value ?? '');
    expect(press && 'key' in press && lines.get(press.key)).toBe(long.opens);
    expect(first && render([], [first]).buttons).toHaveLength(1);
  });

  it('takes one of the five rows, and none where no entry has a number', () => {
    const crowded = listed(10, [
      run('/x', 'answer', 'a'),
      run('/y', 'answer', 'b'),
      run('/z', 'answer', 'c'),
    ]);
    const { labels } = render([run('/next')], crowded);
    expect(labels.map((row) => row.length)).toEqual([5, 5, 5, 1, 1]);
    expect(labels[4]).toEqual(['Next ›']);
    expect(render([], [{ ...entry([]), opens: '/papers show paper:1' }]).buttons).toEqual([]);
  });
});

describe('a button', () => {
  it('has a label of at most 80 characters, and none goes without', () => {
    expect(render([run('/x', 'answer', 'x'.repeat(80))]).labels).toEqual([['x'.repeat(80)]]);
    expect(render([run('/x', 'answer', 'x'.repeat(81))]).labels).toEqual([[`${'x'.repeat(79)}…`]]);
    expect(render([run('/x', 'answer', ' \u200B '), run('/y', 'answer', '*a* :b:')]).labels).toEqual([
      ['*a* :b:'],
    ]);
  });

  it('leads to web addresses of at most 512 characters', () => {
    const fitting = `https://x.org/${'a'.repeat(512 - 14)}`;
    expect(render([link(fitting), link(`${fitting}a`), link('javascript:alert(1)')]).buttons).toEqual([
      { type: 2, style: 5, label: 'PDF', url: fitting },
    ]);
  });

  it('stands out where it is the way on from a problem, and is quiet elsewhere', () => {
    const style = ({ buttons }: ReturnType<typeof render>) =>
      buttons.map((button) => 'style' in button && button.style);
    expect(style(render([run('/x'), run('/y')], [], 'problem'))).toEqual([1, 2]);
    expect(style(render([run('/x'), run('/y')]))).toEqual([2, 2]);
  });
});
