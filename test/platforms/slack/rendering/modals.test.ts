import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import { type CommandShape, findCommand, fullName } from '../../../../src/command/catalogue.ts';
import { textIn, toSelectOptions } from '../../../../src/platforms/slack/rendering/inputs.ts';
import { BLOCK_ID, CALLBACK_ID, PRIVATE_METADATA } from '../../../../src/platforms/slack/rendering/limits.ts';
import {
  type FormState,
  problemsIn,
  readModal,
  readSuggestion,
  toModal,
} from '../../../../src/platforms/slack/rendering/modals.ts';
import { checkView } from '../../../fakes/slack/schema/block-schema.ts';

const NOW = new Date('2026-05-29T12:00:00Z');
const PLACE = { workspace: 'T1', channel: 'C1' };

function command(root: string, name: string): CommandShape {
  const found = findCommand(catalogue, root, name);
  if (!found) throw new Error(`no /${root} ${name}`);
  return found;
}

interface Element {
  readonly type: string;
  readonly [key: string]: unknown;
}

function inputs(view: ReturnType<typeof toModal>): Record<string, { optional?: boolean; element: Element }> {
  return Object.fromEntries(
    view.blocks.flatMap((block) => (block.type === 'input' ? [[block.block_id ?? '', block as never]] : [])),
  );
}

/** Slack's state of an input that nobody changed. */
function untouched({ element }: { element: Element }): object {
  return {
    type: element.type,
    value: element['initial_value'] ?? null,
    selected_date: element['initial_date'] ?? null,
    selected_time: element['initial_time'] ?? null,
    selected_option: element['initial_option'] ?? null,
    selected_options: element['initial_options'] ?? [],
  };
}

/** The submitted form, with a person's input. */
function submitted(view: ReturnType<typeof toModal>, put: Record<string, object> = {}): FormState {
  const values = Object.entries(inputs(view)).map(([name, input]) => [
    name,
    { input: put[name] ?? untouched(input) },
  ]);
  return {
    private_metadata: view.private_metadata ?? '',
    blocks: view.blocks,
    state: { values: Object.fromEntries(values) },
  };
}

describe('a Slack form', () => {
  it('is a valid view for every command', () => {
    for (const each of catalogue) {
      const view = toModal(each, { origin: PLACE, isWhole: true });
      expect(checkView(view), fullName(each)).toBeUndefined();
      expect(view.title.text.length).toBeLessThanOrEqual(24);
      expect(view.submit?.text.length).toBeLessThanOrEqual(24);
      expect(view.callback_id?.length).toBeLessThanOrEqual(CALLBACK_ID);
      expect(view.private_metadata?.length).toBeLessThanOrEqual(PRIVATE_METADATA);
      for (const [name, { element }] of Object.entries(inputs(view))) {
        expect(name.length).toBeLessThanOrEqual(BLOCK_ID);
        expect((element['options'] as unknown[] | undefined)?.length ?? 0).toBeLessThanOrEqual(100);
        expect(Number(element['max_length'] ?? 1)).toBeLessThanOrEqual(3_000);
      }
    }
  });

  it('has five inputs and More… at first, where the command has more options', () => {
    const sizes = (root: string, name: string) => {
      const view = toModal(command(root, name), { origin: PLACE });
      expect(checkView(view)).toBeUndefined();
      return [Object.keys(inputs(view)).length, JSON.stringify(view).includes('More…')];
    };
    expect(sizes('paperfeed', 'follow')).toEqual([5, true]);
    expect(sizes('papers', 'search')).toEqual([5, true]);
    expect(sizes('papers', 'show')).toEqual([1, false]);
  });

  it('uses the input that fits each option, and has no input for pages', () => {
    const kinds = (root: string, name: string) =>
      Object.fromEntries(
        Object.entries(inputs(toModal(command(root, name), { isWhole: true }))).map(
          ([option, { element }]) => [option, element.type],
        ),
      );
    expect(kinds('papers', 'search')).toMatchObject({
      query: 'plain_text_input',
      limit: 'number_input',
      since: 'datepicker',
      sort: 'static_select',
      category: 'external_select',
    });
    expect(kinds('papers', 'search')).not.toHaveProperty('page');
    expect(kinds('paperfeed', 'follow')).toMatchObject({
      include: 'plain_text_input',
      time: 'timepicker',
      zone: 'external_select',
      days: 'multi_static_select',
      if_few: 'static_select',
    });
  });

  it('starts with the current values, and requires those that cannot be empty', () => {
    const values = { time: '09:00', zone: 'Europe/Berlin', days: 'mon,tue', count: 5, include: 'cs.RO' };
    const view = toModal(command('paperfeed', 'edit'), { values, isWhole: true });
    const { time, zone, days, count, include, exclude } = inputs(view);
    expect(time?.element).toMatchObject({ initial_time: '09:00' });
    expect(zone?.element).toMatchObject({ initial_option: { value: 'Europe/Berlin' } });
    expect(days?.element).toMatchObject({ initial_options: [{ value: 'mon' }, { value: 'tue' }] });
    expect(count?.element).toMatchObject({ initial_value: '5', min_value: '1', max_value: '10' });
    expect([count?.optional, include?.optional, exclude?.optional]).toEqual([false, true, true]);
    expect(checkView(view)).toBeUndefined();
  });

  it('starts empty if the current value is not valid for its input', () => {
    const values = { time: '9 o’clock', days: 'never', zone: 'x'.repeat(151), if_few: 'other', include: '' };
    const view = toModal(command('paperfeed', 'edit'), { values, isWhole: true });
    expect(JSON.stringify(view)).not.toContain('"initial_');
    expect(checkView(view)).toBeUndefined();
  });
});

