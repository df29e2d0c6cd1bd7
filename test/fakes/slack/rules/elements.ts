/** Interactive elements in blocks. */
import { type Element, type Option, type Text, wordsOf } from '../wire.ts';
import * as limits from './limits.ts';

/** One error each, in Slack's words: the problem and its path. */
export type Problems = readonly string[];

/**
 * Lengths are in UTF-16 units, which are never fewer than Slack counts. So a text that passes here passes
 * there.
 */
export function checkText(path: string, text: Text | string | undefined, limit: number): Problems {
  if (text === undefined) return [];
  const words = wordsOf(text);
  if (words.length === 0) return [`must be more than 0 characters [json-pointer:${path}/text]`];
  return atMost(`${path}/text`, words, limit);
}

export function atMost(path: string, words: string | undefined, limit: number): Problems {
  if (words === undefined || words.length <= limit) return [];
  return [`must be less than ${limit + 1} characters [json-pointer:${path}]`];
}

export function countAtMost(path: string, items: readonly unknown[] | undefined, limit: number): Problems {
  if (items === undefined) return [];
  if (items.length === 0) return [`no fewer than 1 items required [json-pointer:${path}]`];
  return items.length > limit ? [`no more than ${limit} items allowed [json-pointer:${path}]`] : [];
}

/** The number of options that each kind of menu may have. */
const OPTIONS: Readonly<Record<string, number>> = {
  static_select: limits.SELECT_OPTIONS,
  multi_static_select: limits.SELECT_OPTIONS,
  overflow: limits.OVERFLOW_OPTIONS,
  radio_buttons: limits.RADIO_OPTIONS,
  checkboxes: limits.RADIO_OPTIONS,
};

function checkOption(path: string, { text, value, description }: Option): Problems {
  return [
    ...checkText(`${path}/text`, text, limits.OPTION_TEXT),
    ...atMost(`${path}/value`, value, limits.OPTION_VALUE),
    ...checkText(`${path}/description`, description, limits.OPTION_TEXT),
  ];
}

/** Options of a menu, or of the response to text typed into one. */
export function checkOptions(
  path: string,
  options: readonly Option[],
  limit = limits.SELECT_OPTIONS,
): Problems {
  return [
    ...(options.length > limit ? [`no more than ${limit} items allowed [json-pointer:${path}]`] : []),
    ...options.flatMap((option, index) => checkOption(`${path}/${index}`, option)),
  ];
}

function checkConfirm(path: string, { confirm }: Element): Problems {
  if (!confirm) return [];
  return [
    ...checkText(`${path}/title`, confirm.title, limits.CONFIRM_TITLE),
    ...checkText(`${path}/text`, confirm.text, limits.CONFIRM_TEXT),
    ...checkText(`${path}/confirm`, confirm.confirm, limits.CONFIRM_BUTTON),
    ...checkText(`${path}/deny`, confirm.deny, limits.CONFIRM_BUTTON),
  ];
}

export function checkElement(path: string, element: Element): Problems {
  const { type, options, option_groups: groups } = element;
  return [
    ...atMost(`${path}/action_id`, element.action_id, limits.ID_LENGTH),
    ...(type === 'button' ? checkText(`${path}/text`, element.text, limits.BUTTON_TEXT) : []),
    ...(type === 'button' ? atMost(`${path}/value`, element.value, limits.BUTTON_VALUE) : []),
    ...(type === 'button' && element.value === ''
      ? [`must be more than 0 characters [json-pointer:${path}/value]`]
      : []),
    ...atMost(`${path}/url`, element.url, limits.URL_LENGTH),
    ...checkText(`${path}/placeholder`, element.placeholder, limits.PLACEHOLDER),
    ...checkConfirm(`${path}/confirm`, element),
    ...(options ? countAtMost(`${path}/options`, options, OPTIONS[type] ?? limits.SELECT_OPTIONS) : []),
    ...(options ? checkOptions(`${path}/options`, options) : []),
    ...(groups ?? []).flatMap((group, index) => [
      ...checkText(`${path}/option_groups/${index}/label`, group.label, limits.OPTION_TEXT),
      ...checkOptions(`${path}/option_groups/${index}/options`, group.options),
    ]),
  ];
}