describe('a submitted Slack form', () => {
  it('becomes a command with the changed values', () => {
    const view = toModal(command('paperfeed', 'edit'), {
      isWhole: true,
      origin: PLACE,
      values: { time: '09:00', count: 5, include: 'cs.RO', exclude: 'survey' },
    });
    expect(readModal(catalogue, submitted(view))).toEqual({
      command: command('paperfeed', 'edit'),
      origin: PLACE,
      values: {},
    });
    const put = {
      time: { selected_time: '08:30' },
      days: { selected_options: [{ value: 'mon' }, { value: 'wed' }] },
      zone: { selected_option: { value: 'Europe/Paris' } },
      include: { value: null },
      exclude: { value: 'survey\nposition paper' },
    };
    expect(readModal(catalogue, submitted(view, put))?.values).toEqual({
      time: '08:30',
      days: 'mon,wed',
      zone: 'Europe/Paris',
      include: 'none',
      exclude: 'survey\nposition paper',
    });
  });

  it('shows errors next to their inputs', () => {
    const view = toModal(command('papers', 'search'));
    const call = readModal(
      catalogue,
      submitted(view, { limit: { value: '11' }, query: { value: 'agents' } }),
    );
    expect(call && problemsIn(call, NOW)).toEqual({ limit: 'limit must be between 1 and 10 (got 11).' });
    const fine = readModal(catalogue, submitted(view, { query: { value: 'agents' } }));
    expect([fine?.values, fine && problemsIn(fine, NOW)]).toEqual([{ query: 'agents' }, undefined]);
  });

  it('is rejected if it is from an older version, or forged', () => {
    for (const private_metadata of [
      '',
      '{',
      '{}',
      '{"root":"papers","name":"gone"}',
      '[]',
      '{"root":1,"name":2}',
    ]) {
      expect(readModal(catalogue, { private_metadata, state: { values: {} }, blocks: [] })).toBeUndefined();
    }
    const { private_metadata = '' } = toModal(command('papers', 'search'));
    const values = { query: { input: { value: 7 } }, constructor: { input: { value: 'x' } } };
    expect(readModal(catalogue, { private_metadata, state: { values }, blocks: [] })?.values).toEqual({});
    expect(textIn(undefined)).toBe('');
  });
});

describe('a Slack input with suggestions', () => {
  it('names its option', () => {
    const view = toModal(command('paperfeed', 'follow'), { origin: PLACE });
    const asked = { block_id: 'zone', value: 'ber', view: { private_metadata: view.private_metadata ?? '' } };
    expect(readSuggestion(catalogue, asked)).toEqual({
      command: command('paperfeed', 'follow'),
      origin: PLACE,
      option: 'zone',
      typed: 'ber',
    });
  });

  it('offers the typed text if it can be a value, and no value that Slack would refuse', () => {
    const { category } = command('papers', 'search').options;
    const { zone } = command('paperfeed', 'follow').options;
    const found = [
      { label: 'x'.repeat(76), value: 'a' },
      { label: 'long', value: 'x'.repeat(151) },
      { label: '', value: 'b' },
    ];
    const values = (option: typeof zone, typed: string) =>
      toSelectOptions(option, typed, found).map(({ value }) => value);
    expect(values(category, 'cs.XY')).toEqual(['cs.XY', 'a']);
    expect(values(category, 'a')).toEqual(['a']);
    expect(values(category, '')).toEqual(['a']);
    expect(values(zone, 'Ber')).toEqual(['a']);
    expect(toSelectOptions(zone, '', found)[0]?.text.text).toHaveLength(75);
    const many = Array.from({ length: 200 }, (_, at) => ({ label: `${at}`, value: `${at}` }));
    expect(toSelectOptions(zone, '', many)).toHaveLength(100);
  });
});
